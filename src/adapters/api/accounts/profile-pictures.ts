import { changeProfile } from "#domain/accounts/change-profile.ts";
import type { Call, Caller } from "../endpoint.ts";
import { ownAccount } from "./credentials.ts";

/** DELETE /api/v1/profile/avatar, DELETE /api/v1/profile/header */
export function removePicture(which: "avatar" | "header") {
  return async (call: Call<Caller>): Promise<Response> => {
    const { services, site, caller } = call;
    if (caller.account[which] !== null)
      await services.db.as(site.authority.id, (tx) =>
        changeProfile(
          tx,
          site.authority.id,
          caller.account,
          { ...caller.account, [which]: null },
          caller.person.id,
        ),
      );
    return ownAccount(call);
  };
}

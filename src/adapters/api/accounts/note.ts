import { longestNote, noteAccount } from "#domain/relationships/account-notes.ts";
import { invalid } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { changeRelation } from "./find-account.ts";
import { accountWords } from "./words.ts";

/** POST /api/v1/accounts/:id/note */
export async function note(call: Call<Caller>): Promise<Response> {
  const { site, params, caller } = call;
  const comment = params.text("comment") ?? "";
  return changeRelation(call, async (tx, other) => {
    const { outcome } = await noteAccount(tx, site.authority.id, caller.account.id, other.id, comment);
    if (outcome === "too-long") return invalid(accountWords[caller.person.language].noteTooLong(longestNote));
    return undefined;
  });
}

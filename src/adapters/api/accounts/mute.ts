import { listMuted, muteAccount, unmuteAccount } from "#domain/relationships/mutes.ts";
import { answer } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { accountEntities } from "../entities/account.ts";
import { wireTime } from "../entities/wire.ts";
import { pageLinks, pageOf } from "../page.ts";
import { changeRelation } from "./find-account.ts";

/** A century; whoever wants longer wants for good. */
const longest = 100 * 366 * 24 * 3600;

/** POST /api/v1/accounts/:id/mute: for this account's apps; what is said to it still stands in the deck's inbox. */
export async function mute(call: Call<Caller>): Promise<Response> {
  const { site, params, caller, now } = call;
  const seconds = params.number("duration") ?? 0;
  return changeRelation(call, async (tx, other) => {
    if (other.id === caller.account.id) return;
    await muteAccount(tx, site.authority.id, caller.account.id, other.id, {
      notifications: params.flag("notifications") ?? true,
      until: seconds > 0 && seconds < longest ? now.add({ seconds }) : null,
    });
  });
}

/** POST /api/v1/accounts/:id/unmute */
export async function unmute(call: Call<Caller>): Promise<Response> {
  const { site, caller } = call;
  return changeRelation(call, (tx, other) =>
    unmuteAccount(tx, site.authority.id, caller.account.id, other.id),
  );
}

/** GET /api/v1/mutes */
export async function mutes(call: Call<Caller>): Promise<Response> {
  const { services, site, caller, now } = call;
  const page = pageOf(call, { usual: 40, most: 80 });
  return services.db.read(site.authority.id, async (tx) => {
    const muted = await listMuted(tx, site.authority.id, caller.account.id, page, now);
    const entities = await accountEntities(tx, site, muted);
    return answer(
      muted.map(({ id, until }) => ({ ...entities.get(id), mute_expires_at: until && wireTime(until) })),
      200,
      pageLinks(
        call,
        muted.map((one) => one.mute),
      ),
    );
  });
}

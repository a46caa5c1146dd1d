import type { Wanted } from "#domain/notifications/account-notifications.ts";
import { accountKinds, type AccountKind } from "#domain/notifications/notification.ts";
import { markersOf } from "#domain/timelines/markers.ts";
import type { Transaction } from "#platform/database.ts";
import type { Call, Caller } from "../endpoint.ts";
import { limitOf } from "../page.ts";

export const pageSize = { usual: 40, most: 80 };

/** Which notifications are asked for: types[], exclude_types[] and account_id. Types that Torg never tells of find none. */
export function wantedOf({ params }: Pick<Call, "params">): Wanted {
  const types = params.texts("types");
  const without = params.texts("exclude_types");
  const from = params.id<"account">("account_id");
  // Nobody has a name that is no id.
  if (!from && params.text("account_id")) return { kinds: [] };
  const some = types.length + without.length > 0;
  const stands = (kind: AccountKind) =>
    (types.length === 0 || types.includes(kind)) && !without.includes(kind);
  return { from, kinds: some ? accountKinds.filter(stands) : undefined };
}

/** From where a count is asked, and how far. */
export function countOf(call: Pick<Call, "params">): number {
  return limitOf(call, { usual: 100, most: 1_000 });
}

/** How far the person has read in their apps; "0" at first. */
export async function readTo(
  tx: Transaction,
  { site, caller }: Pick<Call<Caller>, "site" | "caller">,
): Promise<string> {
  const reader = { person: caller.person.id, account: caller.account.id };
  const [marker] = await markersOf(tx, site.authority.id, reader, ["notifications"]);
  return marker?.lastRead ?? "0";
}

import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { FreshWords } from "#domain/search/match-words.ts";
import { standingAtHomes } from "#domain/timelines/home-timeline.ts";
import type { TimelineItem } from "#domain/timelines/timelines.ts";
import type { Transaction } from "#platform/database.ts";
import type { ColumnDefinition } from "./deck.ts";
import { filtered, isFiltered } from "./filters.ts";
import type { ColumnReader } from "./read-column.ts";

type Asked = { key: string; column: ColumnDefinition; reader: ColumnReader };

/**
 * What stands of some posts in the home columns among those asked, by their keys: as `readColumn` has it, in one query
 * for all that are filtered alike, however many accounts they are for.
 */
export async function readHomes(
  tx: Transaction,
  authority: AuthorityId,
  asked: readonly Asked[],
  { only, fresh }: { only: readonly string[]; fresh: FreshWords | undefined },
): Promise<Map<string, TimelineItem[]>> {
  const homes = asked.filter(({ column }) => column.kind === "home");
  const read = new Map<string, TimelineItem[]>(homes.map(({ key }) => [key, []]));
  if (only.length === 0) return read;
  const alike = Map.groupBy(homes, ({ column }) => JSON.stringify(column.filters));
  await Promise.all(
    [...alike.values()].map(async (some) => {
      const filters = some[0]?.column.filters ?? {};
      const accounts = [...new Set(some.flatMap(({ reader }) => reader.accounts))];
      if (accounts.length === 0) return;
      const keep = isFiltered(filters) ? filtered(tx, authority, filters, fresh) : undefined;
      const page = { only, keep, limit: only.length };
      const items = await standingAtHomes(tx, authority, accounts, page);
      const byHome = new Map<AccountId, TimelineItem[]>();
      for (const { homes: where, ...item } of items)
        for (const account of where) byHome.set(account, [...(byHome.get(account) ?? []), item]);
      for (const { key, reader } of some) read.set(key, inAnyHome(reader.accounts, byHome));
    }),
  );
  return read;
}

/** The newest first, and once what stands in the homes of several. */
function inAnyHome(
  accounts: readonly AccountId[],
  byHome: ReadonlyMap<AccountId, TimelineItem[]>,
): TimelineItem[] {
  const [first = [], ...others] = accounts.map((account) => byHome.get(account) ?? []);
  if (others.length === 0) return first;
  const all = [first, ...others].flat();
  const once = new Map(all.map((item) => [item.position, item]));
  return [...once.values()].toSorted((a, b) => (BigInt(a.position) < BigInt(b.position) ? 1 : -1));
}

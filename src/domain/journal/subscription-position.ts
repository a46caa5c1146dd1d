import { bind, type Transaction, type TenantId } from "#platform/database.ts";
import { entriesAfter, type Entry } from "./entry.ts";
import type { Subscription } from "./subscription.ts";

/** `handled`: something may have followed from it; `more`: the batch was full, so that more may wait. */
export type Done = { handled: boolean; more: boolean };

/** Hands the next entries over and moves past them, both in this transaction. `onHeld` hears which is the first. */
export async function digest(
  tx: Transaction,
  subscription: Subscription,
  limit: number,
  onHeld?: (number: string) => void,
): Promise<Done> {
  const entries = await holdEntries(tx, subscription.name, limit);
  const [first, last] = [entries[0], entries.at(-1)];
  if (!first || !last) return { handled: false, more: false };
  onHeld?.(first.number);
  const wanted = entries.filter((entry) => subscription.kinds.includes(entry.kind));
  await handOver(tx, subscription, wanted);
  await move(tx, subscription.name, last.number);
  return { handled: wanted.length > 0, more: entries.length === limit };
}

export async function handOver(
  tx: Transaction,
  subscription: Subscription,
  entries: readonly Entry[],
): Promise<void> {
  for (const run of runsOfOneAuthority(entries)) {
    // The binding travels with the first query, and is there before it.
    await Promise.all([bind(tx, run.authority), subscription.handle(tx, run.authority, run.entries)]);
  }
}

/** The next entries of a subscription, whose position is held so that no other reader takes them too. */
export async function holdEntries(tx: Transaction, name: string, limit: number): Promise<Entry[]> {
  const [, entries] = await Promise.all([
    holdPosition(tx, name),
    // Sent with the first, but its snapshot is taken when that holds the row.
    entriesAfter(tx, tx`coalesce((select position from subscription where name = ${name}), 0)`, limit),
  ]);
  return entries;
}

export async function holdPosition(tx: Transaction, name: string): Promise<void> {
  await tx`select from subscription where name = ${name} for update`;
}

export async function move(tx: Transaction, name: string, position: string): Promise<void> {
  await tx`insert into subscription (name, position) values (${name}, ${position})
    on conflict (name) do update set position = excluded.position`;
}

function runsOfOneAuthority(entries: readonly Entry[]): { authority: TenantId; entries: Entry[] }[] {
  const runs: { authority: TenantId; entries: Entry[] }[] = [];
  for (const entry of entries) {
    const run = runs.at(-1);
    if (run?.authority === entry.authority) run.entries.push(entry);
    else runs.push({ authority: entry.authority, entries: [entry] });
  }
  return runs;
}

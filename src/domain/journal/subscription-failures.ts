import type { Transaction, TenantId } from "#platform/database.ts";
import { entriesAfter, type Entry } from "./entry.ts";
import { handOver, holdEntries, holdPosition, move } from "./subscription-position.ts";
import type { Subscription } from "./subscription.ts";

/** It is tried again by itself so long after each time that it failed; a start of Torg comes before that. */
const waits = ["1 minute", "10 minutes", "1 hour"];

/** Moves past an entry that fails, and keeps why; false if another has dealt with it meanwhile. */
export async function setAside(
  tx: Transaction,
  subscription: Subscription,
  { number, error }: { number: string; error: unknown },
): Promise<boolean> {
  const [entry] = await holdEntries(tx, subscription.name, 1);
  if (entry?.number !== number) return false;
  const again = subscription.late?.(entry) !== undefined;
  await tx`insert into subscription_failure (name, number, error, at, again_at)
    values (${subscription.name}, ${number}, ${String(error)}, clock_timestamp(),
      case when ${again}::boolean then clock_timestamp() + (${waits}::interval[])[1] end) on conflict do nothing`;
  await move(tx, subscription.name, number);
  return true;
}

export type Tried = { number: string; outcome: "handled" | "too-late" };

/** Tries the first that is due again: it is no longer set aside if this commits. `onHeld` hears which it is. */
export async function tryAgain(
  tx: Transaction,
  subscription: Subscription,
  onHeld: (number: string) => void,
): Promise<Tried | undefined> {
  const { name } = subscription;
  await holdPosition(tx, name);
  const entry = await firstDue(tx, name);
  if (!entry) return undefined;
  const { number } = entry;
  if (!(await mayBeLate(tx, subscription, entry))) {
    await tx`update subscription_failure set again_at = null where name = ${name} and number = ${number}`;
    return { number, outcome: "too-late" };
  }
  onHeld(number);
  await handOver(tx, subscription, [entry]);
  await tx`delete from subscription_failure where name = ${name} and number = ${number}`;
  return { number, outcome: "handled" };
}

/** It failed again: it is tried later, or not any more by itself. */
export async function failAgain(
  tx: Transaction,
  name: string,
  { number, error }: { number: string; error: unknown },
): Promise<void> {
  await tx`
    update subscription_failure set tries = tries + 1, error = ${String(error)},
      again_at = clock_timestamp() + (${waits}::interval[])[tries + 2]
    where name = ${name} and number = ${number}`;
}

async function firstDue(tx: Transaction, name: string): Promise<Entry | undefined> {
  const [due] = await tx<{ number: string }[]>`
    select number from subscription_failure where name = ${name} and again_at <= clock_timestamp()
    order by number limit 1`;
  const [entry] = due ? await entriesAfter(tx, String(BigInt(due.number) - 1n), 1) : [];
  return entry;
}

async function mayBeLate(tx: Transaction, subscription: Subscription, entry: Entry): Promise<boolean> {
  const { name, kinds } = subscription;
  const rule = subscription.late?.(entry);
  if (rule === undefined || rule === "always") return rule === "always";
  const isOfAccount = rule === "if-account-rests";
  const whose = isOfAccount ? entry.account : entry.facts["thread"];
  if (typeof whose !== "string") return false;
  const behind = await tx`
    select from journal where journal.number > ${entry.number}
    and journal.number <= (select position from subscription where name = ${name})
    and journal.authority = ${entry.authority} and journal.kind = any(${[...kinds]}::text[]) and ${isOfAccount ? tx`journal.account = ${whose}` : tx`journal.facts->>'thread' = ${whose}`}
    and not exists (select from subscription_failure aside where aside.name = ${name} and aside.number = journal.number)
    limit 1`;
  return behind.length === 0;
}

export type Failure = {
  name: string;
  number: string;
  authority: TenantId;
  kind: string;
  error: string;
  at: Temporal.Instant;
  /** Since it was set aside. */
  tries: number;
  againAt: Temporal.Instant | null;
};

/** What is set aside, oldest first. */
export async function listFailures(tx: Transaction): Promise<Failure[]> {
  return tx<Failure[]>`
    select name, failure.number, authority, kind, error, failure.at, tries, again_at as "againAt"
    from subscription_failure failure join journal on journal.number = failure.number
    order by failure.number, name limit 1000`;
}

/** Lets all that is set aside be tried as if it had just been; the order still decides whether it may. */
export async function retryFailures(tx: Transaction): Promise<void> {
  await tx`update subscription_failure set tries = 0, again_at = clock_timestamp()`;
}

/** How much is set aside, by subscription. */
export async function countFailures(tx: Transaction): Promise<{ name: string; count: number }[]> {
  return tx<{ name: string; count: number }[]>`
    select name, count(*)::int as count from subscription_failure group by name`;
}

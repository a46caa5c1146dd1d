import { hash } from "node:crypto";
import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append, type NewEntry } from "#domain/journal/append.ts";
import { appendMany } from "#domain/journal/append-many.ts";
import { blockedAmong } from "#domain/relationships/blocks.ts";
import type { Database, Transaction } from "#platform/database.ts";
import { inBatches } from "../in-batches.ts";
import type { Json } from "./as2.ts";
import { nameOf, nameUndone, shortFacts } from "./check-activity.ts";
import { rushOf } from "./rush.ts";

export type ReceivedActivity = { account: AccountId; json: Json; raw: Uint8Array };
export type Stored = "stored" | "repeated" | "blocked";

const batches = {
  most: 100,
  heaviest: 4 * 1024 * 1024,
  weigh: ({ raw }: ReceivedActivity) => raw.byteLength,
};

/**
 * Keeps verified activities as they came; resolves when committed. What arrives while a commit is under way goes
 * together in the next one, in the order in which it came.
 */
export function activityStore(
  db: Database,
): (authority: AuthorityId, activity: ReceivedActivity) => Promise<Stored> {
  const rush = rushOf(db);
  const store = inBatches(batches, (authority, activities: ReceivedActivity[]) =>
    db.as(authority, (tx) => storeAll(tx, authority, activities)),
  );
  return (authority, activity) => rush.during(() => store(authority, activity));
}

async function storeAll(
  tx: Transaction,
  authority: AuthorityId,
  activities: ReceivedActivity[],
): Promise<Stored[]> {
  const senders = [...new Set(activities.map((one) => one.account))];
  const blocked = await blockedAmong(tx, authority, senders);
  const welcome = activities.filter((one) => !blocked.has(one.account));
  // Where something is taken back, the same name may come again within the batch: one after the other then.
  const stored = welcome.some((one) => nameUndone(one.json) !== undefined)
    ? await storeEach(tx, authority, welcome)
    : await storeTogether(tx, authority, welcome);
  return activities.map((one) =>
    blocked.has(one.account) ? "blocked" : stored.has(one) ? "stored" : "repeated",
  );
}

/** Which of them are new. Names are noted in one order everywhere, so that two processes cannot wait for each other. */
async function storeTogether(
  tx: Transaction,
  authority: AuthorityId,
  activities: ReceivedActivity[],
): Promise<Set<ReceivedActivity>> {
  const named = new Map<string, ReceivedActivity>();
  for (const activity of activities) {
    const name = seenAs(activity);
    if (!named.has(name)) named.set(name, activity);
  }
  if (named.size === 0) return new Set();
  const rows = await tx<{ id: string }[]>`
    insert into activity_seen (authority, id)
    select ${authority}, name from unnest(${[...named.keys()].toSorted()}::text[]) name
    on conflict do nothing returning id`;
  const fresh = new Set(rows.map((row) => row.id));
  const stored = [...named].filter(([name]) => fresh.has(name)).map(([, activity]) => activity);
  await appendMany(
    tx,
    stored.map((activity) => entryOf(authority, activity)),
  );
  return new Set(stored);
}

async function storeEach(
  tx: Transaction,
  authority: AuthorityId,
  activities: ReceivedActivity[],
): Promise<Set<ReceivedActivity>> {
  const stored = new Set<ReceivedActivity>();
  for (const activity of activities) {
    const undone = nameUndone(activity.json);
    const fresh = await tx`
      with freed as (delete from activity_seen where authority = ${authority} and id = ${undone ?? null})
      insert into activity_seen (authority, id) values (${authority}, ${seenAs(activity)})
      on conflict do nothing returning 1`;
    if (fresh.length === 0) continue;
    await append(tx, entryOf(authority, activity));
    stored.add(activity);
  }
  return stored;
}

function seenAs({ json, raw }: ReceivedActivity): string {
  return nameOf(json, hash("sha256", raw, "hex"));
}

function entryOf(authority: AuthorityId, { account, json, raw }: ReceivedActivity): NewEntry {
  return {
    authority,
    direction: "in",
    kind: "activity-received",
    account,
    channel: "fediverse",
    facts: shortFacts(json),
    payload: { raw, body: json },
  };
}

import { hash } from "node:crypto";
import type { AccountId } from "#domain/accounts/account.ts";
import type { RemoteAccount } from "#domain/accounts/save-remote-account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append, type NewEntry } from "#domain/journal/append.ts";
import { appendMany } from "#domain/journal/append-many.ts";
import { blockedAmong } from "#domain/relationships/blocks.ts";
import type { Database, Transaction } from "#platform/database.ts";
import { inBatches } from "../in-batches.ts";
import type { Json } from "./as2.ts";
import { nameOf, nameUndone, shortFacts } from "./check-activity.ts";
import { saveActors } from "./fetch-actor.ts";
import { rushOf } from "./rush.ts";

/** Of somebody who is known here, or who is to be kept with what they say. */
export type ReceivedActivity = { account: AccountId | RemoteAccount; json: Json; raw: Uint8Array };
type Sent = ReceivedActivity & { account: AccountId };
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
    db.as(authority, async (tx) => storeAll(tx, authority, await withAccounts(tx, authority, activities)), {
      changes: describedIn(activities).length > 0 ? "what-is-read" : "not-yet",
    }),
  );
  return (authority, activity) => rush.during(() => store(authority, activity));
}

/** The same, with those who are new here kept. */
async function withAccounts(
  tx: Transaction,
  authority: AuthorityId,
  activities: ReceivedActivity[],
): Promise<Sent[]> {
  const described = describedIn(activities);
  const ids = await saveActors(tx, authority, described);
  const idOf = new Map(described.map((account, index) => [account, ids[index]]));
  return activities.map((one) => {
    const account = typeof one.account === "string" ? one.account : idOf.get(one.account);
    if (!account) throw new Error("an account was not kept");
    return { ...one, account };
  });
}

function describedIn(activities: ReceivedActivity[]): RemoteAccount[] {
  return activities.map((one) => one.account).filter((account) => typeof account !== "string");
}

async function storeAll(tx: Transaction, authority: AuthorityId, activities: Sent[]): Promise<Stored[]> {
  const senders = [...new Set(activities.map((one) => one.account))];
  // Where something is taken back, the same name may come again within the batch: one after the other then.
  const takesBack = activities.some((one) => nameUndone(one.json) !== undefined);
  const [blocked, noted] = await Promise.all([
    blockedAmong(tx, authority, senders),
    // Travels with the question, whose answer is nearly always nobody.
    takesBack ? undefined : noteNames(tx, authority, activities),
  ]);
  const welcome = activities.filter((one) => !blocked.has(one.account));
  const stored = noted
    ? await storeTogether(
        tx,
        authority,
        blocked.size === 0 ? noted : await noteAnew(tx, authority, noted, welcome),
      )
    : await storeEach(tx, authority, welcome);
  return activities.map((one) =>
    blocked.has(one.account) ? "blocked" : stored.has(one) ? "stored" : "repeated",
  );
}

/** Which of them are new, by their names. Noted in one order everywhere, so that two processes cannot wait for each other. */
async function noteNames(
  tx: Transaction,
  authority: AuthorityId,
  activities: Sent[],
): Promise<Map<string, Sent>> {
  const named = new Map<string, Sent>();
  for (const activity of activities) {
    const name = seenAs(activity);
    if (!named.has(name)) named.set(name, activity);
  }
  const rows = await tx<{ id: string }[]>`
    insert into activity_seen (authority, id)
    select ${authority}, name from unnest(${[...named.keys()].toSorted()}::text[]) name
    on conflict do nothing returning id`;
  const fresh = new Set(rows.map((row) => row.id));
  return new Map([...named].filter(([name]) => fresh.has(name)));
}

/** A name that one of them has noted of whom nothing is taken must not keep out another who has it too. */
async function noteAnew(
  tx: Transaction,
  authority: AuthorityId,
  noted: ReadonlyMap<string, Sent>,
  welcome: Sent[],
): Promise<Map<string, Sent>> {
  await tx`delete from activity_seen where authority = ${authority} and id = any(${[...noted.keys()]}::text[])`;
  return noteNames(tx, authority, welcome);
}

async function storeTogether(
  tx: Transaction,
  authority: AuthorityId,
  fresh: ReadonlyMap<string, Sent>,
): Promise<Set<Sent>> {
  await appendMany(
    tx,
    [...fresh.values()].map((activity) => entryOf(authority, activity)),
  );
  return new Set(fresh.values());
}

async function storeEach(tx: Transaction, authority: AuthorityId, activities: Sent[]): Promise<Set<Sent>> {
  const stored = new Set<Sent>();
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

function seenAs({ json, raw }: Sent): string {
  return nameOf(json, hash("sha256", raw, "hex"));
}

function entryOf(authority: AuthorityId, { account, json, raw }: Sent): NewEntry {
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

import { hash } from "node:crypto";
import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import { isBlocked } from "#domain/relationships/blocks.ts";
import type { Database, Transaction } from "#platform/database.ts";
import type { Json } from "./as2.ts";
import { nameOf, nameUndone, shortFacts } from "./check-activity.ts";

export type ReceivedActivity = { account: AccountId; json: Json; raw: Uint8Array };
export type Stored = "stored" | "repeated" | "blocked";

const largestBatch = 100;

/**
 * Keeps verified activities as they came; resolves when committed. What arrives while a commit is under way goes
 * together in the next one. If a batch fails, each is tried alone, so that one cannot take others with it.
 */
export function activityStore(
  db: Database,
): (authority: AuthorityId, activity: ReceivedActivity) => Promise<Stored> {
  const queues = new Map<AuthorityId, Waiting[]>();

  const work = async (authority: AuthorityId, queue: Waiting[]): Promise<void> => {
    while (queue.length > 0) {
      const batch = queue.splice(0, largestBatch);
      await commit(db, authority, batch).catch(async (error: unknown) => {
        if (batch.length === 1) return batch[0]?.reject(error);
        for (const one of batch) await commit(db, authority, [one]).catch(one.reject);
      });
    }
    queues.delete(authority);
  };

  return (authority, activity) =>
    new Promise<Stored>((resolve, reject) => {
      const waiting = { activity, resolve, reject };
      const queue = queues.get(authority);
      if (queue) return void queue.push(waiting);
      const fresh = [waiting];
      queues.set(authority, fresh);
      // What else this turn of the event loop brings belongs to the same batch.
      setImmediate(() => void work(authority, fresh));
    });
}

type Waiting = {
  activity: ReceivedActivity;
  resolve: (stored: Stored) => void;
  reject: (error: unknown) => void;
};

async function commit(db: Database, authority: AuthorityId, batch: Waiting[]): Promise<void> {
  const outcomes = await db.as(authority, async (tx) => {
    const blocked = await blockedAmong(tx, authority, batch);
    return Promise.all(
      batch.map(({ activity }) =>
        blocked.has(activity.account) ? Promise.resolve<Stored>("blocked") : store(tx, authority, activity),
      ),
    );
  });
  for (const [index, waiting] of batch.entries()) waiting.resolve(outcomes[index] ?? "repeated");
}

async function blockedAmong(
  tx: Transaction,
  authority: AuthorityId,
  batch: Waiting[],
): Promise<Set<AccountId>> {
  const accounts = [...new Set(batch.map((one) => one.activity.account))];
  const blocked = await Promise.all(accounts.map((account) => isBlocked(tx, authority, account)));
  return new Set(accounts.filter((_, index) => blocked[index]));
}

async function store(tx: Transaction, authority: AuthorityId, activity: ReceivedActivity): Promise<Stored> {
  const name = nameOf(activity.json, hash("sha256", activity.raw, "hex"));
  const undone = nameUndone(activity.json);
  const fresh = await tx`
    with freed as (delete from activity_seen where authority = ${authority} and id = ${undone ?? null})
    insert into activity_seen (authority, id) values (${authority}, ${name}) on conflict do nothing returning 1`;
  if (fresh.length === 0) return "repeated";
  await append(tx, {
    authority,
    direction: "in",
    kind: "activity-received",
    account: activity.account,
    channel: "fediverse",
    facts: shortFacts(activity.json),
    payload: { raw: activity.raw, body: activity.json },
  });
  return "stored";
}

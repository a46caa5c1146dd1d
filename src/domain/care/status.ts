import type { AuthorityId } from "#domain/authorities/authority.ts";
import { stands } from "#domain/posts/visible-to.ts";
import type { Transaction } from "#platform/database.ts";
import type { Care } from "./care.ts";
import { dueOf } from "./due.ts";
import { stateOf, takeUp, writeState, type Acted, type Actor, type CareState } from "./take-up.ts";

/** What a colleague can make of a thread; the other statuses follow from what is said in it, and from assigning. */
export const chosenStatuses = ["open", "waiting", "closed", "nothing-to-answer"] as const;
export type ChosenStatus = (typeof chosenStatuses)[number];

export async function changeStatus(
  tx: Transaction,
  authority: AuthorityId,
  asked: { thread: string; to: ChosenStatus; seen?: number | undefined },
  by: Actor,
  now: Temporal.Instant,
): Promise<Acted> {
  const taken = await takeUp(tx, authority, asked.thread, by, asked.seen);
  if (taken.outcome === "changed" && isAlready(taken.care, asked.to)) return same(taken.care);
  if (taken.outcome !== "taken") return taken;
  const { care } = taken;
  if (isAlready(care, asked.to)) return same(care);
  const after = await stateAfter(tx, authority, care, asked.to, now);
  return writeState(tx, authority, care, { kind: "care-status-changed", by: by.person, after });
}

/** Nobody waits any more, whatever was asked. For those who settle a matter in another way. */
export async function closeCare(
  tx: Transaction,
  authority: AuthorityId,
  thread: string,
  by: Actor,
  now: Temporal.Instant,
): Promise<Acted> {
  return changeStatus(tx, authority, { thread, to: "closed" }, by, now);
}

async function stateAfter(
  tx: Transaction,
  authority: AuthorityId,
  care: Care,
  to: ChosenStatus,
  now: Temporal.Instant,
): Promise<CareState> {
  const before = stateOf(care);
  switch (to) {
    case "waiting":
      // Whoever asked goes on waiting, and so does the time.
      return { ...before, status: "waiting" };
    case "closed":
    case "nothing-to-answer":
      return {
        ...before,
        status: to,
        askedAt: null,
        dueAt: null,
        told: 0,
        settled: await latestAddressed(tx, authority, care),
      };
    case "open": {
      const status = before.person || before.account ? "assigned" : "new";
      if (care.askedAt) return { ...before, status };
      // What was closed was never answered, and waits since it came; what was answered waits anew.
      const askedAt = care.status === "answered" ? now : await arrivedAt(tx, authority, care, now);
      const dueAt = await dueOf(tx, authority, { account: care.account, tags: care.tags, askedAt });
      return {
        ...before,
        status,
        askedAt: askedAt.toString(),
        dueAt: dueAt?.toString() ?? null,
        told: 0,
      };
    }
  }
}

/** The time is in the id. */
async function arrivedAt(
  tx: Transaction,
  authority: AuthorityId,
  care: Care,
  now: Temporal.Instant,
): Promise<Temporal.Instant> {
  if (!care.askedPost) return now;
  const [row] = await tx<{ at: Temporal.Instant }[]>`
    select to_timestamp((id >> 16) / 1000.0) as at from post
    where authority = ${authority} and id = ${care.askedPost} and ${stands(tx)}`;
  return row?.at ?? now;
}

async function latestAddressed(tx: Transaction, authority: AuthorityId, care: Care): Promise<string> {
  const [row] = await tx<{ post: string | null }[]>`
    select max(addressed.post) as post from addressed
    join post on post.authority = addressed.authority and post.id = addressed.post
    where addressed.authority = ${authority} and post.thread = ${care.thread}`;
  const latest = row?.post ?? "0";
  return BigInt(latest) > BigInt(care.settledPost) ? latest : care.settledPost;
}

function isAlready(care: Care, to: ChosenStatus): boolean {
  return to === "open" ? care.status === "new" || care.status === "assigned" : care.status === to;
}

function same(care: Care): Acted {
  return { outcome: "same", care: care.id, thread: care.thread, version: care.version };
}

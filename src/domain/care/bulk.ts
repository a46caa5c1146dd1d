import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import { assign, type Assigned, type Assignee } from "./assign.ts";
import { changeStatus, type ChosenStatus } from "./status.ts";
import { changeTags } from "./tags.ts";
import type { Actor } from "./take-up.ts";
import { undoCare, type Undone } from "./undo.ts";

export type BulkAct =
  | { kind: "assign"; to: Assignee }
  | { kind: "status"; to: ChosenStatus }
  | { kind: "tag"; add: readonly string[]; remove: readonly string[] };
export type Chosen = { thread: string; seen?: number | undefined };

/** The most that one request may change; a page of the list holds fewer. */
export const mostAtOnce = 200;

/** One act on many threads. Each stands for itself: what cannot be done is said, and stops nothing. */
export async function actOnMany(
  tx: Transaction,
  authority: AuthorityId,
  chosen: readonly Chosen[],
  act: BulkAct,
  by: Actor,
  now: Temporal.Instant,
): Promise<Map<string, Assigned>> {
  const done = new Map<string, Assigned>();
  // By thread, as all that holds several cares does, so that two who act on the same ones never wait for each other.
  for (const { thread, seen } of inOrder(chosen))
    done.set(thread, await actOn(tx, authority, { thread, seen }, act, by, now));
  return done;
}

export async function undoMany(
  tx: Transaction,
  authority: AuthorityId,
  done: readonly { thread: string; version: number }[],
  by: Actor,
): Promise<Map<string, Undone>> {
  const undone = new Map<string, Undone>();
  for (const one of inOrder(done)) undone.set(one.thread, await undoCare(tx, authority, one, by));
  return undone;
}

function actOn(
  tx: Transaction,
  authority: AuthorityId,
  { thread, seen }: Chosen,
  act: BulkAct,
  by: Actor,
  now: Temporal.Instant,
): Promise<Assigned> {
  switch (act.kind) {
    case "assign":
      return assign(tx, authority, { thread, seen, to: act.to }, by);
    case "status":
      return changeStatus(tx, authority, { thread, seen, to: act.to }, by, now);
    case "tag":
      return changeTags(tx, authority, { thread, seen, add: act.add, remove: act.remove }, by);
  }
}

function inOrder<One extends { thread: string }>(all: readonly One[]): One[] {
  return [...new Map(all.map((one) => [one.thread, one])).values()]
    .toSorted((a, b) => (a.thread < b.thread ? -1 : 1))
    .slice(0, mostAtOnce);
}

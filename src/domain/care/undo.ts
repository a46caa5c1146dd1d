import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import { changesSince } from "./care-history.ts";
import { takeUp, writeState, type Acted, type Actor, type CareActKind } from "./take-up.ts";

export type Undone = Acted | { outcome: "nothing-to-undo" };

/** Gives back what one's latest act replaced, if nothing has happened since. */
export async function undoCare(
  tx: Transaction,
  authority: AuthorityId,
  /** The version that the act left behind. */
  asked: { thread: string; version: number },
  by: Actor,
): Promise<Undone> {
  const taken = await takeUp(tx, authority, asked.thread, by, asked.version);
  if (taken.outcome !== "taken") return taken;
  const { care } = taken;
  const [last] = await changesSince(tx, authority, care, asked.version - 1);
  if (!last?.before || last.person !== by.person || last.undo || !isAct(last.kind))
    return { outcome: "nothing-to-undo" };
  return writeState(tx, authority, care, { kind: last.kind, by: by.person, after: last.before, undo: true });
}

function isAct(kind: string): kind is CareActKind {
  return kind === "care-assigned" || kind === "care-status-changed" || kind === "care-tagged";
}

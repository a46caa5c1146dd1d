import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import { assignablesOf } from "./may-care.ts";
import { stateOf, takeUp, writeState, type Acted, type Actor } from "./take-up.ts";

/** A person, an office, or nobody. */
export type Assignee =
  | { person: PersonId; account?: undefined }
  | { account: AccountId; person?: undefined }
  | { person?: undefined; account?: undefined };
export type Assigned = Acted | { outcome: "not-assignable" };

/** Gives a thread to somebody who may answer in it, or takes it back. */
export async function assign(
  tx: Transaction,
  authority: AuthorityId,
  asked: { thread: string; to: Assignee; seen?: number | undefined },
  by: Actor,
): Promise<Assigned> {
  const taken = await takeUp(tx, authority, asked.thread, by, asked.seen);
  if (taken.outcome === "changed") {
    const { care } = taken;
    // Two who give it to the same one agree.
    if (isWith(care, asked.to))
      return { outcome: "same", care: care.id, thread: care.thread, version: care.version };
  }
  if (taken.outcome !== "taken") return taken;
  const { care } = taken;
  const { to } = asked;
  if (isWith(care, to)) return { outcome: "same", care: care.id, thread: care.thread, version: care.version };
  if (to.person !== undefined || to.account !== undefined) {
    const { people, offices } = await assignablesOf(tx, authority, care);
    if (!people.some((one) => one.id === to.person) && !offices.some((one) => one.id === to.account))
      return { outcome: "not-assignable" };
  }
  const before = stateOf(care);
  const given = to.person !== undefined || to.account !== undefined;
  const status =
    given && care.status === "new" ? "assigned" : !given && care.status === "assigned" ? "new" : care.status;
  return writeState(tx, authority, care, {
    kind: "care-assigned",
    by: by.person,
    // Whoever gets it has not been told that it is late.
    after: { ...before, status, person: to.person ?? null, account: to.account ?? null, told: 0 },
    subject: to.person ? [to.person] : [],
  });
}

function isWith(
  care: { assigneePerson: string | null; assigneeAccount: string | null },
  to: Assignee,
): boolean {
  return care.assigneePerson === (to.person ?? null) && care.assigneeAccount === (to.account ?? null);
}

import { careHistory, type CareChange } from "#domain/care/care-history.ts";
import type { Care } from "#domain/care/care.ts";
import { careOrFresh } from "#domain/care/begin-care.ts";
import { assignablesOf, mayCareFor, type Assignables } from "#domain/care/may-care.ts";
import { notesOf, type Note } from "#domain/care/notes.ts";
import { listTags } from "#domain/care/tags.ts";
import type { CareState } from "#domain/care/take-up.ts";
import { accountsById } from "#domain/accounts/account.ts";
import { namesOfPeople } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import { accountIds, type Seat } from "../seat.ts";

/** All that the panel of a thread shows. */
export type CareView = {
  care: Care;
  assignables: Assignables;
  knownTags: string[];
  notes: Note[];
  history: CareChange[];
  /** Names of people and accounts in the history, by id. */
  names: Map<string, string>;
};

/** The care of a thread, for those who may look after it. */
export async function readCare(tx: Transaction, seat: Seat, thread: string): Promise<CareView | undefined> {
  const authority = seat.site.authority.id;
  const care = await careOrFresh(tx, authority, thread);
  if (!care || !(await mayCareFor(tx, authority, care, accountIds(seat)))) return undefined;
  const [assignables, knownTags, notes, history] = await Promise.all([
    assignablesOf(tx, authority, care),
    listTags(tx, authority, accountIds(seat)),
    notesOf(tx, authority, care.id),
    careHistory(tx, authority, care),
  ]);
  return { care, assignables, knownTags, notes, history, names: await namesIn(tx, seat, history) };
}

export async function namesIn(
  tx: Transaction,
  seat: Pick<Seat, "site">,
  history: readonly { after: Pick<CareState, "person" | "account"> | null }[],
): Promise<Map<string, string>> {
  const authority = seat.site.authority.id;
  const people = history.flatMap((change) => change.after?.person ?? []);
  const accounts = history.flatMap((change) => change.after?.account ?? []);
  const [named, offices] = await Promise.all([
    namesOfPeople(tx, authority, people),
    accountsById(tx, authority, accounts),
  ]);
  return new Map([...named, ...[...offices.values()].map((office) => [office.id, office.name] as const)]);
}

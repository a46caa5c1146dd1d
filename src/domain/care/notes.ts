import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import type { Id } from "#platform/id.ts";
import type { Care, CareId } from "./care.ts";
import { assignablesOf, type Colleague } from "./may-care.ts";
import { takeUp, type Actor, type Refused } from "./take-up.ts";

export type NoteId = Id<"care-note">;
export type Note = {
  id: NoteId;
  person: PersonId;
  personName: string;
  text: string;
  mentions: PersonId[];
  at: Temporal.Instant;
};
export type Noted =
  | { outcome: "done"; care: CareId; note: NoteId; mentioned: Colleague[] }
  | { outcome: "empty" }
  | { outcome: "too-long"; max: number }
  | Refused;

export const longestNote = 4_000;

/** Something colleagues say among themselves. It takes nobody's place, so it needs no version; no word of it is journaled. */
export async function addNote(
  tx: Transaction,
  authority: AuthorityId,
  note: { thread: string; text: string },
  by: Actor,
  now: Temporal.Instant,
): Promise<Noted> {
  const text = note.text.trim();
  if (text === "") return { outcome: "empty" };
  if (text.length > longestNote) return { outcome: "too-long", max: longestNote };
  const taken = await takeUp(tx, authority, note.thread, by);
  if (taken.outcome !== "taken") return taken;
  const { care } = taken;
  const { people } = await assignablesOf(tx, authority, care);
  const mentioned = mentionedIn(text, people).filter((one) => one.id !== by.person);
  const [row] = await tx<{ id: NoteId }[]>`
    insert into care_note (authority, care, person, text, mentions, at)
    values (${authority}, ${care.id}, ${by.person}, ${text}, ${mentioned.map((one) => one.id)}::bigint[], ${now})
    returning id`;
  if (!row) throw new Error("a note was not kept");
  await journal(tx, authority, care, by, { note: row.id, mentioned });
  return { outcome: "done", care: care.id, note: row.id, mentioned };
}

/** Takes back a note that one wrote oneself. */
export async function withdrawNote(
  tx: Transaction,
  authority: AuthorityId,
  asked: { thread: string; note: string },
  by: Actor,
): Promise<{ outcome: "done" } | Refused> {
  const taken = await takeUp(tx, authority, asked.thread, by);
  if (taken.outcome !== "taken") return taken;
  const gone = await tx`
    delete from care_note
    where authority = ${authority} and care = ${taken.care.id} and id = ${asked.note} and person = ${by.person} returning 1`;
  if (gone.length === 0) return { outcome: "not-found" };
  await journal(tx, authority, taken.care, by, { note: asked.note, mentioned: [], undo: true });
  return { outcome: "done" };
}

/** The notes of a thread, oldest first. */
export async function notesOf(tx: Transaction, authority: AuthorityId, care: string): Promise<Note[]> {
  return tx<Note[]>`
    select care_note.id, care_note.person, person.name as "personName", text, mentions::text[] as mentions, at
    from care_note join person on person.authority = care_note.authority and person.id = care_note.person
    where care_note.authority = ${authority} and care = ${care} order by care_note.id`;
}

/** "@Maria Ek, kan du?" names Maria Ek; "@maria" does when there is only one. Longer names come before shorter. */
export function mentionedIn(text: string, people: readonly Colleague[]): Colleague[] {
  const lower = text.toLowerCase();
  const first = (name: string) => name.toLowerCase().split(/\s+/)[0] ?? "";
  const isNamed = (name: string) => {
    for (let at = lower.indexOf(`@${name}`); at >= 0; at = lower.indexOf(`@${name}`, at + 1))
      if (
        !/[\p{L}\p{N}]/u.test(lower.charAt(at + name.length + 1)) &&
        !/[\p{L}\p{N}]/u.test(lower.charAt(at - 1))
      )
        return true;
    return false;
  };
  const whole = people.filter((one) => isNamed(one.name.toLowerCase()));
  const taken = new Set(whole.map((one) => first(one.name)));
  const byFirst = people.filter((one) => {
    const name = first(one.name);
    return (
      !taken.has(name) && people.filter((other) => first(other.name) === name).length === 1 && isNamed(name)
    );
  });
  return [...whole, ...byFirst];
}

function journal(
  tx: Transaction,
  authority: AuthorityId,
  care: Care,
  by: Actor,
  { note, mentioned, undo }: { note: string; mentioned: Colleague[]; undo?: boolean },
) {
  return append(tx, {
    authority,
    direction: "within",
    kind: "care-noted",
    account: care.account,
    person: by.person,
    post: care.askedPost ?? care.thread,
    subject: [care.id, ...mentioned.map((one) => one.id)],
    facts: { thread: care.thread, note, ...(undo ? { undo: true } : {}) },
  });
}

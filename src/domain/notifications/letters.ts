import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Person, PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import { addJob } from "#platform/jobs.ts";
import { withinLimit } from "#platform/rate-limit.ts";
import type { NotificationId } from "./notification.ts";
import { letterKinds, type LetterKind } from "./reader.ts";
import type { Told } from "./tell-persons.ts";

/** Whoever sees it in the deck within this time needs no letter. */
const grace = { minutes: 10 };
/** More letters than this within an hour would be no help to anybody. */
const mostAnHour = 20;

/** Letters to those who have asked for them: one for each matter, unless it is seen before. */
export async function queueLetters(
  tx: Transaction,
  authority: AuthorityId,
  told: readonly Told[],
): Promise<void> {
  const kinds = new Set<string>(letterKinds);
  const candidates = told.filter((one) => kinds.has(one.kind));
  if (candidates.length === 0) return;
  const wishes = await tx<{ person: PersonId; letters: string[] }[]>`
    select person, letters from notification_reader
    where authority = ${authority} and person = any(${candidates.map((one) => one.person)}::bigint[])`;
  for (const one of candidates) {
    if (!wishes.some((wish) => wish.person === one.person && wish.letters.includes(one.kind))) continue;
    await addJob(
      tx,
      "send-notification-letter",
      { authority, notification: one.id },
      {
        key: `letter ${one.person} ${one.kind} ${one.thread ?? one.id}`,
        runAt: one.at.add(grace),
        maxAttempts: 5,
      },
    );
  }
}

export type DueLetter = { to: Person; kind: LetterKind; post: string | null };

/** The letter that is due; undefined when it was read meanwhile, taken back, sent before, or is one too many. */
export async function findDueLetter(
  tx: Transaction,
  authority: AuthorityId,
  notification: NotificationId,
  now: Temporal.Instant,
): Promise<DueLetter | undefined> {
  const [row] = await tx<(Person & { kind: LetterKind; post: string | null })[]>`
    select person.id, person.name, person.email, person.roles, person.language, told.kind, told.post
    from notification told
    join person on person.authority = told.authority and person.id = told.person and person.ended_at is null
    join notification_reader reader on reader.authority = told.authority and reader.person = told.person
    where told.authority = ${authority} and told.id = ${notification} and told.mailed_at is null
    and reader.read_to < told.id and told.kind = any(reader.letters)`;
  if (!row) return undefined;
  const limit = { key: `letters:${row.id}`, max: mostAnHour, seconds: 3_600 };
  if (!(await withinLimit(tx, authority, limit, now))) return undefined;
  const { kind, post, ...to } = row;
  return { to, kind, post };
}

export async function markMailed(
  tx: Transaction,
  authority: AuthorityId,
  notification: NotificationId,
  now: Temporal.Instant,
): Promise<void> {
  await tx`update notification set mailed_at = ${now} where authority = ${authority} and id = ${notification}`;
}

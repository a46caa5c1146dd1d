import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { Transaction } from "#platform/database.ts";
import { findPerson, type Person, type PersonId } from "./person.ts";
import { makeLink } from "./sign-in-link.ts";

/** An administrator makes a link to hand over by other means than e-mail; the journal says who did. */
export async function handOverLink(
  tx: Transaction,
  authority: AuthorityId,
  to: string,
  by: PersonId,
  now: Temporal.Instant,
): Promise<{ person: Person; secret: string } | undefined> {
  const person = await findPerson(tx, authority, to);
  if (!person) return undefined;
  const secret = await makeLink(tx, authority, person.id, now);
  await append(tx, {
    authority,
    direction: "within",
    kind: "sign-in-link-made",
    person: by,
    subject: [person.id],
  });
  return { person, secret };
}

import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { Transaction } from "#platform/database.ts";
import { networkOf, withinLimit } from "#platform/rate-limit.ts";
import { hashSecret, newSecret } from "#platform/secret.ts";
import { findPersonByEmail, type Person, type PersonId } from "./person.ts";
import { openSession, type NewSession } from "./session.ts";

/** How long a link opens the door. */
export const linkMinutes = 15;

export type LinkAsked =
  | { outcome: "made"; person: Person; secret: string }
  /** Unknown address: whoever asked is told the same as if a link had been sent. */
  | { outcome: "nobody" }
  | { outcome: "too-many" };

/** Someone asks for a link by e-mail address: limited for each address and each network it is asked from. */
export async function askForLink(
  tx: Transaction,
  authority: AuthorityId,
  asked: { email: string; address: string },
  now: Temporal.Instant,
): Promise<LinkAsked> {
  if (!(await mayAskForLink(tx, authority, asked, now))) return { outcome: "too-many" };
  return linkByEmail(tx, authority, asked.email, now);
}

/** The part of asking that is the same work whoever asks: what is answered waits for this alone. */
export async function mayAskForLink(
  tx: Transaction,
  authority: AuthorityId,
  asked: { email: string; address: string },
  now: Temporal.Instant,
): Promise<boolean> {
  const email = asked.email.trim().toLowerCase().slice(0, 200);
  const network = networkOf(asked.address);
  const here = await withinLimit(
    tx,
    authority,
    { key: `link:${email} ${network}`, max: 5, seconds: 900 },
    now,
  );
  // Wider over all networks: whoever asks from one must not lock out the colleague at another.
  const everywhere =
    here && (await withinLimit(tx, authority, { key: `link:${email}`, max: 20, seconds: 900 }, now));
  const byNetwork = await withinLimit(
    tx,
    authority,
    { key: `link-from:${network}`, max: 20, seconds: 900 },
    now,
  );
  return everywhere && byNetwork;
}

export async function linkByEmail(
  tx: Transaction,
  authority: AuthorityId,
  email: string,
  now: Temporal.Instant,
): Promise<Exclude<LinkAsked, { outcome: "too-many" }>> {
  const person = await findPersonByEmail(tx, authority, email);
  if (!person) return { outcome: "nobody" };
  return { outcome: "made", person, secret: await makeLink(tx, authority, person.id, now) };
}

/** A link for a known person; the secret is returned once and only its hash kept. */
export async function makeLink(
  tx: Transaction,
  authority: AuthorityId,
  person: PersonId,
  now: Temporal.Instant,
): Promise<string> {
  const secret = newSecret();
  await tx`insert into sign_in_link (authority, token_hash, person, expires_at)
    values (${authority}, ${hashSecret(secret)}, ${person}, ${now.add({ minutes: linkMinutes })})`;
  return secret;
}

/** Whether a link still works. Looking does not use it up: mail scanners open links. */
export async function checkLink(
  tx: Transaction,
  authority: AuthorityId,
  secret: string,
  now: Temporal.Instant,
): Promise<Person | undefined> {
  const [row] = await tx<Person[]>`
    select person.id, name, email, roles, language
    from sign_in_link link join person on person.authority = link.authority and person.id = link.person
    where link.authority = ${authority} and token_hash = ${hashSecret(secret)} and used_at is null and expires_at > ${now}
    and person.ended_at is null`;
  return row;
}

/** Uses the link up and signs its person in. */
export async function redeemLink(
  tx: Transaction,
  authority: AuthorityId,
  secret: string,
  device: string,
  now: Temporal.Instant,
): Promise<NewSession | undefined> {
  const person = await checkLink(tx, authority, secret, now);
  if (!person) return undefined;
  const used = await tx`
    update sign_in_link set used_at = ${now}
    where authority = ${authority} and token_hash = ${hashSecret(secret)} and used_at is null returning 1`;
  if (used.length === 0) return undefined;
  await append(tx, { authority, direction: "within", kind: "person-signed-in", person: person.id });
  return openSession(tx, authority, person.id, device, now);
}

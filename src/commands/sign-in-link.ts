import type { Authority } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { Person } from "#domain/people/person.ts";
import { makeLink } from "#domain/people/sign-in-link.ts";
import type { Database } from "#platform/database.ts";
import { siteOf } from "#context.ts";
import type { Config } from "#config.ts";

/** A one-time link that whoever has the terminal may hand to a person; the journal says that it was made. */
export async function signInLink(
  where: { config: Config; db: Database },
  authority: Authority,
  person: Person,
  now: Temporal.Instant,
): Promise<string> {
  const secret = await where.db.as(authority.id, async (tx) => {
    await append(tx, {
      authority: authority.id,
      direction: "within",
      kind: "sign-in-link-made",
      subject: [person.id],
    });
    return makeLink(tx, authority.id, person.id, now);
  });
  return `${siteOf(where.config, authority).origin}/sign-in/${secret}`;
}

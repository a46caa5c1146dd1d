import { append } from "#domain/journal/append.ts";
import type { Transaction } from "#platform/database.ts";
import type { Id } from "#platform/id.ts";
import type { Language } from "#platform/i18n.ts";
import type { Authority, AuthorityId } from "./authority.ts";

export type AuthorityChange = {
  name: string;
  /** The first is the site's own. */
  languages: Language[];
  accent: string;
  logo: Id<"media"> | null;
  email: string | null;
};
export type AuthorityChanged =
  | { outcome: "changed" }
  | { outcome: "name-missing" }
  | { outcome: "bad-email" }
  | { outcome: "language-missing" };

/** Changes what an authority shows of itself. Its domains and its code never change. */
export async function changeAuthority(
  tx: Transaction,
  before: Authority,
  change: AuthorityChange,
  by: Id<"person"> | null,
): Promise<AuthorityChanged> {
  const name = change.name.trim();
  const email = change.email?.trim() || null;
  if (name === "") return { outcome: "name-missing" };
  if (email && !/^[^\s@]+@[^\s@]+$/.test(email)) return { outcome: "bad-email" };
  if (change.languages.length === 0) return { outcome: "language-missing" };
  const id: AuthorityId = before.id;
  await tx`
    update authority set name = ${name}, languages = ${change.languages}, accent = ${change.accent}, logo = ${change.logo}, email = ${email}
    where id = ${id}`;
  await append(tx, {
    authority: id,
    direction: "within",
    kind: "authority-changed",
    person: by,
    subject: [id],
    payload: { body: { ...change, name, email } },
  });
  return { outcome: "changed" };
}

import { append } from "#domain/journal/append.ts";
import { bind, type Transaction } from "#platform/database.ts";
import type { Language } from "#platform/i18n.ts";
import { findAuthority, type Authority, type AuthorityId } from "./authority.ts";

export type NewAuthority = {
  name: string;
  municipality: string;
  /** The first is the site's own. */
  languages: Language[];
  /** #rrggbb; the standard colour unless told. */
  accent?: string | undefined;
  domain: string;
  handleDomain: string;
  email?: string | undefined;
};

export type AuthorityCreated =
  | { outcome: "created"; authority: Authority }
  | { outcome: "name-missing" }
  | { outcome: "bad-municipality" }
  | { outcome: "bad-domain" }
  | { outcome: "bad-handle-domain" }
  | { outcome: "domain-taken" };

/** Opens a tenant, in a system transaction that from then on is bound to it. The domains never change. */
export async function createAuthority(tx: Transaction, wanted: NewAuthority): Promise<AuthorityCreated> {
  const name = wanted.name.trim();
  const domain = wanted.domain.trim().toLowerCase();
  const handleDomain = wanted.handleDomain.trim().toLowerCase() || domain;
  if (name === "") return { outcome: "name-missing" };
  if (!/^\d{4}$/.test(wanted.municipality)) return { outcome: "bad-municipality" };
  if (!isHost(domain)) return { outcome: "bad-domain" };
  if (!isHost(handleDomain)) return { outcome: "bad-handle-domain" };
  const [row] = await tx<{ id: AuthorityId }[]>`
    insert into authority (name, municipality, languages, accent, domain, handle_domain, email)
    select ${name}, ${wanted.municipality}, ${wanted.languages}, ${wanted.accent ?? "#0b5c5f"}, ${domain}, ${handleDomain},
      ${wanted.email?.trim() || null}
    where not exists (select from authority where ${domain} in (domain, handle_domain) or ${handleDomain} in (domain, handle_domain))
    on conflict do nothing returning id`;
  const authority = row && (await findAuthority(tx, row.id));
  if (!authority) return { outcome: "domain-taken" };
  await bind(tx, authority.id);
  await append(tx, {
    authority: authority.id,
    direction: "within",
    kind: "authority-created",
    subject: [authority.id],
    payload: { body: { name, municipality: authority.municipality, domain, handleDomain } },
  });
  return { outcome: "created", authority };
}

/** A host name, with port if any, and nothing else. */
export function isHost(text: string): boolean {
  const url = URL.parse(`https://${text}`);
  // The port that a scheme implies is dropped by the parser, so it is compared without.
  return url !== null && /^[a-z0-9.-]+(:\d{1,5})?$/.test(text) && url.hostname === text.replace(/:\d+$/, "");
}

import type { TenantId, Transaction } from "#platform/database.ts";
import type { Language } from "#platform/i18n.ts";
import type { Id } from "#platform/id.ts";

export type AuthorityId = TenantId;

/** A public body: the tenant. Its domains are frozen at set-up. */
export type Authority = {
  id: AuthorityId;
  name: string;
  /** Four digits, as the country's statistics office gives them; "0483" is one. */
  municipality: string;
  /** The first is at the root of the site, the others under /en and so on. */
  languages: Language[];
  /** IANA name of the zone that people's times are shown in. */
  zone: string;
  /** Host, with port if any, of the pages and ids. */
  domain: string;
  /** Host of the handles: @kommunchef@handleDomain. */
  handleDomain: string;
  /** #rrggbb, as chosen; ui/colour.ts derives the readable ones. */
  accent: string;
  logo: Id<"media"> | null;
  email: string | null;
};

/** The language of the root of its site, and of its record. */
export function firstLanguage({ languages }: Pick<Authority, "languages">): Language {
  return languages[0] ?? "sv";
}

/** Finds who answers at a host name, for pages or for handles. */
export async function findAuthorityByHost(tx: Transaction, host: string): Promise<Authority | undefined> {
  const [row] = await tx<Authority[]>`
    select ${columns(tx)} from authority where domain = ${host} or handle_domain = ${host}`;
  return row;
}

export async function findAuthority(tx: Transaction, id: AuthorityId): Promise<Authority | undefined> {
  const [row] = await tx<Authority[]>`select ${columns(tx)} from authority where id = ${id}`;
  return row;
}

export async function listAuthorities(tx: Transaction): Promise<Authority[]> {
  return tx<Authority[]>`select ${columns(tx)} from authority order by id`;
}

function columns(tx: Transaction) {
  return tx`id, name, municipality, languages, zone, domain, handle_domain as "handleDomain", accent, logo, email`;
}

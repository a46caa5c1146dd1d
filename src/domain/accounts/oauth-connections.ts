import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import { revokeToken, type TokenId } from "./access-token.ts";

/** An app that acts for a person, as the person sees it. */
export type Connection = {
  id: TokenId;
  /** Null for a token that was made at the command line. */
  app: string | null;
  website: string | null;
  /** The name and handle of the account that it speaks for. */
  account: { name: string; handle: string };
  scopes: string[];
  createdAt: Temporal.Instant;
  lastUsedOn: string | null;
};

/** The apps that a person has let in and not put out, newest first. */
export async function listConnections(
  tx: Transaction,
  authority: AuthorityId,
  person: PersonId,
): Promise<Connection[]> {
  return tx<Connection[]>`
    select token.id, oauth_app.name as app, oauth_app.website, token.scopes, token.created_at as "createdAt",
      token.last_used_on::text as "lastUsedOn", jsonb_build_object('name', account.name, 'handle', account.handle) as account
    from access_token token
    join account on account.authority = ${authority} and account.id = token.account
    left join oauth_app on oauth_app.authority = ${authority} and oauth_app.id = token.app
    where token.authority = ${authority} and token.person = ${person} and token.revoked_at is null
    order by token.id desc limit 200`;
}

/** Puts one of a person's own apps out. */
export async function endConnection(
  tx: Transaction,
  authority: AuthorityId,
  person: PersonId,
  token: TokenId,
  now: Temporal.Instant,
): Promise<boolean> {
  const [own] = await tx`
    select from access_token where authority = ${authority} and id = ${token} and person = ${person}`;
  return own !== undefined && revokeToken(tx, authority, token, person, now);
}

import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Person } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import { hashSecret } from "#platform/secret.ts";
import type { TokenId } from "./access-token.ts";
import { accountColumns, type Account } from "./account.ts";
import type { OauthAppId } from "./oauth-app.ts";

export type TokenFound = {
  id: TokenId;
  app: OauthAppId | null;
  scopes: string[];
  /** The day it was last used, as it was noted: at most once a day. */
  lastUsedOn: string | null;
  /** Undefined for an app by itself. */
  holder: { person: Person; account: Account } | undefined;
};

type Row = Account & {
  tokenId: TokenId;
  tokenApp: OauthAppId | null;
  scopes: string[];
  lastUsedOn: string | null;
  speaker: Person | null;
  /** Whom it was made for, whether they are still here or not. */
  madeFor: string | null;
  madeAs: string | null;
};

/**
 * What a token stands for at this moment: nothing once it is revoked, the person has left, or may no longer speak
 * for the account. One query, for every request begins with it.
 */
export async function findToken(
  tx: Transaction,
  authority: AuthorityId,
  token: string,
): Promise<TokenFound | undefined> {
  const [row] = await tx<Row[]>`
    select voice.*, token.*, speaker.* from (
      select id as "tokenId", app as "tokenApp", scopes, last_used_on::text as "lastUsedOn", person as "madeFor",
        account as "madeAs"
      from access_token where authority = ${authority} and token_hash = ${hashSecret(token)} and revoked_at is null
    ) token
    left join lateral (select jsonb_build_object('id', person.id::text, 'name', name, 'email', email, 'roles', roles,
        'language', language) as speaker
      from person join account_grant on account_grant.authority = ${authority} and account_grant.person = person.id
        and account_grant.account = token."madeAs"
      where person.authority = ${authority} and person.id = token."madeFor" and ended_at is null) speaker on true
    left join lateral (select ${accountColumns(tx)} from account
      where authority = ${authority} and id = token."madeAs" and uri is null and gone_at is null) voice on true`;
  if (!row) return undefined;
  const {
    tokenId: id,
    tokenApp: app,
    scopes,
    lastUsedOn,
    speaker: person,
    madeFor,
    madeAs,
    ...account
  } = row;
  if (madeFor === null) return { id, app, scopes, lastUsedOn, holder: undefined };
  // Without a voice of ours every column of it is null.
  return person && account.id === madeAs
    ? { id, app, scopes, lastUsedOn, holder: { person, account } }
    : undefined;
}

/** Notes that a token was used on a day; no fact, and never in the journal. */
export async function noteUse(
  tx: Transaction,
  authority: AuthorityId,
  token: TokenId,
  day: string,
): Promise<void> {
  await tx`
    update access_token set last_used_on = ${day}
    where authority = ${authority} and id = ${token} and last_used_on is distinct from ${day}::date`;
}

import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import { hashSecret, newSecret } from "#platform/secret.ts";
import type { Id } from "#platform/id.ts";
import type { AccountId } from "./account.ts";
import type { OauthApp } from "./oauth-app.ts";

export type TokenId = Id<"access token">;

/** A token as it is returned, once, to whom it was made for. */
export type NewToken = { id: TokenId; token: string; scopes: string[]; createdAt: Temporal.Instant };

/** What a client may do, in the words of the Mastodon API; a part may be named, as in read:statuses. */
const scopePattern = /^(?:(?:read|write|admin:read|admin:write)(?::[a-z_]+)*|follow|push|profile)$/;

export type TokenMade =
  | ({ outcome: "made" } & NewToken)
  | { outcome: "bad-scope"; scope: string }
  | { outcome: "not-granted" };

/**
 * Lets an app act for a person through one of the accounts they speak for. Whoever runs the place may do so without
 * an app; then nobody is named as having done it.
 */
export async function makeAccessToken(
  tx: Transaction,
  authority: AuthorityId,
  wanted: {
    person: PersonId;
    account: AccountId;
    scopes: readonly string[];
    app?: Pick<OauthApp, "id" | "name">;
  },
): Promise<TokenMade> {
  const { person, account, app } = wanted;
  const bad = wanted.scopes.find((scope) => !scopePattern.test(scope));
  if (bad !== undefined) return { outcome: "bad-scope", scope: bad };
  const [grant] = await tx`
    select from account_grant join person on person.authority = ${authority} and person.id = account_grant.person
    where account_grant.authority = ${authority} and account_grant.person = ${person} and account = ${account}
    and ended_at is null`;
  if (!grant) return { outcome: "not-granted" };
  const made = await insertToken(tx, authority, {
    person,
    account,
    scopes: wanted.scopes,
    app: app?.id ?? null,
  });
  await append(tx, {
    authority,
    direction: "within",
    kind: "access-token-made",
    account,
    ...(app ? { person } : {}),
    subject: [made.id, person],
    facts: { scopes: made.scopes, ...(app ? { app: app.name } : {}) },
  });
  return { outcome: "made", ...made };
}

/**
 * A token for an app by itself: it speaks for nobody and sees what anyone sees. No fact: whoever likes may have as
 * many as they like, and the journal cannot be emptied.
 */
export async function makeAppToken(
  tx: Transaction,
  authority: AuthorityId,
  app: Pick<OauthApp, "id">,
  scopes: readonly string[],
): Promise<NewToken> {
  return insertToken(tx, authority, { person: null, account: null, scopes, app: app.id });
}

/** Ends a token; false when there is none such, or it is at its end already. */
export async function revokeToken(
  tx: Transaction,
  authority: AuthorityId,
  token: TokenId,
  by: PersonId | undefined,
  now: Temporal.Instant,
): Promise<boolean> {
  const [row] = await tx<{ person: PersonId | null; account: AccountId | null; app: string | null }[]>`
    update access_token set revoked_at = ${now}
    where authority = ${authority} and id = ${token} and revoked_at is null
    returning person, account, (select name from oauth_app
      where oauth_app.authority = ${authority} and oauth_app.id = access_token.app) as app`;
  if (!row) return false;
  if (row.person)
    await append(tx, {
      authority,
      direction: "within",
      kind: "access-token-revoked",
      account: row.account,
      person: by,
      subject: [token, row.person],
      facts: row.app === null ? {} : { app: row.app },
    });
  return true;
}

/** An app gives back a token of its own; false when it is another's. One that nobody knows is given back already. */
export async function giveBackToken(
  tx: Transaction,
  authority: AuthorityId,
  app: Pick<OauthApp, "id">,
  token: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const [row] = await tx<{ id: TokenId; app: string | null; person: PersonId | null }[]>`
    select id, app, person from access_token where authority = ${authority} and token_hash = ${hashSecret(token)}`;
  if (!row) return true;
  if (row.app !== app.id) return false;
  await revokeToken(tx, authority, row.id, row.person ?? undefined, now);
  return true;
}

async function insertToken(
  tx: Transaction,
  authority: AuthorityId,
  row: { person: PersonId | null; account: AccountId | null; scopes: readonly string[]; app: string | null },
): Promise<NewToken> {
  const token = newSecret();
  const [made] = await tx<Omit<NewToken, "token">[]>`
    insert into access_token (authority, token_hash, person, account, scopes, app)
    values (${authority}, ${hashSecret(token)}, ${row.person}, ${row.account}, ${[...new Set(row.scopes)]}, ${row.app})
    returning id, scopes, created_at as "createdAt"`;
  if (!made) throw new Error("an access token was not kept");
  return { ...made, token };
}

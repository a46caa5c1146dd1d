import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import { hashSecret, newSecret } from "#platform/secret.ts";
import type { AccountId } from "./account.ts";

/** What a client may do, in the words of the Mastodon API; a part may be named, as in read:statuses. */
const scopePattern = /^(?:(?:read|write|admin:read|admin:write)(?::[a-z_]+)*|follow|push|profile)$/;

export type TokenMade =
  | { outcome: "made"; token: string }
  | { outcome: "bad-scope"; scope: string }
  | { outcome: "not-granted" };

/** Lets a program act for a person through one of the accounts they speak for. The token is returned once. */
export async function makeAccessToken(
  tx: Transaction,
  authority: AuthorityId,
  wanted: { person: PersonId; account: AccountId; scopes: readonly string[] },
): Promise<TokenMade> {
  const bad = wanted.scopes.find((scope) => !scopePattern.test(scope));
  if (bad !== undefined) return { outcome: "bad-scope", scope: bad };
  const [grant] = await tx`
    select from account_grant
    where authority = ${authority} and person = ${wanted.person} and account = ${wanted.account}`;
  if (!grant) return { outcome: "not-granted" };
  const token = newSecret();
  const [row] = await tx<{ id: string }[]>`
    insert into access_token (authority, token_hash, person, account, scopes)
    values (${authority}, ${hashSecret(token)}, ${wanted.person}, ${wanted.account}, ${[...new Set(wanted.scopes)]}) returning id`;
  if (!row) throw new Error("an access token was not kept");
  await append(tx, {
    authority,
    direction: "within",
    kind: "access-token-made",
    account: wanted.account,
    subject: [row.id, wanted.person],
    facts: { scopes: wanted.scopes },
  });
  return { outcome: "made", token };
}

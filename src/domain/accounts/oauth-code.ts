import { createHash, timingSafeEqual } from "node:crypto";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import { hashSecret, newSecret } from "#platform/secret.ts";
import { makeAccessToken, revokeToken, type NewToken, type TokenId } from "./access-token.ts";
import type { AccountId } from "./account.ts";
import type { OauthApp, OauthAppId } from "./oauth-app.ts";

const minutes = 10;

type CodeGiven = {
  app: OauthAppId;
  person: PersonId;
  account: AccountId;
  scopes: readonly string[];
  redirectUri: string;
  /** Of the method S256 (RFC 7636). */
  codeChallenge: string | null;
};

/** What a person answers an app with: good once, for ten minutes. */
export async function makeCode(
  tx: Transaction,
  authority: AuthorityId,
  given: CodeGiven,
  now: Temporal.Instant,
): Promise<string> {
  await tx`delete from oauth_code where authority = ${authority} and created_at < ${now.subtract({ hours: 24 })}`;
  const code = newSecret();
  await tx`
    insert into oauth_code (authority, code_hash, app, person, account, scopes, redirect_uri, code_challenge, created_at)
    values (${authority}, ${hashSecret(code)}, ${given.app}, ${given.person}, ${given.account}, ${[...given.scopes]},
      ${given.redirectUri}, ${given.codeChallenge}, ${now})`;
  return code;
}

export type CodeRedeemed =
  | ({ outcome: "redeemed" } & NewToken)
  | { outcome: "refused" }
  /** It came before: one of the two had stolen it, so that the token it gave is ended (RFC 6749, 4.1.2). */
  | { outcome: "used-before" };

/** Takes a code from the app that it was given to, under the conditions that were set when it was asked for. */
export async function redeemCode(
  tx: Transaction,
  authority: AuthorityId,
  brought: { code: string; app: OauthApp; redirectUri: string; verifier: string | undefined },
  now: Temporal.Instant,
): Promise<CodeRedeemed> {
  const { app } = brought;
  const hash = hashSecret(brought.code);
  const [row] = await tx<(CodeGiven & { token: TokenId | null; createdAt: Temporal.Instant })[]>`
    select app, person, account, scopes, redirect_uri as "redirectUri", code_challenge as "codeChallenge", token,
      created_at as "createdAt"
    from oauth_code where authority = ${authority} and code_hash = ${hash} for update`;
  if (!row || row.app !== app.id) return { outcome: "refused" };
  if (row.token) {
    await revokeToken(tx, authority, row.token, undefined, now);
    return { outcome: "used-before" };
  }
  const isOver = Temporal.Instant.compare(row.createdAt.add({ minutes }), now) <= 0;
  if (isOver || row.redirectUri !== brought.redirectUri || !answers(row.codeChallenge, brought.verifier))
    return { outcome: "refused" };
  const made = await makeAccessToken(tx, authority, { ...row, app });
  if (made.outcome !== "made") return { outcome: "refused" };
  await tx`update oauth_code set token = ${made.id} where authority = ${authority} and code_hash = ${hash}`;
  return { ...made, outcome: "redeemed" };
}

/** A verifier without a challenge is refused as well: somebody has cut the challenge out on the way (RFC 9700, 2.1.1). */
function answers(challenge: string | null, verifier: string | undefined): boolean {
  if (challenge === null) return verifier === undefined;
  if (verifier === undefined || !/^[\w.~-]{43,128}$/.test(verifier)) return false;
  const expected = Buffer.from(challenge);
  const got = Buffer.from(createHash("sha256").update(verifier).digest("base64url"));
  return expected.length === got.length && timingSafeEqual(expected, got);
}

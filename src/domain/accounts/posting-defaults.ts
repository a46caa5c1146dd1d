import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { AccountId } from "./account.ts";
import { sayKept } from "./kept.ts";

/** How the apps that speak for one of our accounts begin a post, unless they say otherwise. A setting, no fact. */
export type PostingDefaults = {
  visibility: "public" | "unlisted" | "followers";
  sensitive: boolean;
  /** ISO 639-1; null is the authority's own. */
  language: string | null;
};

export async function postingDefaults(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
): Promise<PostingDefaults> {
  const [row] = await tx<PostingDefaults[]>`
    select default_visibility as visibility, default_sensitive as sensitive, default_language as language
    from account where authority = ${authority} and id = ${account}`;
  return row ?? { visibility: "public", sensitive: false, language: null };
}

export async function setPostingDefaults(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  { visibility, sensitive, language }: PostingDefaults,
): Promise<void> {
  await tx`update account set default_visibility = ${visibility}, default_sensitive = ${sensitive}, default_language = ${language}
    where authority = ${authority} and id = ${account} and uri is null`;
  await sayKept(tx, authority, { account, what: "settings" });
}

import { accountUri, postUri, type Site } from "#context.ts";
import type { Account } from "#domain/accounts/account.ts";
import type { Post } from "#domain/posts/post.ts";

export function uriOfAccount(site: Site, account: Pick<Account, "id" | "uri">): string {
  return account.uri ?? accountUri(site, account.id);
}

export function uriOfPost(site: Site, post: Pick<Post, "id" | "uri">): string {
  return post.uri ?? postUri(site, post.id);
}

export function followersUri(site: Site, account: Pick<Account, "id">): string {
  return `${accountUri(site, account.id)}/followers`;
}

/** What an account keeps at the top of its page. */
export function featuredUri(site: Site, account: Pick<Account, "id">): string {
  return `${accountUri(site, account.id)}/collections/featured`;
}

export function keyUri(site: Site, account: string): string {
  return `${accountUri(site, account)}#main-key`;
}

/** What our accounts do that has no document of its own: fragments of the actor, unique and leading to it. */
export type OwnAct = "follows" | "likes" | "boosts" | "accepts" | "rejects" | "updates" | "blocks" | "pins";

export function actUri(site: Site, account: string, act: OwnAct, id: string): string {
  return `${accountUri(site, account)}#${act}/${id}`;
}

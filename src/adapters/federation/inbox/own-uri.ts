import { accountsById, findOwnAccount, isOwn, type Account } from "#domain/accounts/account.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { Transaction } from "#platform/database.ts";
import { parseId, type Id } from "#platform/id.ts";
import type { Site } from "#context.ts";

export function isOnSite(site: Site, uri: string): boolean {
  return URL.parse(uri)?.origin === site.origin;
}

/** Our post's id from its name or from its page, in whichever language. */
export function ownPostId(site: Site, uri: string): PostId | undefined {
  const path = ownPath(site, uri);
  return parseId<"post">(/^\/ap\/posts\/(\d+)$/.exec(path)?.[1] ?? /^\/@[^/]+\/(\d+)$/.exec(path)?.[1]);
}

/** One of our accounts from its name or from its page; undefined for anyone else's. */
export async function ownAccount(tx: Transaction, site: Site, uri: string): Promise<Account | undefined> {
  const path = ownPath(site, uri);
  const id = parseId<"account">(/^\/ap\/accounts\/(\d+)$/.exec(path)?.[1]);
  const handle = /^\/@([\w.-]{1,64})$/.exec(path)?.[1];
  const account = id
    ? (await accountsById(tx, site.authority.id, [id])).get(id)
    : handle
      ? await findOwnAccount(tx, site.authority.id, handle)
      : undefined;
  return account && isOwn(account) && !account.goneAt ? account : undefined;
}

/** The id in the name of a follow of ours, by which peers answer it (documents/own-uris.ts makes it). */
export function ownFollowId(site: Site, uri: string): Id<"follow"> | undefined {
  if (!/^\/ap\/accounts\/\d+$/.test(ownPath(site, uri))) return undefined;
  return parseId<"follow">(/#follows\/(\d+)$/.exec(uri)?.[1]);
}

function ownPath(site: Site, uri: string): string {
  return isOnSite(site, uri) ? (URL.parse(uri)?.pathname ?? "").replace(/^\/(sv|en)(?=\/)/, "") : "";
}

import type { Site } from "#context.ts";
import { findAccount, findOwnAccount, findRemoteAccount } from "#domain/accounts/account.ts";
import { findPostByUri } from "#domain/posts/read-posts.ts";
import type { Transaction } from "#platform/database.ts";
import { parseId } from "#platform/id.ts";

/** What an address names, by ids: whether it may be shown is still to be asked. */
export type Named = { account: string } | { post: string };

/** The account or post at a page or id of ours, or with the id of one elsewhere that we know. */
export async function findAddress(tx: Transaction, site: Site, address: string): Promise<Named | undefined> {
  const url = URL.parse(address);
  const authority = site.authority.id;
  if (!url) return undefined;
  if (url.origin !== site.origin) {
    const post = await findPostByUri(tx, authority, "fediverse", address);
    if (post) return { post: post.id };
    const account = await findRemoteAccount(tx, authority, address);
    return account && { account: account.id };
  }
  const path = url.pathname.replace(/^\/(sv|en)(?=\/)/, "").replace(/\/$/, "");
  const post = parseId<"post">(/^(?:\/ap\/posts|\/posts|\/@[^/]+)\/(\d+)$/.exec(path)?.[1]);
  if (post) return { post };
  const handle = /^\/@([\w.-]{1,64})$/.exec(path)?.[1];
  const id = parseId<"account">(/^\/ap\/accounts\/(\d+)$/.exec(path)?.[1]);
  const account = handle
    ? await findOwnAccount(tx, authority, handle)
    : id && (await findAccount(tx, authority, id));
  return account && !account.goneAt ? { account: account.id } : undefined;
}

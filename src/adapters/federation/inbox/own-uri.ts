import { accountsById, isOwn, type Account } from "#domain/accounts/account.ts";
import { ownAccountsByHandle } from "#domain/accounts/own-accounts-by-handle.ts";
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
  return (await ownAccounts(tx, site, [uri])).get(uri);
}

/** The same for many, by the uris given. */
export async function ownAccounts(
  tx: Transaction,
  site: Site,
  uris: readonly string[],
): Promise<Map<string, Account>> {
  const authority = site.authority.id;
  const asked = uris.map((uri) => {
    const path = ownPath(site, uri);
    const id = parseId<"account">(/^\/ap\/accounts\/(\d+)$/.exec(path)?.[1]);
    return { uri, id, handle: id ? undefined : /^\/@([\w.-]{1,64})$/.exec(path)?.[1]?.toLowerCase() };
  });
  const [numbered, named] = await Promise.all([
    accountsById(
      tx,
      authority,
      asked.flatMap(({ id }) => id ?? []),
    ),
    ownAccountsByHandle(
      tx,
      authority,
      asked.flatMap(({ handle }) => handle ?? []),
    ),
  ]);
  const found = new Map<string, Account>();
  for (const { uri, id, handle } of asked) {
    const account = numbered.get(id ?? "") ?? named.get(handle ?? "");
    if (account && isOwn(account) && !account.goneAt) found.set(uri, account);
  }
  return found;
}

/** The id in the name of a follow of ours, by which peers answer it (documents/own-uris.ts makes it). */
export function ownFollowId(site: Site, uri: string): Id<"follow"> | undefined {
  if (!/^\/ap\/accounts\/\d+$/.test(ownPath(site, uri))) return undefined;
  return parseId<"follow">(/#follows\/(\d+)$/.exec(uri)?.[1]);
}

function ownPath(site: Site, uri: string): string {
  return isOnSite(site, uri) ? (URL.parse(uri)?.pathname ?? "").replace(/^\/(sv|en)(?=\/)/, "") : "";
}

import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { PostId } from "./post.ts";
import { listed } from "./visible-to.ts";

/** A public post of ours, as a list for search engines names it. */
export type OwnPublic = { id: PostId; handle: string; changedAt: Temporal.Instant };

/** Our own public posts in order of arrival, `limit` of them after an id. */
export async function listOwnPublic(
  tx: Transaction,
  authority: AuthorityId,
  page: { after?: PostId | undefined; limit: number },
): Promise<OwnPublic[]> {
  return tx<OwnPublic[]>`
    select post.id, account.handle, coalesce(post.edited_at, post.published_at) as "changedAt"
    from post join account on account.authority = post.authority and account.id = post.account
    where post.authority = ${authority} and ${ownPublic(tx, authority)} ${page.after ? tx`and post.id > ${page.after}` : tx``}
    order by post.id limit ${page.limit}`;
}

/** The last id of each full portion of `size`, so that a portion can be read from where the one before ends. */
export async function portionsOfOwnPublic(
  tx: Transaction,
  authority: AuthorityId,
  size: number,
): Promise<PostId[]> {
  const rows = await tx<{ id: PostId }[]>`
    select id from (select post.id, row_number() over (order by post.id) as place from post
      where post.authority = ${authority} and ${ownPublic(tx, authority)}) numbered
    where place % ${size} = 0 order by id`;
  return rows.map((row) => row.id);
}

function ownPublic(tx: Transaction, authority: AuthorityId) {
  return tx`post.uri is null and ${listed(tx, authority)}`;
}

import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { PostId } from "./post.ts";
import { anyone, listed, visibleTo } from "./visible-to.ts";

/** A public post of an account, or a boost by it; `position` orders them and names the place to go on from. */
export type PublicAct = { position: string; post: PostId; boosted: { at: Temporal.Instant } | null };

/** What an account has said and passed on in public, newest first. */
export async function saidInPublic(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  page: { before?: string | undefined; limit: number },
): Promise<PublicAct[]> {
  const before = page.before ?? "9223372036854775807";
  const rows = await tx<{ position: string; post: PostId; at: Temporal.Instant | null }[]>`
    select * from (
      (select id as position, id as post, null::timestamptz as at from post
      where post.authority = ${authority} and post.account = ${account} and post.id < ${before}
      and ${listed(tx, authority)} order by post.id desc limit ${page.limit})
      union all
      (select boost.id, boost.post, boost.at from boost
      join post on post.authority = boost.authority and post.id = boost.post
      where boost.authority = ${authority} and boost.account = ${account} and boost.id < ${before}
      and ${visibleTo(tx, authority, anyone)}
      order by boost.id desc limit ${page.limit})) act
    order by position desc limit ${page.limit}`;
  return rows.map(({ position, post, at }) => ({ position, post, boosted: at && { at } }));
}

export async function countSaidInPublic(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select (select count(*) from post where post.authority = ${authority} and post.account = ${account}
        and ${listed(tx, authority)})::int
      + (select count(*) from boost join post on post.authority = boost.authority and post.id = boost.post
        where boost.authority = ${authority} and boost.account = ${account} and ${visibleTo(tx, authority, anyone)})::int as count`;
  return row?.count ?? 0;
}

/** How much the authority's own accounts have said, for those who count servers. */
export async function countOwn(
  tx: Transaction,
  authority: AuthorityId,
): Promise<{ accounts: number; posts: number }> {
  const [row] = await tx<{ accounts: number; posts: number }[]>`
    with own as (select id from account where authority = ${authority} and uri is null and gone_at is null)
    select (select count(*) from own)::int as accounts,
      (select count(*) from post where post.authority = ${authority} and post.account in (select id from own)
        and ${visibleTo(tx, authority, anyone)})::int as posts`;
  return row ?? { accounts: 0, posts: 0 };
}

import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { postMark, readKnownPosts } from "#domain/posts/known-posts.ts";
import type { Post } from "#domain/posts/post.ts";
import { fromPost, postColumns } from "#domain/posts/read-posts.ts";
import { stands, visibleTo } from "#domain/posts/visible-to.ts";
import { wordsMeet } from "#domain/search/match-words.ts";
import { nearestHits, way, within } from "#domain/search/nearest-hits.ts";
import { tsQuery } from "#domain/search/words.ts";
import type { Fragment, Transaction } from "#platform/database.ts";
import type { Marked } from "#platform/known-rows.ts";
import { cut, type Reading, type TimelineItem } from "./timelines.ts";

type Looking = Omit<Reading, "only" | "keep"> & { by?: AccountId | undefined };

/** Of somebody who has written fewer, all posts are looked through, whatever the word. */
const few = 4_000;

/** Posts that one of our accounts may see in which every word of the query is found; none without words. */
export async function searchSeen(
  tx: Transaction,
  authority: AuthorityId,
  query: string,
  account: AccountId,
  looking: Looking,
): Promise<TimelineItem[]> {
  const seen = tx`post.authority = ${authority} and ${stands(tx)}
    and ${visibleTo(tx, authority, { kind: "staff", accounts: [account] })}
    ${looking.by ? tx`and post.account = ${looking.by}` : tx``} order by found.post ${cut(tx, looking)}`;
  const { known } = looking;
  const read = async (found: Fragment): Promise<TimelineItem[]> => {
    const from = tx`${fromPost(tx)} join ${found} on found.post = post.id where ${seen}`;
    const posts: Post[] = known
      ? await readKnownPosts(
          tx,
          authority,
          known,
          await tx<Marked[]>`select post.id, ${postMark(tx)} as mark ${from}`,
        )
      : await tx<Post[]>`select ${postColumns(tx)} ${from}`;
    const items = posts.map((post) => ({ ...post, position: post.id, boostedBy: null }));
    return looking.up ? items.toReversed() : items;
  };
  const wanted = looking.by && tsQuery(query);
  if (looking.by && wanted) {
    const said = await read(saidBy(tx, authority, wanted, looking.by, looking));
    if (said.length >= looking.limit || (await saysLittle(tx, authority, looking.by))) return said;
  }
  return nearestHits(tx, authority, query, { ...looking, guarded: true }, read);
}

/** Those among the nearest posts of one account. */
function saidBy(
  tx: Transaction,
  authority: AuthorityId,
  query: string,
  by: AccountId,
  looking: Looking,
): Fragment {
  return tx`(select post.id as post from (
    select id from post where authority = ${authority} and account = ${by} ${within(tx, "id", looking)}
    order by id ${way(tx, looking)} limit ${few}) post where ${wordsMeet(tx, authority, query)}) found`;
}

async function saysLittle(tx: Transaction, authority: AuthorityId, by: AccountId): Promise<boolean> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from (
      select from post where authority = ${authority} and account = ${by} limit ${few}) written`;
  return (row?.count ?? 0) < few;
}

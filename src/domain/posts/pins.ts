import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import type { Post, PostId } from "./post.ts";
import { fromPost, postColumns } from "./read-posts.ts";
import { anyone, stands, visibleTo } from "./visible-to.ts";

/** As many as a page can bear above what is new. */
export const mostPins = 5;

type Pin = { account: AccountId; person: PersonId | null; post: Pick<Post, "id" | "account" | "visibility"> };
export type Pinned = { outcome: "pinned" | "already" | "not-own" | "not-public" | "too-many" };

/** An account keeps one of its posts at the top of its page. */
export async function pinPost(
  tx: Transaction,
  authority: AuthorityId,
  { account, person, post }: Pin,
): Promise<Pinned> {
  if (post.account !== account) return { outcome: "not-own" };
  if (post.visibility !== "public" && post.visibility !== "unlisted") return { outcome: "not-public" };
  // Counted by one at a time.
  await tx`select pg_advisory_xact_lock(hashtextextended(${`pin ${authority} ${account}`}, 0))`;
  const standing = await tx<{ post: PostId }[]>`
    select pin.post from pin join post on post.authority = ${authority} and post.id = pin.post
    where pin.authority = ${authority} and pin.account = ${account} and ${stands(tx)}`;
  if (standing.some((one) => one.post === post.id)) return { outcome: "already" };
  if (standing.length >= mostPins) return { outcome: "too-many" };
  const [row] = await tx<{ id: string }[]>`
    insert into pin (authority, account, post) values (${authority}, ${account}, ${post.id})
    on conflict do nothing returning id`;
  if (!row) return { outcome: "already" };
  await append(tx, {
    authority,
    direction: "out",
    kind: "post-pinned",
    account,
    person,
    post: post.id,
    subject: [row.id],
  });
  return { outcome: "pinned" };
}

export async function unpinPost(
  tx: Transaction,
  authority: AuthorityId,
  { account, person, post }: { account: AccountId; person: PersonId | null; post: PostId },
): Promise<void> {
  const [row] = await tx<{ id: string }[]>`
    delete from pin where authority = ${authority} and account = ${account} and post = ${post} returning id`;
  if (!row) return;
  await append(tx, {
    authority,
    direction: "out",
    kind: "post-unpinned",
    account,
    person,
    post,
    subject: [row.id],
  });
}

/** What an account keeps at the top of its page, the latest first, as anyone may see it. */
export async function pinnedPosts(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
): Promise<Post[]> {
  return tx<Post[]>`
    select ${postColumns(tx)} ${fromPost(tx)} join pin on pin.authority = ${authority} and pin.post = post.id
    where post.authority = ${authority} and pin.account = ${account} and post.account = ${account}
    and ${visibleTo(tx, authority, anyone)} order by pin.id desc`;
}

import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import type { PostId } from "./post.ts";
import { findPost } from "./read-posts.ts";

/** A boost passes a post on; a favourite thanks for it. Each account has at most one of each for a post. */
export type Reaction = "boost" | "favourite";

export type OwnReaction = { reaction: Reaction; post: PostId; account: AccountId; person: PersonId | null };
export type Reacted =
  | { outcome: "reacted" }
  | { outcome: "already" }
  | { outcome: "post-missing" }
  | { outcome: "not-public" };

/** One of our accounts boosts or favours a post. */
export async function react(tx: Transaction, authority: AuthorityId, own: OwnReaction): Promise<Reacted> {
  const post = await findPost(tx, authority, own.post, { kind: "staff", accounts: [own.account] });
  if (!post || post.hiddenAt) return { outcome: "post-missing" };
  if (own.reaction === "boost" && post.visibility !== "public" && post.visibility !== "unlisted")
    return { outcome: "not-public" };
  const [row] = await tx<{ id: string }[]>`
    insert into ${tx(own.reaction)} (authority, account, post, person)
    values (${authority}, ${own.account}, ${own.post}, ${own.person}) on conflict do nothing returning id`;
  if (!row) return { outcome: "already" };
  await append(tx, {
    authority,
    direction: "out",
    kind: own.reaction === "boost" ? "post-boosted" : "post-favourited",
    account: own.account,
    person: own.person,
    post: own.post,
    subject: [row.id],
    facts: { thread: post.thread },
  });
  return { outcome: "reacted" };
}

/** Takes a boost or a favourite of ours back. */
export async function undoReaction(
  tx: Transaction,
  authority: AuthorityId,
  own: OwnReaction,
): Promise<{ outcome: "undone" } | { outcome: "none" }> {
  const [row] = await tx<{ id: string }[]>`
    delete from ${tx(own.reaction)}
    where authority = ${authority} and account = ${own.account} and post = ${own.post} returning id`;
  if (!row) return { outcome: "none" };
  await append(tx, {
    authority,
    direction: "out",
    kind: own.reaction === "boost" ? "boost-undone" : "favourite-undone",
    account: own.account,
    person: own.person,
    post: own.post,
    subject: [row.id],
  });
  return { outcome: "undone" };
}

/** Which of these posts some of our accounts have boosted or favoured. */
export async function reactionsOf(
  tx: Transaction,
  authority: AuthorityId,
  accounts: readonly string[],
  posts: readonly string[],
): Promise<{ reaction: Reaction; post: PostId; account: AccountId }[]> {
  if (posts.length === 0 || accounts.length === 0) return [];
  return tx<{ reaction: Reaction; post: PostId; account: AccountId }[]>`
    select 'boost' as reaction, post, account from boost
    where authority = ${authority} and post = any(${[...posts]}::bigint[]) and account = any(${[...accounts]}::bigint[])
    union all
    select 'favourite', post, account from favourite
    where authority = ${authority} and post = any(${[...posts]}::bigint[]) and account = any(${[...accounts]}::bigint[])`;
}

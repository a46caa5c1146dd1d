import type { AuthorityId } from "#domain/authorities/authority.ts";
import { normalTag } from "#domain/text/normal-tag.ts";
import type { Transaction } from "#platform/database.ts";
import type { Post, PostId } from "./post.ts";
import { listed, visibleTo, type Viewer } from "./visible-to.ts";

/** One post if the viewer may see it; hidden and removed ones are undefined. */
export async function findPost(
  tx: Transaction,
  authority: AuthorityId,
  id: string,
  viewer: Viewer,
): Promise<Post | undefined> {
  const [row] = await tx<Post[]>`
    select ${postColumns(tx)} ${fromPost(tx)}
    where post.authority = ${authority} and post.id = ${id} and ${visibleTo(tx, authority, viewer)}`;
  return row;
}

/** One post whatever its state: for moderation, tombstones and our own acts. Never for showing. */
export async function findAnyPost(
  tx: Transaction,
  authority: AuthorityId,
  id: string,
): Promise<Post | undefined> {
  const [row] = await tx<Post[]>`
    select ${postColumns(tx)} ${fromPost(tx)} where post.authority = ${authority} and post.id = ${id}`;
  return row;
}

export async function findPostByUri(
  tx: Transaction,
  authority: AuthorityId,
  network: string,
  uri: string,
): Promise<Post | undefined> {
  const [row] = await tx<Post[]>`
    select ${postColumns(tx)} ${fromPost(tx)}
    where post.authority = ${authority} and post.network = ${network} and post.uri = ${uri}`;
  return row;
}

/** Posts in the order of the ids given; those that the viewer may not see are left out. */
export async function postsById(
  tx: Transaction,
  authority: AuthorityId,
  ids: readonly string[],
  viewer: Viewer,
): Promise<Post[]> {
  if (ids.length === 0) return [];
  const rows = await tx<Post[]>`
    select ${postColumns(tx)} ${fromPost(tx)}
    where post.authority = ${authority} and post.id = any(${[...ids]}::bigint[]) and ${visibleTo(tx, authority, viewer)}`;
  const byId = new Map<string, Post>(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

export type Page = { before?: string | undefined; after?: string | undefined; limit: number };

/** What an account has said, newest first. */
export async function postsOfAccount(
  tx: Transaction,
  authority: AuthorityId,
  account: string,
  viewer: Viewer,
  page: Page & { replies?: boolean; kind?: "note" | "article" },
): Promise<Post[]> {
  return tx<Post[]>`
    select ${postColumns(tx)} ${fromPost(tx)}
    where post.authority = ${authority} and post.account = ${account} and ${visibleTo(tx, authority, viewer)}
    ${page.replies === false ? tx`and post.in_reply_to is null and post.in_reply_to_uri is null` : tx``}
    ${page.kind ? tx`and post.kind = ${page.kind}` : tx``}
    ${inPage(tx, page)}
    order by post.id desc limit ${page.limit}`;
}

/** What all of the authority's own accounts have said in public, newest first; answers left out. */
export async function postsOfAuthority(tx: Transaction, authority: AuthorityId, page: Page): Promise<Post[]> {
  return tx<Post[]>`
    select ${postColumns(tx)} ${fromPost(tx)}
    where post.authority = ${authority} and post.uri is null and ${listed(tx, authority)}
    and post.in_reply_to is null and post.in_reply_to_uri is null
    ${inPage(tx, page)}
    order by post.id desc limit ${page.limit}`;
}

/** Public posts with a tag, newest first. Tags are compared in lower case. */
export async function postsWithTag(
  tx: Transaction,
  authority: AuthorityId,
  tag: string,
  page: Page & { ownOnly?: boolean },
): Promise<Post[]> {
  return tx<Post[]>`
    select ${postColumns(tx)} ${fromPost(tx)}
    join post_tag on post_tag.authority = post.authority and post_tag.post = post.id
    where post_tag.authority = ${authority} and post_tag.tag = ${normalTag(tag)}
    and ${listed(tx, authority)}
    ${page.ownOnly ? tx`and post.uri is null` : tx``} ${inPage(tx, page)}
    order by post_tag.post desc limit ${page.limit}`;
}

/**
 * A whole conversation in order of arrival, removed and hidden posts included with their state, so that what is
 * missing can be said. Only posts that the viewer might have seen are among them.
 */
export async function readThread(
  tx: Transaction,
  authority: AuthorityId,
  thread: string,
  viewer: Viewer,
  limit: number,
  after?: PostId,
): Promise<Post[]> {
  return tx<Post[]>`
    select ${postColumns(tx)} ${fromPost(tx)}
    where post.authority = ${authority} and post.thread = ${thread} ${after ? tx`and post.id > ${after}` : tx``}
    and ${visibleTo(tx, authority, viewer, { withoutRemoved: false })}
    order by post.id limit ${limit}`;
}

export function inPage(tx: Transaction, page: Page) {
  return tx`${page.before ? tx`and post.id < ${page.before}` : tx``} ${page.after ? tx`and post.id > ${page.after}` : tx``}`;
}

export function postColumns(tx: Transaction) {
  return tx`post.id, post.account, post.network, post.uri, post.url, post.kind, post.visibility, post.capacity, post.version,
    post.thread, post.in_reply_to as "inReplyTo", post.in_reply_to_uri as "inReplyToUri", post.parent_state as "parentState",
    post.published_at as "publishedAt", post.edited_at as "editedAt", post.deleted_at as "deletedAt",
    post.hidden_at as "hiddenAt", post.person, said.source_type as "sourceType", said.source, said.title, said.warning,
    said.language, said.blocks, said.attachments, said.reason`;
}

export function fromPost(tx: Transaction) {
  return tx`from post join post_version said
    on said.authority = post.authority and said.post = post.id and said.version = post.version`;
}

import type { Face } from "#domain/accounts/account.ts";
import { countNotPublic } from "#domain/moderation/count-not-public.ts";
import { ancestorsOf } from "#domain/posts/conversation.ts";
import type { Post, PostId } from "#domain/posts/post.ts";
import {
  type KnownThreads,
  readThreadWith,
  type Speaker,
  threadOf,
  type ThreadPost,
} from "#domain/posts/read-thread.ts";
import { loadThreadFaces, type Faces } from "#domain/timelines/load-faces.ts";
import type { Transaction } from "#platform/database.ts";
import type { PageRequest } from "./page-request.ts";

/** More than this in one conversation is not on one page. */
export const mostPosts = 1_000;

export type Conversation = {
  lead: Post;
  posts: Post[];
  notPublic: number;
  /** After which post this portion begins, and after which the next does. */
  from: PostId | undefined;
  next: PostId | undefined;
  faces: Faces<Face>;
};

/** What a post's id alone leads to. */
export type Around = { posts: ThreadPost[]; speakers: Speaker[]; notPublic: number };

/** Most of what a thread's page shows, asked for at once; of a later part, with the post itself. */
export async function readAround(
  tx: Transaction,
  known: KnownThreads,
  { site }: PageRequest,
  id: PostId,
  after?: PostId,
): Promise<Around> {
  const authority = site.authority.id;
  const limit = mostPosts + (after ? 2 : 1);
  const [{ posts, speakers }, notPublic] = await Promise.all([
    readThreadWith(tx, known, authority, id, limit, after),
    countNotPublic(tx, authority, threadOf(tx, authority, id)),
  ]);
  return { posts, speakers, notPublic };
}

/** Everything that a thread's page shows, in the same few queries however long it is. */
export async function readConversation(
  tx: Transaction,
  known: KnownThreads,
  request: PageRequest,
  lead: Post,
  after?: PostId,
  read?: Around,
): Promise<Conversation> {
  const authority = request.site.authority.id;
  const { around, from } = await portionAround(tx, known, request, lead, after, read);
  // The post itself has come along with a later part.
  const found = from === undefined ? around.posts : around.posts.filter((post) => post.id !== lead.id);
  const portion = found.slice(0, mostPosts);
  const next = found.length > mostPosts ? portion.at(-1)?.id : undefined;
  const here = new Set<string>(portion.map((post) => post.id));
  const isPart = from !== undefined || next !== undefined;
  // In a part of a long conversation, what the post answers may stand in another.
  const above = isPart ? await ancestorsOf(tx, authority, lead) : [];
  const itself = around.posts.find((post) => post.id === lead.id) ?? lead;
  const posts = [...[...above.toReversed(), itself].filter((post) => !here.has(post.id)), ...portion];
  const faces = await loadThreadFaces(tx, authority, posts, request.language, around.speakers);
  return { lead, posts, notPublic: around.notPublic, from, next, faces };
}

async function portionAround(
  tx: Transaction,
  known: KnownThreads,
  request: PageRequest,
  lead: Post,
  after: PostId | undefined,
  read: Around | undefined,
): Promise<{ around: Around; from: PostId | undefined }> {
  const isFirst = lead.id === lead.thread;
  const from = isFirst ? after : undefined;
  // Only the page of the first post has later parts.
  const already = after === from ? read : undefined;
  const around = already ?? (await readAround(tx, known, request, lead.id, from));
  const isShort = around.posts.length <= mostPosts;
  if (isFirst || isShort || around.posts.slice(0, mostPosts).some((post) => post.id === lead.id))
    return { around, from };
  // Far down in a long conversation, what matters is what follows from the post.
  return { around: await readAround(tx, known, request, lead.id, lead.id), from: lead.id };
}

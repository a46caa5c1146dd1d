import { ancestorsOf } from "#domain/posts/conversation.ts";
import { countNotPublic } from "#domain/moderation/count-not-public.ts";
import type { Post, PostId } from "#domain/posts/post.ts";
import { readThread } from "#domain/posts/read-posts.ts";
import { anyone } from "#domain/posts/visible-to.ts";
import { loadFaces, type Faces } from "#domain/timelines/load-faces.ts";
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
  faces: Faces;
};

/** Everything that a thread's page shows, in the same few queries however long it is. */
export async function readConversation(
  tx: Transaction,
  request: PageRequest,
  lead: Post,
  after?: PostId,
): Promise<Conversation> {
  const { authority } = request.site;
  const [{ posts: portion, from, next }, notPublic] = await Promise.all([
    portionAround(tx, request, lead, after),
    countNotPublic(tx, authority.id, lead.thread),
  ]);
  const here = new Set<string>(portion.map((post) => post.id));
  const isPart = from !== undefined || next !== undefined;
  // In a part of a long conversation, what the post answers may stand in another.
  const above = isPart ? await ancestorsOf(tx, authority.id, lead) : [];
  const posts = [...[...above.toReversed(), lead].filter((post) => !here.has(post.id)), ...portion];
  return {
    lead,
    posts,
    notPublic,
    from,
    next,
    faces: await loadFaces(tx, authority.id, posts, request.language),
  };
}

type Portion = Pick<Conversation, "posts" | "from" | "next">;

async function portionAround(
  tx: Transaction,
  request: PageRequest,
  lead: Post,
  after: PostId | undefined,
): Promise<Portion> {
  const isFirst = lead.id === lead.thread;
  const first = await portionAfter(tx, request, lead, isFirst ? after : undefined);
  // Far down in a long conversation, what matters is what follows from the post.
  if (isFirst || !first.next || first.posts.some((post) => post.id === lead.id)) return first;
  return portionAfter(tx, request, lead, lead.id);
}

async function portionAfter(
  tx: Transaction,
  { site }: PageRequest,
  lead: Post,
  from: PostId | undefined,
): Promise<Portion> {
  const read = await readThread(tx, site.authority.id, lead.thread, anyone, mostPosts + 1, from);
  const posts = read.slice(0, mostPosts);
  return { posts, from, next: read.length > mostPosts ? posts.at(-1)?.id : undefined };
}

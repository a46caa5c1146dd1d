import type { Post } from "#domain/posts/post.ts";
import type { ThreadNode, ThreadView } from "#ui/thread.ts";

/** A post with the one it answers, if that is on the page; `elsewhere`: it answers one that is not. */
export type Placed = { post: Post; parent: Post | undefined; elsewhere?: boolean };
export type BuiltThread = {
  ancestors: Placed[];
  parentMissing: ThreadView["parentMissing"];
  root: ThreadNode<Placed>;
};

/** Deeper than this a branch goes on at the same depth: somebody may have made it endless. */
const deepest = 24;

/**
 * Places the posts of a conversation around the one that its page is about: what came before it, and all that
 * followed from it. A reply to something that is not on the page stands directly under the first post, and says so.
 */
export function buildThread(posts: readonly Post[], lead: Post): BuiltThread {
  const byId = new Map<string, Post>(posts.map((post) => [post.id, post]));
  const children = new Map<string, Post[]>();
  for (const post of posts) {
    if (post.id === post.thread) continue;
    const parent = post.inReplyTo && byId.has(post.inReplyTo) ? post.inReplyTo : post.thread;
    children.set(parent, [...(children.get(parent) ?? []), post]);
  }
  const node = (post: Post, parent: Post | undefined, depth: number): ThreadNode<Placed> => {
    const below = children.get(post.id) ?? [];
    const replies = depth < deepest ? below.map((reply) => node(reply, post, depth + 1)) : [];
    if (depth === 0 || post.inReplyTo === null || byId.has(post.inReplyTo))
      return { post: { post, parent }, replies };
    return { post: { post, parent, elsewhere: true }, replies, elsewhere: true };
  };
  /** Branches that were cut off for their depth, laid flat. */
  const flatten = (post: Post): ThreadNode<Placed>[] => {
    const flat: ThreadNode<Placed>[] = [];
    const waiting = [...(children.get(post.id) ?? [])];
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      flat.push({ post: { post: next, parent: byId.get(next.inReplyTo ?? "") }, replies: [] });
      waiting.unshift(...(children.get(next.id) ?? []));
    }
    return flat;
  };
  const ground = (tree: ThreadNode<Placed>, depth: number): ThreadNode<Placed> => {
    if (depth === deepest) return { ...tree, replies: flatten(tree.post.post) };
    return { ...tree, replies: tree.replies.map((reply) => ground(reply, depth + 1)) };
  };
  const ancestors = ancestorsOf(byId, lead);
  const root = ground(node(lead, ancestors.at(-1), 0), 0);
  const first = ancestors[0] ?? lead;
  // A parent that is here but not among the posts is one that the public may not see.
  const parentMissing = first.inReplyTo ? "not-public" : first.inReplyToUri ? "not-fetched" : false;
  const placed = ancestors.map((post, index) => ({ post, parent: ancestors[index - 1] }));
  return { ancestors: placed, parentMissing, root };
}

function ancestorsOf(byId: ReadonlyMap<string, Post>, lead: Post): Post[] {
  const ancestors: Post[] = [];
  const seen = new Set<string>([lead.id]);
  for (
    let next = byId.get(lead.inReplyTo ?? "");
    next && !seen.has(next.id);
    next = byId.get(next.inReplyTo ?? "")
  ) {
    seen.add(next.id);
    ancestors.unshift(next);
  }
  return ancestors;
}

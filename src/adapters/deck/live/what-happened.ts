import { draftEntries } from "#domain/drafts/draft-entries.ts";
import type { Entry } from "#domain/journal/entry.ts";

/** A post is new: it cannot have stood anywhere before. */
const newPosts = new Set(["post-published", "post-received"]);
/** A post says or is something else than before, and may no longer be where it was. */
const changedPosts = new Set(["post-edited", "post-edit-received", "post-hidden", "post-unhidden"]);
const removedPosts = new Set(["post-deleted", "post-delete-received"]);
/** A post looks different, or stands somewhere new besides. */
const markedPosts = new Set([
  "post-boosted",
  "boost-undone",
  "post-favourited",
  "favourite-undone",
  "boost-received",
  "boost-undo-received",
]);
const undoneBoosts = new Set(["boost-undone", "boost-undo-received"]);
const follows = new Set(["follow-requested", "follow-undone", "follow-answered", "follow-refused"]);
const drafts = new Set<string>([...draftEntries, "post-published", "post-edited"]);

/** What some entries of one authority mean for decks. */
export type Happened = {
  /** Posts to be read again wherever they stand. */
  posts: string[];
  /** Those of them that may have left a column. */
  mayHaveLeft: Set<string>;
  removed: string[];
  /** Boosts that are undone, and of what. */
  undone: { post: string; boost: string }[];
  /** Conversations whose care is another than before. */
  threads: string[];
  /** Whose follows are others than before: own accounts among them read their home again. */
  follows: Set<string>;
  /** The people and accounts whose drafts and plans are others than before. */
  drafts: Set<string>;
};

export function whatHappened(entries: readonly Entry[]): Happened {
  const happened: Happened = {
    posts: [],
    mayHaveLeft: new Set(),
    removed: [],
    undone: [],
    threads: [],
    follows: new Set(),
    drafts: new Set(),
  };
  const posts = new Set<string>();
  const told = { care: new Set<string>(), removed: new Set<string>() };
  for (const { kind, post, subject, facts, account, person } of entries) {
    if (post && (newPosts.has(kind) || changedPosts.has(kind) || markedPosts.has(kind))) posts.add(post);
    if (post && changedPosts.has(kind)) happened.mayHaveLeft.add(post);
    if (post && removedPosts.has(kind)) told.removed.add(post);
    const [boost] = subject;
    if (post && boost && undoneBoosts.has(kind)) happened.undone.push({ post, boost });
    if (isCare(kind) && typeof facts["thread"] === "string") told.care.add(facts["thread"]);
    if (follows.has(kind)) for (const id of [account, ...subject]) if (id) happened.follows.add(id);
    if (drafts.has(kind)) for (const id of [account, person, ...subject]) if (id) happened.drafts.add(id);
  }
  for (const post of told.removed) posts.delete(post);
  return { ...happened, posts: [...posts], removed: [...told.removed], threads: [...told.care] };
}

/** Whether any deck could look different. */
export function concernsDecks({
  posts,
  removed,
  threads,
  follows: followed,
  drafts: planned,
}: Happened): boolean {
  return posts.length + removed.length + threads.length + followed.size + planned.size > 0;
}

function isCare(kind: string): boolean {
  return kind.startsWith("care-") || kind === "concern-decided" || kind === "case-moved";
}

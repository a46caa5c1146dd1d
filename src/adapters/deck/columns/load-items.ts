import { careOf, type Care } from "#domain/care/care.ts";
import { deliveryStates } from "#domain/deliveries/delivery.ts";
import { bypassedAmong } from "#domain/drafts/send-draft.ts";
import { namesOfPeople } from "#domain/people/person.ts";
import type { Post } from "#domain/posts/post.ts";
import { reactionsOf } from "#domain/posts/react.ts";
import { loadFaces, type Faces } from "#domain/timelines/load-faces.ts";
import type { TimelineItem } from "#domain/timelines/timelines.ts";
import type { Transaction } from "#platform/database.ts";
import { accountIds, type Seat } from "../seat.ts";

/** What showing some posts to staff takes besides them, whichever of the accounts acts. */
export type Loaded = {
  faces: Faces;
  people: Map<string, string>;
  deliveries: Map<string, { sent: number; total: number; failing: number }>;
  /** "boost <post> <account>" for each reaction of ours. */
  reactions: Set<string>;
  /** By thread, of those that are addressed to us. */
  care: Map<string, Care>;
  /** Posts that went out without the approval that their account asks for. */
  bypassed: Set<string>;
};

export async function loadItems(
  tx: Transaction,
  seat: Pick<Seat, "site" | "language" | "accounts">,
  posts: readonly (Post | TimelineItem)[],
): Promise<Loaded> {
  const authority = seat.site.authority.id;
  const own = posts.filter((post) => post.uri === null);
  const ids = [...new Set(posts.map((post) => post.id))];
  const threads = posts.map((post) => post.thread);
  const ownIds = own.map((post) => post.id);
  const people = own.flatMap((post) => post.person ?? []);
  // All at once: a live line waits for the slowest and not for each in turn.
  const [reactions, care, bypassed, faces, names, deliveries] = await Promise.all([
    reactionsOf(tx, authority, accountIds(seat), ids),
    careOf(tx, authority, threads),
    bypassedAmong(tx, authority, ownIds),
    loadFaces(tx, authority, posts, seat.language, seat.accounts),
    namesOfPeople(tx, authority, people),
    deliveryStates(tx, authority, ownIds),
  ]);
  return {
    care,
    bypassed,
    faces,
    people: names,
    deliveries,
    reactions: new Set(reactions.map((one) => `${one.reaction} ${one.post} ${one.account}`)),
  };
}

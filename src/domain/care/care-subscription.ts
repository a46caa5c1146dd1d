import type { Late, Subscription } from "#domain/journal/subscription.ts";
import { appendMany } from "#domain/journal/append-many.ts";
import { loadCareRules } from "./care-rules.ts";
import { followPosts } from "./follow-posts.ts";
import { joinCare } from "./join-care.ts";
import { passOn } from "#domain/posts/pass-on.ts";
import { readThreads, type KnownThreads } from "./read-threads.ts";
import { writeThreads } from "./write-threads.ts";

/**
 * Keeps the care of threads in step with what is said in them: what is addressed to us opens it, our answer settles
 * it. Each batch is read in a few queries, gone through in order, and written in a few.
 */
export function careSubscription(): Subscription {
  return {
    name: "care",
    kinds: [
      "post-received",
      "post-published",
      "post-deleted",
      "post-delete-received",
      "post-hidden",
      "post-unhidden",
    ],
    async handle(tx, authority, entries) {
      const known = await readThreads(tx, authority, entries);
      if (await joinCare(tx, authority, known.threads))
        Object.assign(known, await readThreads(tx, authority, entries));
      const facts = followPosts(known, entries, await loadCareRules(tx, authority));
      await writeThreads(tx, authority, known);
      await passOn(tx, authority, givenTo(known));
      await appendMany(
        tx,
        // The rows have their ids only now.
        facts.map(({ care, ...fact }) => ({ ...fact, authority, subject: [care.id] })),
      );
    },
    late: ({ kind }) => late.get(kind),
  };
}

/**
 * A question, or an answer, that comes late would reopen what has been answered, or settle what was asked since; that
 * something was taken away is looked up as it stands.
 */
const late = new Map<string, Late>([
  ["post-received", "if-thread-rests"],
  ["post-published", "if-thread-rests"],
  ["post-deleted", "always"],
  ["post-delete-received", "always"],
  ["post-hidden", "always"],
]);

/** What has come in threads that another office looks after. */
function givenTo({ posts, cares }: KnownThreads): { thread: string; from: string; account: string }[] {
  return [...posts.values()].flatMap(({ id, thread, addressed }) => {
    const account = cares.get(thread)?.assigneeAccount;
    return addressed && account ? [{ thread, from: id, account }] : [];
  });
}

import type { Services } from "#context.ts";
import type { KnownThreads, Speaker, ThreadPost } from "#domain/posts/read-thread.ts";
import { millisecondsOf } from "#platform/clock.ts";
import { createFragments, type Fragments } from "#platform/fragments.ts";
import { createKnownRows } from "#platform/known-rows.ts";
import { oneForEach } from "#platform/one-for-each.ts";

/** What pages made anew need not read or make again. */
export type Known = KnownThreads & { fragments: Fragments };

const mebibyte = 1024 * 1024;

/** What is known in this process. */
export const knownOf = oneForEach(({ clock }: Services): Known => {
  const now = millisecondsOf(clock);
  return {
    posts: createKnownRows<ThreadPost>({ maxBytes: 3 * mebibyte, now }),
    speakers: createKnownRows<Speaker>({ maxBytes: mebibyte, now }),
    fragments: createFragments({ maxBytes: 4 * mebibyte, now }),
  };
});

import type { Services } from "#context.ts";
import type { KnownPost } from "#domain/posts/known-posts.ts";
import type { Voice } from "#domain/timelines/voices.ts";
import { millisecondsOf } from "#platform/clock.ts";
import { createPieces, type Pieces } from "#platform/fragments.ts";
import { createKnownRows, type KnownRows } from "#platform/known-rows.ts";
import { oneForEach } from "#platform/one-for-each.ts";
import type { Account } from "./account.ts";
import type { Status } from "./status.ts";

/** What answers made anew need not read or make again. For reading alone: nothing uncommitted may become known. */
export type Known = {
  posts: KnownRows<KnownPost>;
  voices: KnownRows<Voice>;
  accounts: Pieces<Account>;
  statuses: Pieces<Status>;
};

const mebibyte = 1024 * 1024;

/** What is known in this process. */
export const knownOf = ({ services }: { services: Services }): Known => knownOfProcess(services);

const knownOfProcess = oneForEach(({ clock }: Services): Known => {
  const now = millisecondsOf(clock);
  const bytesOf = (entity: object) => 2 * JSON.stringify(entity).length;
  return {
    posts: createKnownRows<KnownPost>({ maxBytes: 3 * mebibyte, now }),
    voices: createKnownRows<Voice>({ maxBytes: mebibyte, now }),
    accounts: createPieces<Account>({ maxBytes: mebibyte, now, bytesOf }),
    statuses: createPieces<Status>({ maxBytes: 4 * mebibyte, now, bytesOf }),
  };
});

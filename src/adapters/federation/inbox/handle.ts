import { accountsById } from "#domain/accounts/account.ts";
import { findAuthority } from "#domain/authorities/authority.ts";
import type { Entry } from "#domain/journal/entry.ts";
import { entryBodies } from "#domain/journal/entry-bodies.ts";
import type { Subscription } from "#domain/journal/subscription.ts";
import type { Transaction } from "#platform/database.ts";
import { siteOf, type Services } from "#context.ts";
import { objectOf, typeOf } from "./as2.ts";
import { handleCreates, handleDelete, handleUpdate } from "./handle-post.ts";
import { handleReactions, handleUndo } from "./handle-reaction.ts";
import { handleBlock, handleFlag, handleFollow, handleFollowAnswer } from "./handle-relation.ts";
import type { Handling } from "./handling.ts";
import { rushOf } from "./rush.ts";

/** Bytes of bodies that are handled together: one alone may be a mebibyte, and takes several times that in memory. */
const heaviest = 4 * 1024 * 1024;

/** The database is that of the process's own inbox, if it has one: handling gives way to it. */
export type SubscriptionServices = Pick<Services, "config" | "clock" | "log"> & { db?: Services["db"] };

/**
 * What follows from stored activities, in the order they came. Content that makes no sense is passed over with a
 * line in the log; only a fault of ours throws, and is tried again.
 */
export function inboxSubscription(services: SubscriptionServices): Subscription {
  const rush = services.db && rushOf(services.db);
  return {
    name: "federation-in",
    kinds: ["activity-received"],
    turn: () => rush?.over(),
    async handle(tx, authorityId, entries) {
      const bodiesOf = (some: readonly Entry[]) =>
        entryBodies(
          tx,
          authorityId,
          some.map((entry) => entry.id),
          heaviest,
        );
      const [authority, first, senders] = await Promise.all([
        findAuthority(tx, authorityId),
        bodiesOf(entries),
        accountsById(
          tx,
          authorityId,
          entries.flatMap((entry) => entry.account ?? []),
        ),
      ]);
      if (!authority) return;
      const site = siteOf(services.config, authority);
      const told = (entry: Entry, body: unknown): Told[] => {
        const log = services.log.with({ entry: entry.id, authority: authorityId, ...nameIn(entry) });
        const activity = objectOf(body);
        const actor = senders.get(entry.account ?? "");
        const now = services.clock();
        if (activity && actor?.uri)
          return [{ site, now, log, entry: entry.id, actor: { ...actor, uri: actor.uri }, activity }];
        log.warn("a stored activity has no content or no sender and was passed over");
        return [];
      };
      for (let left = entries, bodies = first; left.length > 0; bodies = await bodiesOf(left)) {
        const handlings = left.slice(0, bodies.size).flatMap((entry) => told(entry, bodies.get(entry.id)));
        for (const set of inSets(handlings)) await handleSet(tx, set);
        left = left.slice(bodies.size);
      }
    },
    // A post that was edited or removed before it came is known, or stays away; all else is as its sender said it last.
    late: ({ facts }) =>
      facts["type"] === "Create" || facts["type"] === "Flag" ? "always" : "if-account-rests",
  };
}

/** An activity, before it is known in which transaction it is handled. */
type Told = Omit<Handling, "tx">;

/** What is handled together when it comes one after the other; everything else alone, for there the order may matter. */
const together = new Map<string | undefined, typeof handleCreates>([
  ["Create", handleCreates],
  ["Like", handleReactions],
  ["EmojiReact", handleReactions],
  ["Announce", handleReactions],
]);

function inSets(handlings: readonly Told[]): Told[][] {
  const sets: Told[][] = [];
  let before: typeof handleCreates | undefined;
  for (const one of handlings) {
    const handle = together.get(typeOf(one.activity));
    if (handle && handle === before) sets.at(-1)?.push(one);
    else sets.push([one]);
    before = handle;
  }
  return sets;
}

/** A set that fails is handled one by one, so that one bad activity never stops others. */
async function handleSet(tx: Transaction, set: readonly Told[]): Promise<void> {
  const [first] = set;
  if (!first) return;
  try {
    await tx.savepoint(async (tx) => {
      const handlings = set.map((one) => ({ ...one, tx }));
      const handle = together.get(typeOf(first.activity));
      if (handle) return handle(tx, first.site, handlings);
      for (const handling of handlings) await handleActivity(handling);
    });
  } catch (error) {
    if (set.length > 1) {
      first.log.info("activities could not be handled together and are taken one by one", { error });
      for (const one of set) await handleSet(tx, [one]);
      return;
    }
    if (!isUnusable(error)) throw error;
    first.log.error("an activity could not be kept as it came and was passed over", { error });
  }
}

async function handleActivity(handling: Handling): Promise<void> {
  switch (typeOf(handling.activity) ?? "") {
    case "Update":
      return handleUpdate(handling);
    case "Delete":
      return handleDelete(handling);
    case "Follow":
      return handleFollow(handling);
    case "Accept":
    case "TentativeAccept":
      return handleFollowAnswer(handling, true);
    case "Reject":
    case "TentativeReject":
      return handleFollowAnswer(handling, false);
    case "Undo":
      return handleUndo(handling);
    case "Block":
      return handleBlock(handling);
    case "Flag":
      return handleFlag(handling);
    case "Move":
      return handling.log.info("an account has moved; nothing here follows from it");
    default:
      return handling.log.debug("an activity of a kind that concerns nobody here was passed over");
  }
}

/** The database refuses values of this kind, and would again: data exceptions and exceeded limits. */
function isUnusable(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^(22|54)\w{3}$/.test(String(error.code));
}

function nameIn(entry: Entry): Record<string, unknown> {
  return { activity: entry.facts["id"], type: entry.facts["type"] };
}

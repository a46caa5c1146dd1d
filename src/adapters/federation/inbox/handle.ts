import { accountsById } from "#domain/accounts/account.ts";
import { findAuthority } from "#domain/authorities/authority.ts";
import type { Entry } from "#domain/journal/entry.ts";
import { entryBodies } from "#domain/journal/entry-bodies.ts";
import type { Subscription } from "#domain/journal/subscription.ts";
import { siteOf, type Services } from "#context.ts";
import { objectOf, typeOf } from "./as2.ts";
import { handleCreate, handleDelete, handleUpdate } from "./handle-post.ts";
import { handleAnnounce, handleLike, handleUndo } from "./handle-reaction.ts";
import { handleBlock, handleFlag, handleFollow, handleFollowAnswer } from "./handle-relation.ts";
import type { Handling } from "./handling.ts";

/**
 * What follows from stored activities, in the order they came. Content that makes no sense is passed over with a
 * line in the log; only a fault of ours throws, and is tried again.
 */
export function inboxSubscription(services: Pick<Services, "config" | "clock" | "log">): Subscription {
  return {
    name: "federation-in",
    kinds: ["activity-received"],
    async handle(tx, authorityId, entries) {
      const authority = await findAuthority(tx, authorityId);
      if (!authority) return;
      const site = siteOf(services.config, authority);
      const bodies = await entryBodies(
        tx,
        authorityId,
        entries.map((entry) => entry.id),
      );
      const senders = await accountsById(
        tx,
        authorityId,
        entries.flatMap((entry) => entry.account ?? []),
      );
      for (const entry of entries) {
        const log = services.log.with({ entry: entry.id, authority: authorityId, ...nameIn(entry) });
        const activity = objectOf(bodies.get(entry.id));
        const actor = senders.get(entry.account ?? "");
        if (!activity || !actor?.uri) {
          log.warn("a stored activity has no content or no sender and was passed over");
          continue;
        }
        const now = services.clock();
        const handling = { site, now, log, entry: entry.id, actor: { ...actor, uri: actor.uri }, activity };
        try {
          await tx.savepoint((tx) => handleActivity({ ...handling, tx }));
        } catch (error) {
          if (!isUnusable(error)) throw error;
          log.error("an activity could not be kept as it came and was passed over", { error });
        }
      }
    },
  };
}

async function handleActivity(handling: Handling): Promise<void> {
  switch (typeOf(handling.activity) ?? "") {
    case "Create":
      return handleCreate(handling);
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
    case "Like":
    case "EmojiReact":
      return handleLike(handling);
    case "Announce":
      return handleAnnounce(handling);
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

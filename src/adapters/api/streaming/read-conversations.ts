import { directTimeline } from "#domain/timelines/direct-timeline.ts";
import type { Transaction } from "#platform/database.ts";
import { conversationEntities } from "../entities/conversation.ts";
import type { Ear } from "./read-tidings.ts";

/**
 * The conversations that some posts came in, written out, by the post. Whether they are read is each person's own; here
 * they are unread if somebody else spoke last.
 */
export async function readConversations(
  tx: Transaction,
  { site, caller }: Pick<Ear, "site" | "caller">,
  only: readonly string[],
): Promise<Map<string, string>> {
  if (only.length === 0) return new Map();
  const own = caller.account.id;
  const posts = await directTimeline(tx, site.authority.id, own, { only, limit: only.length });
  const entities = await conversationEntities(
    tx,
    { site, caller },
    posts.map(({ thread, id, account }) => ({ thread, latest: id, isUnread: account !== own })),
  );
  return new Map(posts.map(({ id }, index) => [id, JSON.stringify(entities[index])]));
}

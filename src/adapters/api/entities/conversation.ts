import { participantsOf, type Conversation as Said } from "#domain/timelines/conversations.ts";
import type { Transaction } from "#platform/database.ts";
import type { Call, Caller } from "../endpoint.ts";
import { accountsOf, type Account } from "./account.ts";
import { loadStatuses, type Look } from "./load-statuses.ts";
import { postsOf } from "./posts-of.ts";
import type { Status } from "./status.ts";

/** https://docs.joinmastodon.org/entities/Conversation/ */
export type Conversation = { id: string; unread: boolean; accounts: Account[]; last_status: Status | null };

/** In a fixed number of queries. Who talks with nobody has themselves for company, as with Mastodon. */
export async function conversationEntities(
  tx: Transaction,
  look: Look & Pick<Call<Caller>, "site" | "caller">,
  conversations: readonly Said[],
): Promise<Conversation[]> {
  if (conversations.length === 0) return [];
  const { site, caller } = look;
  const authority = site.authority.id;
  const own = caller.account.id;
  const threads = conversations.map(({ thread }) => thread);
  const latest = conversations.map((one) => one.latest);
  const [others, posts] = await Promise.all([
    participantsOf(tx, authority, own, threads),
    postsOf(tx, look, latest),
  ]);
  const ids = [...new Set([own, ...[...others.values()].flat()])];
  const [shown, voices] = await Promise.all([
    loadStatuses(tx, look, posts),
    accountsOf(tx, site, ids, look.known),
  ]);
  const statuses = new Map(shown.map((status) => [status.id, status]));
  const accounts = new Map(voices.map((account) => [account.id, account]));
  return conversations.map(({ thread, latest: last, isUnread }) => ({
    id: thread,
    unread: isUnread,
    accounts: (others.get(thread) ?? [own]).flatMap((id) => accounts.get(id) ?? []),
    last_status: statuses.get(last) ?? null,
  }));
}

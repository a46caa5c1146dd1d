import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import { isBlocked } from "#domain/relationships/blocks.ts";
import type { Transaction } from "#platform/database.ts";
import type { PostId } from "./post.ts";
import type { Reaction } from "./react.ts";

export type IncomingReaction = {
  reaction: Reaction;
  network: string;
  uri: string;
  account: AccountId;
  post: PostId;
  entry: string | null;
};

/** Someone outside boosted or favoured a post that we know. */
export async function receiveReaction(
  tx: Transaction,
  authority: AuthorityId,
  incoming: IncomingReaction,
): Promise<void> {
  if (await isBlocked(tx, authority, incoming.account)) return;
  const [row] = await tx<{ id: string }[]>`
    insert into ${tx(incoming.reaction)} (authority, account, post, uri)
    values (${authority}, ${incoming.account}, ${incoming.post}, ${incoming.uri}) on conflict do nothing returning id`;
  if (!row) return;
  await append(tx, {
    authority,
    direction: "in",
    kind: incoming.reaction === "boost" ? "boost-received" : "favourite-received",
    account: incoming.account,
    channel: incoming.network,
    post: incoming.post,
    subject: [row.id],
    facts: { entry: incoming.entry },
  });
}

/** It was taken back, named by its uri or by the post it was for. */
export async function receiveReactionUndo(
  tx: Transaction,
  authority: AuthorityId,
  undone: {
    reaction: Reaction;
    network: string;
    account: AccountId;
    uri?: string;
    post?: PostId | undefined;
    entry: string | null;
  },
): Promise<void> {
  const [row] = await tx<{ id: string; post: PostId }[]>`
    delete from ${tx(undone.reaction)}
    where authority = ${authority} and account = ${undone.account}
    and (uri = ${undone.uri ?? null} or post = ${undone.post ?? null}) returning id, post`;
  if (!row) return;
  await append(tx, {
    authority,
    direction: "in",
    kind: undone.reaction === "boost" ? "boost-undo-received" : "favourite-undo-received",
    account: undone.account,
    channel: undone.network,
    post: row.post,
    subject: [row.id],
    facts: { entry: undone.entry },
  });
}

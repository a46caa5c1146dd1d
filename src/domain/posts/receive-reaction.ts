import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import { isBlocked } from "#domain/relationships/blocks.ts";
import type { Transaction } from "#platform/database.ts";
import type { PostId } from "./post.ts";
import type { Reaction } from "./react.ts";
import { findAnyPost, findPost } from "./read-posts.ts";

export type IncomingReaction = {
  reaction: Reaction;
  network: string;
  uri: string;
  account: AccountId;
  post: PostId;
  entry: string | null;
};

/** Someone outside boosted or favoured a post that we know. Who may not see one of ours has nothing to say of it. */
export async function receiveReaction(
  tx: Transaction,
  authority: AuthorityId,
  incoming: IncomingReaction,
): Promise<void> {
  if (await isBlocked(tx, authority, incoming.account)) return;
  if (!(await mayReact(tx, authority, incoming))) return;
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

/** What is not for everyone is passed on by its author alone. */
async function mayReact(
  tx: Transaction,
  authority: AuthorityId,
  { reaction, account, post: id }: IncomingReaction,
): Promise<boolean> {
  const post = await findAnyPost(tx, authority, id);
  if (!post) return false;
  if (post.visibility === "public" || post.visibility === "unlisted" || post.account === account) return true;
  if (reaction === "boost") return false;
  if (post.uri !== null) return true;
  return (await findPost(tx, authority, id, { kind: "remote", account })) !== undefined;
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

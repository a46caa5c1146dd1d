import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import { appendMany } from "#domain/journal/append-many.ts";
import { blockedAmong } from "#domain/relationships/blocks.ts";
import type { Transaction } from "#platform/database.ts";
import type { Post, PostId } from "./post.ts";
import type { Reaction } from "./react.ts";
import { findPost } from "./read-posts.ts";

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
  await receiveReactions(tx, authority, [incoming]);
}

/** The same for many, as if they came one after the other. */
export async function receiveReactions(
  tx: Transaction,
  authority: AuthorityId,
  set: readonly IncomingReaction[],
): Promise<void> {
  if (set.length === 0) return;
  const [posts, blocked] = await Promise.all([
    tx<ReactedPost[]>`
      select id, account, uri, visibility from post
      where authority = ${authority} and id = any(${[...new Set(set.map((one) => one.post))]}::bigint[])`,
    blockedAmong(tx, authority, [...new Set(set.map((one) => one.account))]),
  ]);
  const known = new Map(posts.map((post) => [post.id, post]));
  const welcome: IncomingReaction[] = [];
  for (const one of set)
    if (!blocked.has(one.account) && (await mayReact(tx, authority, one, known.get(one.post))))
      welcome.push(one);
  const kept = await keepAll(tx, authority, welcome);
  await appendMany(
    tx,
    kept.map(({ id, one }) => ({
      authority,
      direction: "in",
      kind: one.reaction === "boost" ? "boost-received" : "favourite-received",
      account: one.account,
      channel: one.network,
      post: one.post,
      subject: [id],
      facts: { entry: one.entry },
    })),
  );
}

type ReactedPost = Pick<Post, "id" | "account" | "uri" | "visibility">;

/** Those that are new, in the order in which they came, with the ids that they got. */
async function keepAll(
  tx: Transaction,
  authority: AuthorityId,
  set: readonly IncomingReaction[],
): Promise<{ id: string; one: IncomingReaction }[]> {
  const ids = new Map<string, string>();
  for (const reaction of ["boost", "favourite"] as const) {
    const those = set.filter((one) => one.reaction === reaction);
    if (those.length === 0) continue;
    const rows = await tx<{ id: string; account: AccountId; post: PostId; uri: string }[]>`
      insert into ${tx(reaction)} (authority, account, post, uri)
      select ${authority}, account, post, uri from unnest(${those.map((one) => one.account)}::bigint[],
        ${those.map((one) => one.post)}::bigint[], ${those.map((one) => one.uri)}::text[])
        with ordinality as given (account, post, uri, place) order by place
      on conflict do nothing returning id, account, post, uri`;
    for (const row of rows) ids.set(nameOf({ ...row, reaction }), row.id);
  }
  return set.flatMap((one) => {
    const id = ids.get(nameOf(one));
    // The first of those that say the same.
    ids.delete(nameOf(one));
    return id ? [{ id, one }] : [];
  });
}

function nameOf({
  reaction,
  account,
  post,
  uri,
}: Pick<IncomingReaction, "reaction" | "account" | "post" | "uri">) {
  return `${reaction} ${account} ${post} ${uri}`;
}

/** What is not for everyone is passed on by its author alone. */
async function mayReact(
  tx: Transaction,
  authority: AuthorityId,
  { reaction, account }: IncomingReaction,
  post: ReactedPost | undefined,
): Promise<boolean> {
  if (!post) return false;
  if (post.visibility === "public" || post.visibility === "unlisted" || post.account === account) return true;
  if (reaction === "boost") return false;
  if (post.uri !== null) return true;
  // Few are, so that each is asked for by itself.
  return (await findPost(tx, authority, post.id, { kind: "remote", account })) !== undefined;
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

import { accountsById, isOwn, type AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import { saveRemoteMedia } from "#domain/media/save-remote-media.ts";
import { isBlocked } from "#domain/relationships/blocks.ts";
import { followersAmongOurs } from "#domain/relationships/follows.ts";
import type { Block } from "#domain/text/blocks.ts";
import type { Transaction } from "#platform/database.ts";
import { adoptOrphans } from "./adopt-orphans.ts";
import type { Attachment, Post, PostId, Visibility } from "./post.ts";
import { findAnyPost, findPostByUri } from "./read-posts.ts";
import { saveVersion } from "./save-version.ts";

/** A post from any network, in the one shape that every adapter brings it to. All networks are equal from here on. */
export type IncomingPost = {
  network: string;
  uri: string;
  url: string | null;
  author: AccountId;
  kind: "note" | "article";
  visibility: Visibility;
  /** The parent's name on its network, and its id when it is one of ours or of our copies. */
  inReplyTo: { uri: string; own?: PostId | undefined } | null;
  publishedAt: Temporal.Instant;
  editedAt: Temporal.Instant | null;
  title: string | null;
  warning: string | null;
  language: string | null;
  /** As received, and made harmless. */
  source: string;
  blocks: Block[];
  pictures: { url: string; alt: string }[];
  /** Accounts that it names, ours and others that we know. */
  mentioned: AccountId[];
  /** The journal entry that it came in. */
  entry: string | null;
};

export type Received =
  | { outcome: "received"; id: PostId; addressed: AccountId[]; missingParent: string | undefined }
  | { outcome: "known"; id: PostId }
  | { outcome: "deleted-before" }
  | { outcome: "blocked" }
  | { outcome: "not-for-us" };

/**
 * Keeps a post from outside, once: peers repeat themselves, so a repeated uri changes nothing.
 * `wanted: "always"` is for what we asked for ourselves, such as the ancestors of a thread.
 */
export async function receivePost(
  tx: Transaction,
  authority: AuthorityId,
  incoming: IncomingPost,
  wanted: "if-for-us" | "always" = "if-for-us",
): Promise<Received> {
  const known = await findPostByUri(tx, authority, incoming.network, incoming.uri);
  if (known) return { outcome: "known", id: known.id };
  const [tombstone] = await tx`
    select from post_tombstone where authority = ${authority} and network = ${incoming.network} and uri = ${incoming.uri}
    and account_uri = (select uri from account where authority = ${authority} and id = ${incoming.author})`;
  if (tombstone) return { outcome: "deleted-before" };
  if (await isBlocked(tx, authority, incoming.author)) return { outcome: "blocked" };
  const parent = await findParent(tx, authority, incoming);
  const addressed = await whomItAddresses(tx, authority, incoming, parent);
  if (wanted === "if-for-us" && addressed.length === 0 && !parent) {
    const followers = await followersAmongOurs(tx, authority, incoming.author);
    if (followers.length === 0) return { outcome: "not-for-us" };
  }
  const id = await insert(tx, authority, incoming, parent);
  if (!id) return alreadyKept(tx, authority, incoming);
  for (const { account, why } of addressed)
    await tx`insert into addressed (authority, account, post, why) values (${authority}, ${account}, ${id}, ${why})`;
  await adoptOrphans(tx, authority, { id, uri: incoming.uri, thread: parent?.thread ?? id });
  await append(tx, {
    authority,
    direction: "in",
    kind: "post-received",
    account: incoming.author,
    channel: incoming.network,
    post: id,
    subject: addressed.map((one) => one.account),
    facts: {
      visibility: incoming.visibility,
      thread: parent?.thread ?? id,
      entry: incoming.entry,
      version: 1,
    },
  });
  return {
    outcome: "received",
    id,
    addressed: addressed.map((one) => one.account),
    missingParent: parent ? undefined : incoming.inReplyTo?.uri,
  };
}

/** Another delivery of the same post was quicker by a moment. */
async function alreadyKept(
  tx: Transaction,
  authority: AuthorityId,
  incoming: IncomingPost,
): Promise<Received> {
  const twin = await findPostByUri(tx, authority, incoming.network, incoming.uri);
  if (!twin) throw new Error(`${incoming.uri} was neither kept nor found`);
  return { outcome: "known", id: twin.id };
}

async function findParent(
  tx: Transaction,
  authority: AuthorityId,
  incoming: IncomingPost,
): Promise<Post | undefined> {
  if (!incoming.inReplyTo) return undefined;
  return incoming.inReplyTo.own
    ? findAnyPost(tx, authority, incoming.inReplyTo.own)
    : findPostByUri(tx, authority, incoming.network, incoming.inReplyTo.uri);
}

async function insert(
  tx: Transaction,
  authority: AuthorityId,
  incoming: IncomingPost,
  parent: Post | undefined,
): Promise<PostId | undefined> {
  const attachments: Attachment[] = [];
  for (const picture of incoming.pictures) {
    const media = await saveRemoteMedia(tx, authority, picture.url);
    if (media) attachments.push({ media, alt: picture.alt });
  }
  const [row] = await tx<{ id: PostId }[]>`
    with fresh as (select next_id() as id)
    insert into post (authority, id, account, network, uri, url, kind, visibility, thread, in_reply_to, in_reply_to_uri,
      parent_state, published_at, edited_at)
    select ${authority}, id, ${incoming.author}, ${incoming.network}, ${incoming.uri}, ${incoming.url}, ${incoming.kind},
      ${incoming.visibility}, coalesce(${parent?.thread ?? null}::bigint, id), ${parent?.id ?? null},
      ${parent ? null : (incoming.inReplyTo?.uri ?? null)}, ${!parent && incoming.inReplyTo ? "missing" : null},
      ${incoming.publishedAt}, ${incoming.editedAt}
    from fresh on conflict do nothing returning id`;
  if (!row) return undefined;
  await saveVersion(
    tx,
    authority,
    row.id,
    { ...words(incoming, attachments), version: 1, at: incoming.publishedAt },
    incoming.mentioned,
  );
  return row.id;
}

export function words(incoming: IncomingPost, attachments: Attachment[]) {
  return {
    sourceType: "html" as const,
    source: incoming.source,
    title: incoming.title,
    warning: incoming.warning,
    language: incoming.language,
    blocks: incoming.blocks,
    attachments,
    reason: null,
    person: null,
  };
}

type Addressed = { account: AccountId; why: "direct" | "mention" | "reply" | "thread" };

/** Which of our accounts it speaks to, and why we say so; the strongest reason counts. */
async function whomItAddresses(
  tx: Transaction,
  authority: AuthorityId,
  incoming: IncomingPost,
  parent: Post | undefined,
): Promise<Addressed[]> {
  const thread =
    parent && parent.thread !== parent.id ? await findAnyPost(tx, authority, parent.thread) : parent;
  const candidates: { account: AccountId; why: Addressed["why"] }[] = [];
  for (const account of incoming.mentioned)
    candidates.push({ account, why: incoming.visibility === "direct" ? "direct" : "mention" });
  if (parent) candidates.push({ account: parent.account, why: "reply" });
  if (thread) candidates.push({ account: thread.account, why: "thread" });
  const accounts = await accountsById(
    tx,
    authority,
    candidates.map((one) => one.account),
  );
  const ours = candidates.filter((one) => {
    const account = accounts.get(one.account);
    return account !== undefined && isOwn(account) && one.account !== incoming.author;
  });
  const strongest = new Map<string, Addressed>();
  for (const one of ours) if (!strongest.has(one.account)) strongest.set(one.account, one);
  return [...strongest.values()];
}

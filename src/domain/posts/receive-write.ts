import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { saveRemoteMediaOf } from "#domain/media/save-remote-media.ts";
import { json, type Transaction } from "#platform/database.ts";
import type { Attachment, PostId } from "./post.ts";
import type { IncomingPost } from "./receive-post.ts";
import { saveVersions } from "./save-version.ts";

export type Addressed = { account: AccountId; why: "direct" | "mention" | "reply" | "thread" };

/** A post from outside that is to be kept, with its place. */
export type Placed = {
  incoming: IncomingPost;
  id: PostId;
  thread: PostId;
  parent: PostId | null;
  addressed: Addressed[];
};

/** Writes them, one query for each table; false, and nothing but pictures noted, if one of them is there already. */
export async function writeReceived(
  tx: Transaction,
  authority: AuthorityId,
  posts: readonly Placed[],
): Promise<boolean> {
  const media = await saveRemoteMediaOf(
    tx,
    authority,
    posts.flatMap(({ incoming }) => incoming.pictures.map(({ url }) => url)),
  );
  if ((await insertPosts(tx, authority, posts)) < posts.length) return false;
  const versions = posts.map(({ id, incoming }) => {
    const attachments = incoming.pictures.flatMap(({ url, alt }) => {
      const picture = media.get(url);
      return picture ? [{ media: picture, alt }] : [];
    });
    const version = { ...words(incoming, attachments), version: 1, at: incoming.publishedAt };
    return { post: id, version, mentioned: incoming.mentioned };
  });
  await Promise.all([saveVersions(tx, authority, versions), insertAddressed(tx, authority, posts)]);
  return true;
}

async function insertPosts(
  tx: Transaction,
  authority: AuthorityId,
  posts: readonly Placed[],
): Promise<number> {
  const rows = posts.map(({ incoming, id, thread, parent }) => ({
    id,
    account: incoming.author,
    network: incoming.network,
    uri: incoming.uri,
    url: incoming.url,
    kind: incoming.kind,
    visibility: incoming.visibility,
    thread,
    in_reply_to: parent,
    in_reply_to_uri: parent ? null : (incoming.inReplyTo?.uri ?? null),
    parent_state: !parent && incoming.inReplyTo ? "missing" : null,
    published_at: String(incoming.publishedAt),
    edited_at: incoming.editedAt && String(incoming.editedAt),
  }));
  const written = await tx`
    insert into post (authority, id, account, network, uri, url, kind, visibility, thread, in_reply_to, in_reply_to_uri,
      parent_state, published_at, edited_at)
    select ${authority}, id, account, network, uri, url, kind, visibility, thread, in_reply_to, in_reply_to_uri,
      parent_state, published_at, edited_at
    from jsonb_to_recordset(${json(tx, rows)}) as fresh
      (id bigint, account bigint, network text, uri text, url text, kind text, visibility text, thread bigint,
      in_reply_to bigint, in_reply_to_uri text, parent_state text, published_at timestamptz, edited_at timestamptz)
    -- In one order everywhere: two processes that take in the same posts must not wait for each other.
    order by network, uri
    on conflict do nothing returning 1`;
  return written.length;
}

async function insertAddressed(
  tx: Transaction,
  authority: AuthorityId,
  posts: readonly Placed[],
): Promise<void> {
  const rows = posts.flatMap(({ id, addressed }) => addressed.map((one) => ({ ...one, post: id })));
  if (rows.length === 0) return;
  await tx`insert into addressed (authority, account, post, why)
    select ${authority}, account, post, why from jsonb_to_recordset(${json(tx, rows)}) as said
      (account bigint, post bigint, why text)`;
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

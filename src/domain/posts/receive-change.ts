import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import { saveRemoteMedia } from "#domain/media/save-remote-media.ts";
import type { Transaction } from "#platform/database.ts";
import type { Attachment, PostId, Visibility } from "./post.ts";
import { findPostByUri } from "./read-posts.ts";
import type { IncomingPost } from "./receive-post.ts";
import { words } from "./receive-write.ts";
import { saveVersion } from "./save-version.ts";

export type ChangeReceived =
  | { outcome: "changed"; id: PostId }
  | { outcome: "same" }
  | { outcome: "unknown" }
  | { outcome: "not-the-author" };

/** A post from outside was edited by its author. An older or equal version changes nothing. */
export async function receiveEdit(
  tx: Transaction,
  authority: AuthorityId,
  incoming: IncomingPost,
): Promise<ChangeReceived> {
  const known = await findPostByUri(tx, authority, incoming.network, incoming.uri);
  if (!known || known.deletedAt) return { outcome: "unknown" };
  if (known.account !== incoming.author) return { outcome: "not-the-author" };
  const at = incoming.editedAt ?? incoming.publishedAt;
  const before = known.editedAt ?? known.publishedAt;
  if (Temporal.Instant.compare(at, before) <= 0 && known.source === incoming.source)
    return { outcome: "same" };
  if (known.editedAt && Temporal.Instant.compare(at, known.editedAt) < 0) return { outcome: "same" };
  const attachments: Attachment[] = [];
  for (const picture of incoming.pictures) {
    const media = await saveRemoteMedia(tx, authority, picture.url);
    if (media) attachments.push({ media, alt: picture.alt });
  }
  const version = known.version + 1;
  const visibility = narrower(known.visibility, incoming.visibility);
  await tx`update post set version = ${version}, edited_at = ${at}, visibility = ${visibility}
    where authority = ${authority} and id = ${known.id}`;
  await saveVersion(
    tx,
    authority,
    known.id,
    { ...words(incoming, attachments), version, at },
    incoming.mentioned,
  );
  await append(tx, {
    authority,
    direction: "in",
    kind: "post-edit-received",
    account: incoming.author,
    channel: incoming.network,
    post: known.id,
    facts: { visibility, thread: known.thread, version, entry: incoming.entry },
  });
  return { outcome: "changed", id: known.id };
}

const fromWide: Visibility[] = ["public", "unlisted", "followers", "direct"];

/** An edit may draw a post back from view; what was said to few is never shown to more. */
function narrower(before: Visibility, after: Visibility): Visibility {
  return fromWide.indexOf(after) > fromWide.indexOf(before) ? after : before;
}

/**
 * A post from outside was removed by its author: it leaves every public surface, the record keeps it.
 * A Delete may come before its Create and then leaves a tombstone.
 */
export async function receiveDelete(
  tx: Transaction,
  authority: AuthorityId,
  removed: {
    network: string;
    uri: string;
    author: AccountId | null;
    authorUri: string;
    entry: string | null;
  },
  now: Temporal.Instant,
): Promise<ChangeReceived> {
  const known = await findPostByUri(tx, authority, removed.network, removed.uri);
  if (known && known.account !== removed.author) return { outcome: "not-the-author" };
  if (known?.deletedAt) return { outcome: "same" };
  if (!known) {
    await tx`insert into post_tombstone (authority, network, uri, account_uri)
      values (${authority}, ${removed.network}, ${removed.uri}, ${removed.authorUri}) on conflict do nothing`;
    return { outcome: "unknown" };
  }
  await tx`update post set deleted_at = ${now} where authority = ${authority} and id = ${known.id}`;
  await append(tx, {
    authority,
    direction: "in",
    kind: "post-delete-received",
    account: known.account,
    channel: removed.network,
    post: known.id,
    facts: { visibility: known.visibility, thread: known.thread, entry: removed.entry },
  });
  return { outcome: "changed", id: known.id };
}

import type { Site } from "#context.ts";
import { accountsById, listOwnAccounts, type Account } from "#domain/accounts/account.ts";
import { mediaById } from "#domain/media/media.ts";
import type { Post } from "#domain/posts/post.ts";
import { mentionsOf, urisOf } from "#domain/posts/ties.ts";
import type { Transaction } from "#platform/database.ts";
import type { ActorParts } from "./documents/actor.ts";
import type { NoteParts } from "./documents/note.ts";
import { uriOfPost } from "./documents/own-uris.ts";

/** What the documents of some posts take, in a few queries however many they are, in the same order. */
export async function loadNotes(tx: Transaction, site: Site, posts: readonly Post[]): Promise<NoteParts[]> {
  const authority = site.authority.id;
  const pictures = posts.flatMap((post) => [
    ...post.attachments.map((attachment) => attachment.media),
    ...post.blocks.flatMap((block) => (block.kind === "image" && block.media ? block.media : [])),
  ]);
  const ids = posts.map((post) => post.id);
  const answered = posts.flatMap((post) => post.inReplyTo ?? []);
  const [mentions, parents, media] = await Promise.all([
    mentionsOf(tx, authority, ids),
    urisOf(tx, authority, answered),
    mediaById(tx, authority, [...new Set(pictures)]),
  ]);
  const accounts = await accountsById(tx, authority, [
    ...posts.map((post) => post.account),
    ...[...mentions.values()].flat(),
  ]);
  return posts.map((post) => {
    const author = accounts.get(post.account);
    if (!author) throw new Error(`the author of ${post.id} is not there`);
    const parent = post.inReplyTo && { id: post.inReplyTo, uri: parents.get(post.inReplyTo) ?? null };
    return {
      post,
      author,
      mentioned: (mentions.get(post.id) ?? []).flatMap((id) => accounts.get(id) ?? []),
      parentUri: parent ? uriOfPost(site, parent) : post.inReplyToUri,
      media,
    };
  });
}

/** What the document of one of our accounts takes. */
export async function loadActor(tx: Transaction, site: Site, account: Account): Promise<ActorParts> {
  const siblings = await listOwnAccounts(tx, site.authority.id);
  const media = await mediaById(
    tx,
    site.authority.id,
    [account.avatar, account.header].filter((id) => id !== null),
  );
  return { account, siblings, media };
}

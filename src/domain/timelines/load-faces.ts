import { accountsById, type Account } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { mediaById, type Media } from "#domain/media/media.ts";
import { hidingsOf, type Hiding } from "#domain/moderation/rules.ts";
import type { Post } from "#domain/posts/post.ts";
import { anyone, visibleTo } from "#domain/posts/visible-to.ts";
import type { Transaction } from "#platform/database.ts";
import type { Language } from "#platform/i18n.ts";
import type { TimelineItem } from "./timelines.ts";

/** What showing some posts takes besides them, read in a few queries however many they are. */
export type Faces = {
  accounts: Map<string, Account>;
  media: Map<string, Media>;
  /** Who wrote the parent of each reply, by the parent's id. */
  parents: Map<string, string>;
  /** Those of the parents that the public may see; who wrote the others is not said in public. */
  openParents: Set<string>;
  hidings: Map<string, Hiding>;
};

export async function loadFaces(
  tx: Transaction,
  authority: AuthorityId,
  posts: readonly (Post | TimelineItem)[],
  language: Language,
  others: readonly Account[] = [],
): Promise<Faces> {
  const ids = posts.flatMap((post) =>
    ["boostedBy" in post ? post.boostedBy : null, post.account].filter((id) => id !== null),
  );
  const answered = posts.flatMap((post) => post.inReplyTo ?? []);
  const hidden = posts.filter((post) => post.hiddenAt).map((post) => post.id);
  // Asked for at once, they travel together.
  const [{ parents, openParents }, accounts, hidings] = await Promise.all([
    authorsOf(tx, authority, answered),
    accountsById(tx, authority, ids),
    hidingsOf(tx, authority, hidden, language),
  ]);
  // Most who are answered have spoken here themselves.
  const silent = [...parents.values()].filter((id) => !accounts.has(id));
  for (const [id, account] of await accountsById(tx, authority, silent)) accounts.set(id, account);
  const faces = [...accounts.values(), ...others];
  const pictures = [
    ...faces.flatMap((account) => [account.avatar, account.header]),
    ...posts.flatMap((post) => post.attachments.map((attachment) => attachment.media)),
    ...posts.flatMap((post) => post.blocks.map((block) => (block.kind === "image" ? block.media : null))),
  ].filter((id) => id !== null);
  const media = await mediaById(tx, authority, [...new Set(pictures)]);
  return { accounts, media, parents, openParents, hidings };
}

async function authorsOf(
  tx: Transaction,
  authority: AuthorityId,
  posts: string[],
): Promise<Pick<Faces, "parents" | "openParents">> {
  if (posts.length === 0) return { parents: new Map(), openParents: new Set() };
  const rows = await tx<{ id: string; account: string; open: boolean }[]>`
    select id, account, (${visibleTo(tx, authority, anyone)}) as open
    from post where authority = ${authority} and id = any(${[...new Set(posts)]}::bigint[])`;
  return {
    parents: new Map(rows.map((row) => [row.id, row.account])),
    openParents: new Set(rows.flatMap((row) => (row.open ? [row.id] : []))),
  };
}

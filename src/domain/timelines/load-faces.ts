import { accountsById, facesById, type Account, type Face } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { mediaById, type Media } from "#domain/media/media.ts";
import { hidingsOf, type Hiding } from "#domain/moderation/rules.ts";
import type { Post } from "#domain/posts/post.ts";
import type { ThreadPost } from "#domain/posts/read-thread.ts";
import { anyone, visibleTo } from "#domain/posts/visible-to.ts";
import type { Transaction } from "#platform/database.ts";
import type { Language } from "#platform/i18n.ts";
import type { TimelineItem } from "./timelines.ts";

/** What showing some posts takes besides them, read in a few queries however many they are. */
export type Faces<Who extends Face = Account> = {
  accounts: Map<string, Who>;
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
  const media = await readPictures(
    tx,
    authority,
    posts,
    faces.flatMap((account) => [account.avatar, account.header]),
  );
  return { accounts, media, parents, openParents, hidings };
}

/** The faces of a conversation whose speakers have been read beside it: asks only for what is not among those. */
export async function loadThreadFaces(
  tx: Transaction,
  authority: AuthorityId,
  posts: readonly (Post | ThreadPost)[],
  language: Language,
  speakers: readonly Face[],
): Promise<Faces<Face>> {
  const accounts = new Map<string, Face>(speakers.map((face) => [face.id, face]));
  const here = new Map<string, ThreadPost>(
    posts.flatMap((post) => ("open" in post ? [[post.id, post]] : [])),
  );
  const answered = posts.flatMap((post) => post.inReplyTo ?? []);
  const unknown = posts.map((post) => post.account).filter((id) => !accounts.has(id));
  const hidden = posts.filter((post) => post.hiddenAt).map((post) => post.id);
  const [{ parents, openParents }, faces, hidings] = await Promise.all([
    authorsOf(
      tx,
      authority,
      answered.filter((id) => !here.has(id)),
    ),
    facesById(tx, authority, unknown),
    hidingsOf(tx, authority, hidden, language),
  ]);
  for (const id of answered) {
    const parent = here.get(id);
    if (parent) parents.set(id, parent.account);
    if (parent?.open) openParents.add(id);
  }
  for (const face of faces) accounts.set(face.id, face);
  const silent = [...parents.values()].filter((id) => !accounts.has(id));
  for (const face of await facesById(tx, authority, silent)) accounts.set(face.id, face);
  const avatars = Array.from(accounts.values(), (face) => face.avatar);
  return {
    accounts,
    media: await readPictures(tx, authority, posts, avatars),
    parents,
    openParents,
    hidings,
  };
}

async function readPictures(
  tx: Transaction,
  authority: AuthorityId,
  posts: readonly Post[],
  ofAccounts: readonly (string | null)[],
): Promise<Map<string, Media>> {
  const ids = new Set(ofAccounts);
  for (const post of posts) for (const id of picturesOf(post)) ids.add(id);
  return mediaById(
    tx,
    authority,
    [...ids].filter((id) => id !== null),
  );
}

/** The pictures that a post shows, where they are kept here. */
export function picturesOf({ attachments, blocks }: Pick<Post, "attachments" | "blocks">): string[] {
  const ids: string[] = attachments.map(({ media }) => media);
  for (const block of blocks) if (block.kind === "image" && block.media !== null) ids.push(block.media);
  return ids;
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

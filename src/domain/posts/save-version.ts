import type { AuthorityId } from "#domain/authorities/authority.ts";
import { collectTags, type Block } from "#domain/text/blocks.ts";
import { normalTag } from "#domain/text/normal-tag.ts";
import type { Transaction } from "#platform/database.ts";
import type { Attachment, PostId, SourceType } from "./post.ts";

export type Version = {
  version: number;
  sourceType: SourceType;
  source: string;
  title: string | null;
  warning: string | null;
  language: string | null;
  blocks: Block[];
  attachments: Attachment[];
  reason: string | null;
  person: string | null;
  at: Temporal.Instant;
};

/** A page of a longer one would be of no use, and no index holds it. */
const longestTag = 200;

/** Keeps what was said, this time; tags and mentions follow the latest version, pictures all of them. */
export async function saveVersion(
  tx: Transaction,
  authority: AuthorityId,
  post: PostId,
  version: Version,
  mentioned: readonly string[],
): Promise<void> {
  await saveVersions(tx, authority, [{ post, version, mentioned }]);
}

export type Saved = { post: PostId; version: Version; mentioned: readonly string[] };

/** The same for many posts, each of them once. */
export async function saveVersions(
  tx: Transaction,
  authority: AuthorityId,
  saved: readonly Saved[],
): Promise<void> {
  const again = saved.filter(({ version }) => version.version > 1).map(({ post }) => post);
  if (again.length > 0)
    await Promise.all([
      tx`delete from post_tag where authority = ${authority} and post = any(${again}::bigint[])`,
      tx`delete from post_mention where authority = ${authority} and post = any(${again}::bigint[])`,
    ]);
  await Promise.all([
    insertVersions(tx, authority, saved),
    insertAll(
      saved,
      tagsOf,
      (posts, tags) => tx`
      insert into post_tag (authority, tag, post)
      select ${authority}, tag, post from unnest(${posts}::bigint[], ${tags}::text[]) as named (post, tag)`,
    ),
    insertAll(
      saved,
      picturesOf,
      (posts, pictures) => tx`
      insert into post_media (authority, media, post)
      select ${authority}, media, post from unnest(${posts}::bigint[], ${pictures}::bigint[]) as shown (post, media)
      on conflict do nothing`,
    ),
    insertAll(
      saved,
      ({ mentioned }) => mentioned,
      (posts, accounts) => tx`
      insert into post_mention (authority, post, account)
      select ${authority}, post, account from unnest(${posts}::bigint[], ${accounts}::bigint[]) as named (post, account)`,
    ),
  ]);
}

/** As arrays of text, which bear halves of characters as they may come from outside; blocks hold none. */
async function insertVersions(
  tx: Transaction,
  authority: AuthorityId,
  saved: readonly Saved[],
): Promise<void> {
  const column = <T>(of: (version: Version) => T): T[] => saved.map(({ version }) => of(version));
  await tx`
    insert into post_version (authority, post, version, source_type, source, title, warning, language, blocks, attachments,
      reason, person, at)
    select ${authority}, post, version, source_type, source, title, warning, language, blocks::jsonb, attachments::jsonb,
      reason, person, at
    from unnest(${saved.map(({ post }) => post)}::bigint[], ${column((one) => one.version)}::int[],
      ${column((one) => one.sourceType)}::text[], ${column((one) => one.source)}::text[],
      ${column((one) => one.title)}::text[], ${column((one) => one.warning)}::text[],
      ${column((one) => one.language)}::text[], ${column((one) => JSON.stringify(one.blocks))}::text[],
      ${column((one) => JSON.stringify(one.attachments))}::text[], ${column((one) => one.reason)}::text[],
      ${column((one) => one.person)}::bigint[], ${column((one) => String(one.at))}::text[]::timestamptz[])
      as said (post, version, source_type, source, title, warning, language, blocks, attachments, reason, person, at)`;
}

/** What each post has several of, once each, as two columns; nothing is asked when there is nothing. */
async function insertAll(
  saved: readonly Saved[],
  of: (one: Saved) => readonly string[],
  insert: (posts: string[], values: string[]) => PromiseLike<unknown>,
): Promise<void> {
  const pairs = saved.flatMap((one) => [...new Set(of(one))].map((value) => [one.post, value] as const));
  if (pairs.length === 0) return;
  await insert(
    pairs.map(([post]) => post),
    pairs.map(([, value]) => value),
  );
}

function tagsOf({ version }: Saved): string[] {
  return collectTags(version.blocks)
    .map(normalTag)
    .filter((tag) => tag.length <= longestTag);
}

function picturesOf({ version }: Saved): string[] {
  return [
    ...version.attachments.map((attachment) => attachment.media as string),
    ...version.blocks.flatMap((block) => (block.kind === "image" ? (block.media ?? []) : [])),
  ];
}

/** Every version of a post, oldest first. */
export async function versionsOfPost(
  tx: Transaction,
  authority: AuthorityId,
  post: PostId,
): Promise<Version[]> {
  return tx<Version[]>`
    select version, source_type as "sourceType", source, title, warning, language, blocks, attachments, reason, person, at
    from post_version where authority = ${authority} and post = ${post} order by version`;
}

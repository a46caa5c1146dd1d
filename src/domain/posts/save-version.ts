import type { AuthorityId } from "#domain/authorities/authority.ts";
import { collectTags, type Block } from "#domain/text/blocks.ts";
import { normalTag } from "#domain/text/normal-tag.ts";
import { json, type Transaction } from "#platform/database.ts";
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
  await tx`
    insert into post_version (authority, post, version, source_type, source, title, warning, language, blocks, attachments,
      reason, person, at)
    values (${authority}, ${post}, ${version.version}, ${version.sourceType}, ${version.source}, ${version.title},
      ${version.warning}, ${version.language}, ${json(tx, version.blocks)}, ${json(tx, version.attachments)},
      ${version.reason}, ${version.person}, ${version.at})`;
  if (version.version > 1) {
    await tx`delete from post_tag where authority = ${authority} and post = ${post}`;
    await tx`delete from post_mention where authority = ${authority} and post = ${post}`;
  }
  const named = collectTags(version.blocks).map(normalTag);
  const tags = [...new Set(named)].filter((tag) => tag.length <= longestTag);
  if (tags.length > 0)
    await tx`insert into post_tag (authority, tag, post) select ${authority}, tag, ${post} from unnest(${tags}::text[]) tag`;
  const pictures = [
    ...version.attachments.map((attachment) => attachment.media as string),
    ...version.blocks.flatMap((block) => (block.kind === "image" ? (block.media ?? []) : [])),
  ];
  if (pictures.length > 0)
    await tx`insert into post_media (authority, media, post)
      select distinct ${authority}::bigint, media, ${post}::bigint from unnest(${pictures}::bigint[]) media on conflict do nothing`;
  const accounts = [...new Set(mentioned)];
  if (accounts.length > 0)
    await tx`insert into post_mention (authority, post, account)
      select ${authority}, ${post}, account from unnest(${accounts}::bigint[]) account`;
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

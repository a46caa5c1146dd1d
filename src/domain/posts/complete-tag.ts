import type { AuthorityId } from "#domain/authorities/authority.ts";
import { normalTag } from "#domain/text/normal-tag.ts";
import type { Transaction } from "#platform/database.ts";
import { listed } from "./visible-to.ts";

/** Tags in use that begin as typed, without #, the most used first. `listed`: those of posts for everyone alone. */
export async function completeTag(
  tx: Transaction,
  authority: AuthorityId,
  typed: string,
  limit: number,
  options: { listed?: boolean } = {},
): Promise<string[]> {
  const begins = `${normalTag(typed).replace(/[\\%_]/g, String.raw`\$&`)}%`;
  const ofAll = tx`join post on post.authority = ${authority} and post.id = post_tag.post and ${listed(tx, authority)}`;
  const rows = await tx<{ tag: string }[]>`
    select post_tag.tag from post_tag ${options.listed ? ofAll : tx``}
    where post_tag.authority = ${authority} and post_tag.tag like ${begins}
    group by post_tag.tag order by count(*) desc, post_tag.tag limit ${limit}`;
  return rows.map(({ tag }) => tag);
}

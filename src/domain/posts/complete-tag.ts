import type { AuthorityId } from "#domain/authorities/authority.ts";
import { normalTag } from "#domain/text/normal-tag.ts";
import type { Transaction } from "#platform/database.ts";

/** Tags in use that begin as typed, without #, the most used first. */
export async function completeTag(
  tx: Transaction,
  authority: AuthorityId,
  typed: string,
  limit: number,
): Promise<string[]> {
  const begins = `${normalTag(typed).replace(/[\\%_]/g, String.raw`\$&`)}%`;
  const rows = await tx<{ tag: string }[]>`
    select tag from post_tag where authority = ${authority} and tag like ${begins}
    group by tag order by count(*) desc, tag limit ${limit}`;
  return rows.map((row) => row.tag);
}

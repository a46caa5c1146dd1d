import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { mediaColumns, type Media } from "#domain/media/media.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";

/**
 * Which of these pictures somebody may put in a post of an account: those that they have uploaded, and those that stand
 * or have stood in a post of it. Held to the end of `tx`, so that none is swept away meanwhile.
 */
export async function usablePictures(
  tx: Transaction,
  authority: AuthorityId,
  ids: readonly string[],
  by: { person: PersonId; account: AccountId },
): Promise<Map<string, Media>> {
  if (ids.length === 0) return new Map();
  const rows = await tx<Media[]>`
    select ${mediaColumns(tx)} from media
    where authority = ${authority} and id = any(${[...ids]}::bigint[]) and source_url is null
    and (person = ${by.person} or exists (
      select from post_media join post on post.authority = ${authority} and post.id = post_media.post
      where post_media.authority = ${authority} and post_media.media = media.id and post.account = ${by.account}))
    for key share`;
  return new Map(rows.map((row) => [row.id, row]));
}

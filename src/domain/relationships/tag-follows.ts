import type { AccountId } from "#domain/accounts/account.ts";
import { sayKept } from "#domain/accounts/kept.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { normalTag } from "#domain/text/normal-tag.ts";
import type { Transaction } from "#platform/database.ts";
import { cutPage, newestFirst, withinPage, type IdPage } from "#platform/id-page.ts";

export type TagFollow = { id: string; tag: string };

/** Public posts with a tag that an account follows join its home. */
export async function followTag(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  tag: string,
): Promise<void> {
  await tx`insert into tag_follow (authority, account, tag) values (${authority}, ${account}, ${normalTag(tag)})
    on conflict do nothing`;
  await sayKept(tx, authority, { account, what: "timelines" });
}

export async function unfollowTag(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  tag: string,
): Promise<void> {
  await tx`delete from tag_follow where authority = ${authority} and account = ${account} and tag = ${normalTag(tag)}`;
  await sayKept(tx, authority, { account, what: "timelines" });
}

export async function listFollowedTags(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  page: IdPage,
): Promise<TagFollow[]> {
  const rows = await tx<TagFollow[]>`
    select id, tag from tag_follow where authority = ${authority} and account = ${account}
    ${withinPage(tx, "id", page)} ${cutPage(tx, "id", page)}`;
  return newestFirst(rows, page);
}

/** Which of these tags an account follows. */
export async function followedTagsAmong(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  tags: readonly string[],
): Promise<Set<string>> {
  if (tags.length === 0) return new Set();
  const rows = await tx<{ tag: string }[]>`
    select tag from tag_follow
    where authority = ${authority} and account = ${account} and tag = any(${tags.map(normalTag)}::text[])`;
  return new Set(rows.map(({ tag }) => tag));
}

import { showsPicture } from "#domain/posts/shows-picture.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { listed } from "#domain/posts/visible-to.ts";
import { notMuted } from "#domain/relationships/not-muted.ts";
import { normalTag } from "#domain/text/normal-tag.ts";
import type { Fragment, Transaction } from "#platform/database.ts";
import { cut, inPage, itemsOf, postsMeeting, type Reading, type TimelineItem } from "./timelines.ts";

export type PublicWanted = {
  /** What our own accounts have said, what others have, or both. */
  from: "ours" | "others" | "all";
  onlyPictures: boolean;
  /** One of our accounts, whose mutes hold. */
  viewer?: AccountId | undefined;
};
/** Posts with any of the first, all of the second and none of the third. */
export type TagsWanted = { any: readonly string[]; all: readonly string[]; none: readonly string[] };

/** What was said for everyone and is known here, answers too: ours, and what others said to us or to those we follow. */
export async function publicTimeline(
  tx: Transaction,
  authority: AuthorityId,
  wanted: PublicWanted,
  reading: Reading,
): Promise<TimelineItem[]> {
  return postsMeeting(tx, authority, which(tx, authority, wanted), reading);
}

/** Likewise, of those with some tags. */
export async function publicTagTimeline(
  tx: Transaction,
  authority: AuthorityId,
  tags: TagsWanted,
  wanted: PublicWanted,
  reading: Reading,
): Promise<TimelineItem[]> {
  const names = (some: readonly string[]) => [...new Set(some.map(normalTag))];
  const tagged = (name: Fragment) => tx`exists (select from post_tag other
    where other.authority = ${authority} and other.post = post.id and other.tag = ${name})`;
  const all = names(tags.all).reduce((before, name) => tx`${before} and ${tagged(tx`${name}`)}`, tx``);
  const none = names(tags.none);
  return itemsOf(
    tx,
    authority,
    tx`select distinct found.post as position, found.post, null::bigint as by
      from unnest(${names(tags.any)}::text[]) as wanted (tag), lateral (
        select post_tag.post from post_tag join post on post.authority = ${authority} and post.id = post_tag.post
        where post_tag.authority = ${authority} and post_tag.tag = wanted.tag ${which(tx, authority, wanted)}
        ${all} ${none.length > 0 ? tx`and not ${tagged(tx`any(${none}::text[])`)}` : tx``}
        ${inPage(tx, "post_tag.post", "post_tag.post", reading)}
        order by post_tag.post ${cut(tx, reading)}) found`,
    reading,
  );
}

function which(
  tx: Transaction,
  authority: AuthorityId,
  { from, onlyPictures, viewer }: PublicWanted,
): Fragment {
  const author = { ours: tx`and post.uri is null`, others: tx`and post.uri is not null`, all: tx`` }[from];
  return tx`and ${listed(tx, authority)} ${author}
    ${onlyPictures ? tx`and ${showsPicture(tx, authority)}` : tx``}
    ${viewer ? tx`and ${notMuted(tx, authority, viewer, "post.account")}` : tx``}`;
}

import { type Site, tagUrl } from "#context.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import { tagHistories } from "#domain/posts/tag-history.ts";
import { followedTagsAmong } from "#domain/relationships/tag-follows.ts";
import { normalTag } from "#domain/text/normal-tag.ts";
import type { Transaction } from "#platform/database.ts";

/** https://docs.joinmastodon.org/entities/Tag/ */
export type Tag = {
  /** A tag has no number of its own here: its name is. */
  id: string;
  name: string;
  url: string;
  history: { day: string; uses: string; accounts: string }[];
  /** For those who look with an account of ours. */
  following?: boolean;
  featuring?: false;
};

/** Tags by their names, in that order; two queries, however many they are. */
export async function tagsOf(
  tx: Transaction,
  site: Site,
  names: readonly string[],
  viewer: AccountId | undefined,
  now: Temporal.Instant,
): Promise<Tag[]> {
  const authority = site.authority.id;
  const tags = [...new Set(names.map(normalTag))];
  const histories = await tagHistories(tx, authority, tags, now);
  const followed = viewer ? await followedTagsAmong(tx, authority, viewer, tags) : undefined;
  return tags.map((name) => ({
    id: name,
    name,
    url: tagUrl(site, name),
    history: (histories.get(name) ?? []).map(({ day, uses, accounts }) => ({
      day: String(day.toZonedDateTime("UTC").epochMilliseconds / 1000),
      uses: String(uses),
      accounts: String(accounts),
    })),
    ...(followed ? { following: followed.has(name), featuring: false } : {}),
  }));
}

import type { Site } from "#context.ts";
import type { Account } from "#domain/accounts/account.ts";
import type { Visibility } from "#domain/posts/post.ts";
import { publicAudience } from "./context.ts";
import { followersUri, uriOfAccount } from "./own-uris.ts";

export type Audience = { to: string[]; cc: string[] };

/** Whom a post is for, as Mastodon and those after it tell the visibilities apart. */
export function audience(
  site: Site,
  author: Pick<Account, "id">,
  visibility: Visibility,
  mentioned: readonly Pick<Account, "id" | "uri">[],
): Audience {
  const named = mentioned.map((account) => uriOfAccount(site, account));
  const followers = followersUri(site, author);
  switch (visibility) {
    case "public":
      return { to: [publicAudience], cc: [followers, ...named] };
    case "unlisted":
      return { to: [followers], cc: [publicAudience, ...named] };
    case "followers":
      return { to: [followers], cc: named };
    case "direct":
      return { to: named, cc: [] };
  }
}

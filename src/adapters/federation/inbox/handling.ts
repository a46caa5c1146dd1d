import type { Account } from "#domain/accounts/account.ts";
import type { PostId } from "#domain/posts/post.ts";
import { findAnyPost, findPostByUri } from "#domain/posts/read-posts.ts";
import type { Log } from "#platform/log.ts";
import type { Transaction } from "#platform/database.ts";
import type { Site } from "#context.ts";
import type { Json } from "./as2.ts";
import { ownPostId } from "./own-uri.ts";

/** An activity being handled: whose it is, and everything that its handling may touch. */
export type Handling = {
  tx: Transaction;
  site: Site;
  now: Temporal.Instant;
  log: Log;
  /** The journal entry that it came in. */
  entry: string;
  /** The verified sender. */
  actor: Account & { uri: string };
  activity: Json;
};

/** A post that we have, ours or not, by its name or page. */
export async function knownPost(handling: Handling, uri: string): Promise<PostId | undefined> {
  const { tx, site } = handling;
  const own = ownPostId(site, uri);
  const post = own
    ? await findAnyPost(tx, site.authority.id, own)
    : await findPostByUri(tx, site.authority.id, "fediverse", uri);
  return post && !post.deletedAt ? post.id : undefined;
}

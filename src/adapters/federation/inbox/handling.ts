import type { Account } from "#domain/accounts/account.ts";
import type { PostId } from "#domain/posts/post.ts";
import { livingPosts } from "#domain/posts/living-posts.ts";
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
export async function knownPost({ tx, site }: Handling, uri: string): Promise<PostId | undefined> {
  return (await knownPosts(tx, site, [uri])).get(uri);
}

/** The same for many, by the uris given. */
export async function knownPosts(
  tx: Transaction,
  site: Site,
  uris: readonly string[],
): Promise<Map<string, PostId>> {
  const asked = [...new Set(uris)].map((uri) => ({ uri, own: ownPostId(site, uri) }));
  const { byId, byUri } = await livingPosts(tx, site.authority.id, "fediverse", {
    ids: asked.flatMap(({ own }) => own ?? []),
    uris: asked.flatMap(({ uri, own }) => (own ? [] : uri)),
  });
  return new Map(
    asked.flatMap(({ uri, own }) => {
      const id = own ? byId.has(own) && own : byUri.get(uri);
      return id ? [[uri, id] as const] : [];
    }),
  );
}

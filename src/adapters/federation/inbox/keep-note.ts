import { hash } from "node:crypto";
import type { Account, AccountId } from "#domain/accounts/account.ts";
import { remoteAccountsByUri } from "#domain/accounts/find-remote-accounts.ts";
import { markParentUnavailable } from "#domain/posts/adopt-orphans.ts";
import { receivePost, type IncomingPost, type Received } from "#domain/posts/receive-post.ts";
import { addJob } from "#platform/jobs.ts";
import type { Transaction } from "#platform/database.ts";
import type { Site } from "#context.ts";
import type { Json } from "./as2.ts";
import { isOnSite, ownAccount } from "./own-uri.ts";
import { accountsNamed, readNote } from "./read-note.ts";

export type Source = { author: Account; entry: string | null; activity?: Json; now: Temporal.Instant };

/** An object as a post, with whom it names looked up among those we know. */
export async function readNoteFrom(
  tx: Transaction,
  site: Site,
  json: Json,
  source: Source,
): Promise<IncomingPost | undefined> {
  const { author, entry, activity, now } = source;
  const named = await accountsByUri(tx, site, accountsNamed(json, activity));
  return readNote(json, {
    site,
    now,
    entry,
    activity,
    author: { id: author.id, uri: author.uri ?? "", followers: author.followers },
    accountOf: (uri) => named.get(uri),
  });
}

/** Keeps a post; a parent that we lack is fetched afterwards, and what others answered to it a while later. */
export async function keepNote(
  tx: Transaction,
  site: Site,
  incoming: IncomingPost,
  wanted: "if-for-us" | "always",
): Promise<Received> {
  const authority = site.authority.id;
  const received = await receivePost(tx, authority, incoming, wanted);
  if (received.outcome !== "received") return received;
  const parent = received.missingParent;
  if (parent && isOnSite(site, parent)) await markParentUnavailable(tx, authority, parent);
  else if (parent && wanted === "if-for-us") await queueFetch(tx, site, "fetch-thread", parent);
  if (wanted === "if-for-us" && received.addressed.length > 0 && !parent && incoming.inReplyTo)
    await queueFetch(
      tx,
      site,
      "fetch-replies",
      incoming.uri,
      { depth: "1" },
      incoming.publishedAt.add({ minutes: 10 }),
    );
  return received;
}

export type FetchName = "fetch-thread" | "fetch-replies" | "fetch-post";

/** One waiting job for each thing to fetch. */
export async function queueFetch(
  tx: Transaction,
  site: Site,
  name: FetchName,
  uri: string,
  more: Record<string, string> = {},
  runAt?: Temporal.Instant,
): Promise<void> {
  const authority = site.authority.id;
  const about = hash("sha256", `${uri} ${more["boost"] ?? ""}`, "hex").slice(0, 40);
  await addJob(
    tx,
    name,
    { authority, uri, ...more },
    { key: `${name}:${authority}:${about}`, maxAttempts: 4, yielding: true, ...(runAt ? { runAt } : {}) },
  );
}

async function accountsByUri(tx: Transaction, site: Site, uris: string[]): Promise<Map<string, AccountId>> {
  const found = await remoteAccountsByUri(
    tx,
    site.authority.id,
    uris.filter((uri) => !isOnSite(site, uri)),
  );
  for (const uri of uris.filter((uri) => isOnSite(site, uri)).slice(0, 20)) {
    const account = await ownAccount(tx, site, uri);
    if (account) found.set(uri, account.id);
  }
  return found;
}

import { hash } from "node:crypto";
import type { Account, AccountId } from "#domain/accounts/account.ts";
import { remoteAccountsByUri } from "#domain/accounts/find-remote-accounts.ts";
import { markParentsUnavailable } from "#domain/posts/adopt-orphans.ts";
import { receivePosts, type IncomingPost, type Received, type Wanted } from "#domain/posts/receive-post.ts";
import { addJobs } from "#platform/jobs.ts";
import type { Transaction } from "#platform/database.ts";
import type { Site } from "#context.ts";
import type { Json } from "./as2.ts";
import { isOnSite, ownAccounts } from "./own-uri.ts";
import { accountsNamed, readNote } from "./read-note.ts";

export type Source = { author: Account; entry: string | null; activity?: Json; now: Temporal.Instant };

/** An object as a post, with whom it names looked up among those we know. */
export async function readNoteFrom(
  tx: Transaction,
  site: Site,
  json: Json,
  source: Source,
): Promise<IncomingPost | undefined> {
  const [incoming] = await readNotesFrom(tx, site, [{ json, ...source }]);
  return incoming;
}

/** The same for many; those in which there is nothing to read are undefined. */
export async function readNotesFrom(
  tx: Transaction,
  site: Site,
  sources: readonly (Source & { json: Json })[],
): Promise<(IncomingPost | undefined)[]> {
  const names = sources.map(({ json, activity }) => lookedUp(site, accountsNamed(json, activity)));
  const found = await accountsByUri(tx, site, [...new Set(names.flat())]);
  return sources.map(({ json, author, entry, activity, now }, index) => {
    const own = new Set(names[index]);
    return readNote(json, {
      site,
      now,
      entry,
      activity,
      author: { id: author.id, uri: author.uri ?? "", followers: author.followers },
      accountOf: (uri) => (own.has(uri) ? found.get(uri) : undefined),
    });
  });
}

/** Keeps a post; a parent that we lack is fetched afterwards, and what others answered to it a while later. */
export async function keepNote(
  tx: Transaction,
  site: Site,
  incoming: IncomingPost,
  wanted: Wanted,
): Promise<Received> {
  const [received] = await keepNotes(tx, site, [incoming], wanted);
  if (!received) throw new Error(`${incoming.uri} had no outcome`);
  return received;
}

/** The same for many. */
export async function keepNotes(
  tx: Transaction,
  site: Site,
  notes: readonly IncomingPost[],
  wanted: Wanted,
): Promise<Received[]> {
  const received = await receivePosts(tx, site.authority.id, notes, wanted);
  const unavailable: string[] = [];
  const threads: Fetch[] = [];
  const replies: Fetch[] = [];
  for (const [index, outcome] of received.entries()) {
    const note = notes[index];
    if (!note || outcome.outcome !== "received") continue;
    const parent = outcome.missingParent;
    if (parent && isOnSite(site, parent)) unavailable.push(parent);
    if (wanted !== "if-for-us") continue;
    if (parent && !isOnSite(site, parent)) threads.push({ uri: parent });
    if (!parent && note.inReplyTo && outcome.addressed.length > 0)
      replies.push({
        uri: note.uri,
        more: { depth: "1" },
        runAt: note.publishedAt.add({ minutes: 10 }),
      });
  }
  await Promise.all([
    markParentsUnavailable(tx, site.authority.id, unavailable),
    queueFetches(tx, site, "fetch-thread", threads),
    queueFetches(tx, site, "fetch-replies", replies),
  ]);
  return received;
}

export type FetchName = "fetch-thread" | "fetch-replies" | "fetch-post";
type Fetch = { uri: string; more?: Record<string, string>; runAt?: Temporal.Instant | undefined };

/** One waiting job for each thing to fetch. */
export async function queueFetch(
  tx: Transaction,
  site: Site,
  name: FetchName,
  uri: string,
  more: Record<string, string> = {},
  runAt?: Temporal.Instant,
): Promise<void> {
  await queueFetches(tx, site, name, [{ uri, more, runAt }]);
}

/** Of those that say the same the last counts, as if they came one after the other. */
export async function queueFetches(
  tx: Transaction,
  site: Site,
  name: FetchName,
  fetches: readonly Fetch[],
): Promise<void> {
  const authority = site.authority.id;
  const jobs = fetches.map(({ uri, more = {}, runAt }) => {
    const about = hash("sha256", `${uri} ${more["boost"] ?? ""}`, "hex").slice(0, 40);
    return { payload: { authority, uri, ...more }, key: `${name}:${authority}:${about}`, runAt };
  });
  const last = new Map(jobs.map((job) => [job.key, job]));
  await addJobs(tx, name, [...last.values()], { maxAttempts: 4, yielding: true });
}

/** Whom of those that a post names we ask for: of our own no more than twenty. */
function lookedUp(site: Site, uris: readonly string[]): string[] {
  const own = uris.filter((uri) => isOnSite(site, uri)).slice(0, 20);
  return [...uris.filter((uri) => !isOnSite(site, uri)), ...own];
}

async function accountsByUri(
  tx: Transaction,
  site: Site,
  uris: readonly string[],
): Promise<Map<string, AccountId>> {
  const [found, own] = await Promise.all([
    remoteAccountsByUri(
      tx,
      site.authority.id,
      uris.filter((uri) => !isOnSite(site, uri)),
    ),
    ownAccounts(
      tx,
      site,
      uris.filter((uri) => isOnSite(site, uri)),
    ),
  ]);
  for (const [uri, account] of own) found.set(uri, account.id);
  return found;
}

import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import { addJobs } from "#platform/jobs.ts";
import type { MediaId } from "./media.ts";

/** Notes a picture elsewhere and queues its fetching, so that a public page asks nothing of another host. */
export async function saveRemoteMedia(
  tx: Transaction,
  authority: AuthorityId,
  url: string | null,
): Promise<MediaId | null> {
  return url === null || url === ""
    ? null
    : ((await saveRemoteMediaOf(tx, authority, [url])).get(url) ?? null);
}

/** The same for many, by their addresses. */
export async function saveRemoteMediaOf(
  tx: Transaction,
  authority: AuthorityId,
  urls: readonly string[],
): Promise<Map<string, MediaId>> {
  const asked = [...new Set(urls)];
  if (asked.length === 0) return new Map();
  // In one order everywhere, so that two who note the same pictures never wait for each other.
  const fresh = await tx<{ url: string; id: MediaId }[]>`
    insert into media (authority, state, source_url)
    select ${authority}, 'waiting', url from unnest(${asked}::text[]) as asked (url) order by url
    on conflict (authority, source_url) where source_url is not null do nothing returning source_url as url, id`;
  await queueFetches(
    tx,
    authority,
    fresh.map(({ id }) => id),
  );
  const found = new Map(fresh.map(({ url, id }) => [url, id]));
  const others = asked.filter((url) => !found.has(url));
  if (others.length === 0) return found;
  const known = await tx<{ url: string; id: MediaId }[]>`
    select source_url as url, id from media
    where authority = ${authority} and source_url = any(${others}::text[])`;
  for (const { url, id } of known) found.set(url, id);
  return found;
}

/** Puts the fetching of all pictures that wait for it into the queue again: a restore begins with an empty one. */
export async function queueWaitingMedia(tx: Transaction): Promise<void> {
  const rows = await tx<{ authority: AuthorityId; id: MediaId }[]>`
    select authority, id from media where state = 'waiting' and source_url is not null order by id`;
  for (const [authority, waiting] of Map.groupBy(rows, (row) => row.authority))
    await queueFetches(
      tx,
      authority,
      waiting.map(({ id }) => id),
    );
}

function queueFetches(tx: Transaction, authority: AuthorityId, media: readonly MediaId[]): Promise<void> {
  const jobs = media.map((id) => ({
    payload: { authority, media: id },
    key: `fetch-media:${authority}:${id}`,
  }));
  return addJobs(tx, "fetch-media", jobs, { maxAttempts: 5, yielding: true });
}

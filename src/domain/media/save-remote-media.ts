import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import { addJob } from "#platform/jobs.ts";
import type { MediaId } from "./media.ts";

/** Notes a picture elsewhere and queues its fetching, so that a public page asks nothing of another host. */
export async function saveRemoteMedia(
  tx: Transaction,
  authority: AuthorityId,
  url: string | null,
): Promise<MediaId | null> {
  if (!url) return null;
  const [fresh] = await tx<{ id: MediaId }[]>`
    insert into media (authority, state, source_url) values (${authority}, 'waiting', ${url})
    on conflict (authority, source_url) where source_url is not null do nothing returning id`;
  if (fresh) {
    await queueFetch(tx, authority, fresh.id);
    return fresh.id;
  }
  const [known] = await tx<{ id: MediaId }[]>`
    select id from media where authority = ${authority} and source_url = ${url}`;
  return known?.id ?? null;
}

/** Puts the fetching of all pictures that wait for it into the queue again: a restore begins with an empty one. */
export async function queueWaitingMedia(tx: Transaction): Promise<void> {
  const rows = await tx<{ authority: AuthorityId; id: MediaId }[]>`
    select authority, id from media where state = 'waiting' and source_url is not null order by id`;
  for (const { authority, id } of rows) await queueFetch(tx, authority, id);
}

function queueFetch(tx: Transaction, authority: AuthorityId, media: MediaId): Promise<void> {
  return addJob(
    tx,
    "fetch-media",
    { authority, media },
    { key: `fetch-media:${authority}:${media}`, maxAttempts: 5, yielding: true },
  );
}

import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { MediaId } from "#domain/media/media.ts";
import type { MediaStore } from "#domain/media/media-store.ts";
import type { Database, Transaction } from "#platform/database.ts";

const keptFor = Temporal.Duration.from({ hours: 24 });
const mostAtOnce = 500;

/** Takes away what was uploaded a day ago or earlier and stands nowhere, with its files. Says how many there were. */
export async function sweepUploads(
  db: Database,
  store: MediaStore,
  authority: AuthorityId,
  now: Temporal.Instant,
): Promise<number> {
  const gone = await db.as(
    authority,
    (tx) => tx<{ id: MediaId }[]>`
    delete from media where authority = ${authority} and id in (
      select id from media where authority = ${authority} and person is not null and source_url is null
      and created_at < ${now.subtract(keptFor)} and ${unused(tx, authority)}
      order by id limit ${mostAtOnce} for update skip locked)
    returning id`,
  );
  for (const { id } of gone) await removeFiles(store, authority, id);
  return gone.length;
}

/** Takes an upload away at once. kept: it stands somewhere, or has stood in what we have said. */
export async function removeUpload(
  db: Database,
  store: MediaStore,
  authority: AuthorityId,
  id: MediaId,
): Promise<"removed" | "kept"> {
  const gone = await db.as(
    authority,
    (tx) => tx`
    delete from media where authority = ${authority} and id = ${id} and source_url is null and ${unused(tx, authority)}
    returning id`,
  );
  if (gone.length === 0) return "kept";
  await removeFiles(store, authority, id);
  return "removed";
}

/** A condition on `media`: no post, draft, face or logo has it. The pictures of what is deleted belong to the record. */
function unused(tx: Transaction, authority: AuthorityId) {
  return tx`not exists (select from post_media where post_media.authority = ${authority} and post_media.media = media.id)
    and not exists (select from draft where draft.authority = ${authority} and draft.state <> 'sent'
      and draft.content -> 'pictures' @> jsonb_build_array(jsonb_build_object('media', media.id::text)))
    and not exists (select from account where account.authority = ${authority}
      and (account.avatar = media.id or account.header = media.id))
    and not exists (select from authority where authority.id = ${authority} and authority.logo = media.id)`;
}

async function removeFiles(store: MediaStore, authority: AuthorityId, id: MediaId): Promise<void> {
  for (const variant of ["original", "full", "small"] as const) await store.remove(authority, id, variant);
}

import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Database } from "#platform/database.ts";
import { addJob } from "#platform/jobs.ts";
import type { Focus, MediaId } from "./media.ts";
import type { MediaStore } from "./media-store.ts";
import { encode, isPhotograph, keep, largestUpload } from "./store-picture.ts";

export type Upload = {
  bytes: Uint8Array;
  person: PersonId;
  description: string | null;
  focus: Focus | null;
  /** When a job makes it, should nobody have done so by then. */
  makeAt?: Temporal.Instant;
};
export type Accepted =
  | { outcome: "accepted"; id: MediaId }
  | { outcome: "not-a-picture" }
  | { outcome: "too-large" };

/** Keeps what a colleague uploads as it came, to be made a picture of; once this returns, it cannot be lost. */
export async function acceptUpload(
  db: Database,
  store: MediaStore,
  authority: AuthorityId,
  upload: Upload,
): Promise<Accepted> {
  const { bytes, person, description, focus, makeAt } = upload;
  if (bytes.length > largestUpload) return { outcome: "too-large" };
  if (!isPhotograph(bytes)) return { outcome: "not-a-picture" };
  return db.as(authority, async (tx) => {
    const [row] = await tx<{ id: MediaId }[]>`
      insert into media (authority, state, person, description, focus_x, focus_y)
      values (${authority}, 'waiting', ${person}, ${description}, ${focus?.x ?? null}, ${focus?.y ?? null}) returning id`;
    if (!row) throw new Error("a picture was not kept");
    await store.write(authority, row.id, "original", bytes);
    const at = makeAt ? { runAt: makeAt } : {};
    await addJob(tx, "make-picture", { authority, media: row.id }, { maxAttempts: 5, ...at });
    return { outcome: "accepted", id: row.id };
  });
}

/** Makes a picture of what was uploaded; what cannot be read is marked failed. Repetition changes nothing. */
export async function makePicture(
  db: Database,
  store: MediaStore,
  authority: AuthorityId,
  media: MediaId,
): Promise<"ready" | "failed"> {
  const [row] = await db.read(
    authority,
    (tx) => tx<{ state: "waiting" | "ready" | "failed" }[]>`
    select state from media where authority = ${authority} and id = ${media} and source_url is null`,
  );
  if (!row) return "failed";
  if (row.state !== "waiting") return row.state;
  const original = await store.read(authority, media, "original");
  const picture = original && (await encode(original));
  if (picture) await keep(db, store, authority, media, picture);
  else
    await db.as(
      authority,
      (tx) => tx`
      update media set state = 'failed', error = 'no picture that can be read'
      where authority = ${authority} and id = ${media} and state = 'waiting'`,
    );
  await store.remove(authority, media, "original");
  return picture ? "ready" : "failed";
}

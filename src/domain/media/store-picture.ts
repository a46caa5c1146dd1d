import { createHash } from "node:crypto";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Database } from "#platform/database.ts";
import type { SafeFetch } from "#platform/safe-fetch.ts";
import type { MediaId } from "./media.ts";
import type { MediaStore } from "./media-store.ts";

export const largestUpload = 20 * 1024 * 1024;
const largestRemote = 10 * 1024 * 1024;

export type Stored =
  | { outcome: "stored"; id: MediaId; width: number; height: number }
  | { outcome: "not-a-picture" }
  | { outcome: "too-large" };

/** Keeps a picture that a colleague uploads: re-encoded, turned upright, freed of place and camera. */
export async function storeUpload(
  db: Database,
  store: MediaStore,
  authority: AuthorityId,
  upload: { bytes: Uint8Array; person: PersonId | null },
): Promise<Stored> {
  if (upload.bytes.length > largestUpload) return { outcome: "too-large" };
  const picture = await encode(upload.bytes);
  if (!picture) return { outcome: "not-a-picture" };
  const [row] = await db.as(
    authority,
    (tx) => tx<{ id: MediaId }[]>`
    insert into media (authority, state, person) values (${authority}, 'waiting', ${upload.person}) returning id`,
  );
  if (!row) throw new Error("a picture was not kept");
  await keep(db, store, authority, row.id, picture);
  return { outcome: "stored", id: row.id, width: picture.width, height: picture.height };
}

/** Fetches a picture elsewhere for keeping here; what cannot be had or read is marked failed and not asked for again. */
export async function fetchPicture(
  db: Database,
  store: MediaStore,
  fetch: SafeFetch,
  authority: AuthorityId,
  media: MediaId,
): Promise<void> {
  const [row] = await db.read(
    authority,
    (tx) => tx<{ url: string }[]>`
    select source_url as url from media where authority = ${authority} and id = ${media} and state = 'waiting'`,
  );
  if (!row) return;
  const answer = await fetch(row.url, { accept: "image/*", maxBytes: largestRemote });
  if (!answer.ok && (answer.reason === "network" || answer.reason === "timeout"))
    throw new Error(answer.message);
  if (answer.ok && answer.status >= 500) throw new Error(`${row.url} answered ${answer.status}`);
  const picture = answer.ok && answer.status === 200 ? await encode(answer.body) : undefined;
  if (picture) return keep(db, store, authority, media, picture);
  const error = answer.ok ? `answered ${answer.status}, or it is no picture` : answer.message;
  await db.as(
    authority,
    (tx) =>
      tx`update media set state = 'failed', error = ${error} where authority = ${authority} and id = ${media}`,
  );
}

export type Picture = { full: Buffer; small: Buffer; width: number; height: number };

/** Re-encoded, turned upright, freed of place and camera; undefined for what is no picture that can be read. */
export async function encode(bytes: Uint8Array): Promise<Picture | undefined> {
  if (!isPhotograph(bytes)) return undefined;
  // Loaded when the first picture comes: it is large.
  const { default: sharp } = await import("sharp");
  const options = { limitInputPixels: 50_000_000, failOn: "error", animated: false } as const;
  try {
    const upright = sharp(bytes, options).rotate();
    const full = await upright
      .clone()
      .resize(1600, 1600, { fit: "inside", withoutEnlargement: true })
      .webp({ quality: 80 })
      .toBuffer({ resolveWithObject: true });
    const small = await upright
      .clone()
      .resize(480, 480, { fit: "inside", withoutEnlargement: true })
      .webp({ quality: 75 })
      .toBuffer();
    return { full: full.data, small, width: full.info.width, height: full.info.height };
  } catch {
    return undefined;
  }
}

/**
 * JPEG, PNG, GIF, WebP or AVIF by the first bytes. The library reads more, but SVG is a program to be run and
 * the rest is what no browser sends.
 */
export function isPhotograph(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  return (
    /^(\xff\xd8\xff|\x89PNG\r\n|GIF8)/.test(start) ||
    /^RIFF[^]{4}WEBP/.test(start) ||
    /^[^]{4}ftyp(avif|avis|mif1)/.test(start)
  );
}

/** Writes a picture that was waited for. */
export async function keep(
  db: Database,
  store: MediaStore,
  authority: AuthorityId,
  media: MediaId,
  picture: Picture,
): Promise<void> {
  await store.write(authority, media, "full", picture.full);
  await store.write(authority, media, "small", picture.small);
  const digest = createHash("sha256").update(picture.full).digest();
  await db.as(
    authority,
    (tx) => tx`
    update media set state = 'ready', type = 'image/webp', width = ${picture.width}, height = ${picture.height},
      bytes = ${picture.full.length}, sha256 = ${digest}
    where authority = ${authority} and id = ${media}`,
  );
}

import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { MediaId } from "./media.ts";

/**
 * full: at most 1600 px, for reading; small: at most 480 px, for faces and columns. Both WebP. original: as it was sent,
 * until the others are made of it; never shown, for it tells place and camera.
 */
export type Variant = "full" | "small" | "original";

/** Where the bytes of pictures lie. */
export type MediaStore = {
  write(authority: AuthorityId, media: MediaId, variant: Variant, bytes: Uint8Array): Promise<void>;
  read(authority: AuthorityId, media: MediaId, variant: Variant): Promise<Uint8Array | undefined>;
  /** What is not there is gone already. */
  remove(authority: AuthorityId, media: MediaId, variant: Variant): Promise<void>;
};

/** On disk, spread over folders by the last digits of the id. */
export function folderMediaStore(folder: string): MediaStore {
  const pathOf = (authority: AuthorityId, media: MediaId, variant: Variant) => {
    if (!/^\d+$/.test(authority) || !/^\d+$/.test(media)) throw new Error("not an id");
    const name = variant === "original" ? `${media}.original` : `${media}-${variant}.webp`;
    return [join(folder, authority, media.slice(-2)), name] as const;
  };
  return {
    async write(authority, media, variant, bytes) {
      const [place, name] = pathOf(authority, media, variant);
      await mkdir(place, { recursive: true, mode: 0o700 });
      // Renamed into place: a reader or a crash never sees half a picture.
      await writeFile(join(place, `.${name}.part`), bytes);
      await rename(join(place, `.${name}.part`), join(place, name));
    },
    read: (authority, media, variant) =>
      readFile(join(...pathOf(authority, media, variant))).catch(() => undefined),
    remove: (authority, media, variant) => rm(join(...pathOf(authority, media, variant)), { force: true }),
  };
}

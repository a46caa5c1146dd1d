import { pictureUrl, type Site } from "#context.ts";
import type { Media } from "#domain/media/media.ts";

/** https://docs.joinmastodon.org/entities/MediaAttachment/ */
export type MediaAttachment = {
  id: string;
  type: "image" | "unknown";
  /** Null while an upload is being made. Apps drop the whole timeline over a post that has a picture without. */
  url: string | null;
  preview_url: string | null;
  remote_url: string | null;
  preview_remote_url: null;
  text_url: null;
  meta: MediaMeta | null;
  description: string | null;
  blurhash: null;
};
type Size = { width: number; height: number; size: string; aspect: number };
type MediaMeta = { original: Size; small: Size; focus?: { x: number; y: number } };

/** As media/store-picture.ts makes them. */
const smallEdge = 480;

/** A picture that goes with a post; `alt` is what was said of it there. */
export function mediaAttachment(site: Site, media: Media, alt: string | null): MediaAttachment {
  const { width, height, focus } = media;
  const ready = media.state === "ready" && width !== null && height !== null;
  // One from elsewhere comes to lie at the same place, or is to be looked at where it is.
  const coming = media.state === "waiting" && media.sourceUrl !== null;
  return {
    id: media.id,
    type: media.state === "failed" ? "unknown" : "image",
    url: ready || coming ? pictureUrl(site, media.id) : media.sourceUrl,
    preview_url: ready || coming ? pictureUrl(site, media.id, "small") : null,
    remote_url: media.sourceUrl,
    preview_remote_url: null,
    text_url: null,
    meta: ready
      ? { original: size(width, height), small: size(...within(width, height)), ...(focus ? { focus } : {}) }
      : null,
    description: alt || null,
    blurhash: null,
  };
}

function size(width: number, height: number): Size {
  return { width, height, size: `${width}x${height}`, aspect: width / height };
}

function within(width: number, height: number): [number, number] {
  const scale = Math.min(1, smallEdge / Math.max(width, height));
  return [Math.round(width * scale), Math.round(height * scale)];
}

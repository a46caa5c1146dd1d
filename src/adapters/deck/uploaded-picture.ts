import { largestUpload } from "#domain/media/store-picture.ts";

export type Uploaded =
  | { outcome: "none" }
  | { outcome: "picture"; bytes: Uint8Array }
  | { outcome: "not-a-picture" }
  | { outcome: "too-large" };

/** The picture of a form's file field: PNG, JPEG or WebP by its first bytes, whatever it calls itself. */
export async function uploadedPicture(value: unknown): Promise<Uploaded> {
  if (!(value instanceof File) || value.size === 0) return { outcome: "none" };
  if (value.size > largestUpload) return { outcome: "too-large" };
  const bytes = new Uint8Array(await value.arrayBuffer());
  return isPicture(bytes) ? { outcome: "picture", bytes } : { outcome: "not-a-picture" };
}

/** SVG is left out: it is a document that may hold scripts and addresses. */
export const pictureTypes = "image/png,image/jpeg,image/webp";

function isPicture(bytes: Uint8Array): boolean {
  const begins = (at: number, text: string) =>
    Buffer.from(bytes.subarray(at, at + text.length)).toString("latin1") === text;
  return (
    begins(0, "\x89PNG\r\n\x1a\n") || begins(0, "\xff\xd8\xff") || (begins(0, "RIFF") && begins(8, "WEBP"))
  );
}

/** A tag as it is stored and compared. */
export function normalTag(tag: string): string {
  return tag.normalize("NFC").toLowerCase();
}

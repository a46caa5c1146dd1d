/** The ids of the columns on a page of the deck, by kind; the first of each. */
export function columnsIn(page: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [tag] of page.matchAll(/<section [^>]*data-column="[^>]*>/g)) {
    const kind = /data-kind="([a-z]+)"/.exec(tag)?.[1];
    const id = /data-column="(\d+)"/.exec(tag)?.[1];
    if (kind && id) found[kind] ??= id;
  }
  return found;
}

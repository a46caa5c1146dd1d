import type { Context } from "hono";
import type { Env } from "#context.ts";
import { openUrl } from "./address.ts";
import { limits } from "./parameters.ts";

type Asked = { values: { limit?: number }; given: Record<string, string> };

/** A page of a list, and where the next begins; one more than a page is read, so that one knows whether there is one. */
export async function cutList<Item extends { id: string }>(
  c: Context<Env>,
  { values, given }: Asked,
  path: string,
  read: (page: { limit: number }) => Promise<Item[]>,
): Promise<{ items: Item[]; next: string | undefined }> {
  const limit = values.limit ?? limits.usual;
  const found = await read({ limit: limit + 1 });
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  return { items, next: last && openUrl(c.get("site"), path, { ...given, after: last.id }) };
}

import { completeTag } from "#domain/posts/complete-tag.ts";
import type { Call } from "../endpoint.ts";
import { tagsOf, type Tag } from "../entities/tag.ts";
import type { Asked } from "./search.ts";

/** Tags in use that begin as typed, the most used first. */
export async function searchTags(
  { services, site, caller, now }: Pick<Call, "services" | "site" | "caller" | "now">,
  { query, limit, offset }: Asked,
): Promise<Tag[]> {
  const authority = site.authority.id;
  const typed = query.replace(/^#/, "");
  if (!/^[\p{L}\p{N}\p{M}_]+$/u.test(typed)) return [];
  return services.db.read(authority, async (tx) => {
    const names = (await completeTag(tx, authority, typed, offset + limit, { listed: true })).slice(offset);
    return tagsOf(tx, site, names, caller?.account.id, now);
  });
}

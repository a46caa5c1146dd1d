import type { Handler } from "hono";
import type { Env, Services } from "#context.ts";
import { mediaById } from "#domain/media/media.ts";
import { isTakenAway } from "#domain/posts/media-taken-away.ts";
import { parseId } from "#platform/id.ts";
import { errorPage } from "#ui/error-page.ts";

/** A picture of this authority's; its bytes never change under their name. */
export function mediaFile(services: Services): Handler<Env> {
  return async (c) => {
    const id = parseId<"media">(c.req.param("id"));
    const variant = { "full.webp": "full", "small.webp": "small" }[c.req.param("file") ?? ""] as
      | "full"
      | "small"
      | undefined;
    if (!id || !variant) return errorPage(services, c, 404);
    const { authority } = c.get("site");
    const shown = await services.db.read(authority.id, async (tx) => {
      const media = (await mediaById(tx, authority.id, [id])).get(id);
      return media?.state === "ready" && !(await isTakenAway(tx, authority.id, id));
    });
    const bytes = shown ? await services.mediaStore.read(authority.id, id, variant) : undefined;
    if (!bytes) return errorPage(services, c, 404);
    // Not for longer: what is taken away must leave the caches in between, too.
    const headers = { etag: `"${id}-${variant}"`, "cache-control": "public, max-age=86400, immutable" };
    if (c.req.header("if-none-match")?.includes(headers.etag)) return c.body(null, 304, headers);
    return c.body(new Uint8Array(bytes), 200, { ...headers, "content-type": "image/webp" });
  };
}

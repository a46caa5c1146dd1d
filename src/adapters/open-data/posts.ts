import type { Context, Handler } from "hono";
import type { Env, Services } from "#context.ts";
import { ourVoiceIn } from "#domain/posts/conversation.ts";
import { listOpenPosts } from "#domain/posts/open-posts.ts";
import type { Post } from "#domain/posts/post.ts";
import { findAnyPost, findPost } from "#domain/posts/read-posts.ts";
import { anyone } from "#domain/posts/visible-to.ts";
import { loadFaces } from "#domain/timelines/load-faces.ts";
import type { Transaction } from "#platform/database.ts";
import { parseId } from "#platform/id.ts";
import { answer } from "./answer.ts";
import { cutList } from "./cut-list.ts";
import { unknown } from "./frame.ts";
import { instantOf, readQuery } from "./parameters.ts";
import { postColumns, presentPost } from "./present-post.ts";
import { problem } from "./problem.ts";

const filters = ["account", "thread", "tag", "language", "kind", "network", "from", "to"] as const;
export const postListParameters = ["after", "limit", ...filters, "format"] as const;

/** All that is public, in order of arrival. */
export function postList(services: Services): Handler<Env> {
  return async (c) => {
    const asked = readQuery(c, postListParameters);
    if (asked instanceof Response) return asked;
    const site = c.get("site");
    const { id, zone } = site.authority;
    const { values } = asked;
    const filter = {
      ...values,
      from: instantOf(values.from, zone, "begin"),
      to: instantOf(values.to, zone, "end"),
    };
    const { items, next } = await services.db.read(id, async (tx) => {
      const cut = await cutList(c, asked, "/posts", (page) =>
        listOpenPosts(tx, id, filter, { after: values.after, ...page }),
      );
      const faces = await loadFaces(tx, id, cut.items, c.get("language"));
      return { ...cut, items: cut.items.map((post) => presentPost(site, post, faces)) };
    });
    const table = { name: "posts", columns: postColumns, rows: items };
    return answer(c, values.format, {
      json: { items, next: next ?? null },
      schema: "post-list",
      table,
      next,
    });
  };
}

/** One post, if its page shows it; of our own that was removed it is said, as its page does. */
export function onePost(services: Services): Handler<Env> {
  return async (c) => {
    const asked = readQuery(c, ["format"]);
    if (asked instanceof Response) return asked;
    const site = c.get("site");
    const { id } = site.authority;
    const found = await services.db.read(id, async (tx) => {
      const post = await findShown(tx, c);
      if (!post || post === "gone") return post;
      return presentPost(site, post, await loadFaces(tx, id, [post], c.get("language")));
    });
    if (!found) return unknown(c);
    if (found === "gone")
      return problem(c, 410, "The authority has removed this post. Remove your copies of it.");
    const table = { name: `post-${found.id}`, columns: postColumns, rows: [found] };
    return answer(c, asked.values.format, { json: found, schema: "post", table });
  };
}

async function findShown(tx: Transaction, c: Context<Env>): Promise<Post | "gone" | undefined> {
  const { authority } = c.get("site");
  const id = parseId<"post">(c.req.param("id"));
  if (!id) return undefined;
  const post = await findPost(tx, authority.id, id, anyone);
  if (post) return (await ourVoiceIn(tx, authority.id, post.thread)) ? post : undefined;
  const removed = await findAnyPost(tx, authority.id, id);
  const wasPublic = removed?.visibility === "public" || removed?.visibility === "unlisted";
  return removed?.uri === null && removed.deletedAt && wasPublic ? "gone" : undefined;
}

import type { Handler } from "hono";
import type { Env, Services } from "#context.ts";
import { postsWithTag } from "#domain/posts/read-posts.ts";
import { normalTag } from "#domain/text/normal-tag.ts";
import { loadFaces } from "#domain/timelines/load-faces.ts";
import { html } from "#platform/html.ts";
import { emptyState, pageHead, pagination } from "#ui/controls.ts";
import { feedsAt } from "#ui/site-page.ts";
import { beforeOf, cutPage, pageRequest, pageSize, respond } from "./page-request.ts";
import { postList } from "./post-list.ts";
import { webWords } from "./words.ts";

/** What we have said with a tag. */
export function tagPage(services: Services): Handler<Env> {
  return async (c) => {
    const request = pageRequest(services, c);
    const { site, language } = request;
    const tag = normalTag(c.req.param("tag") ?? "");
    const { posts, faces } = await services.db.read(site.authority.id, async (tx) => {
      const page = { before: beforeOf(c), limit: pageSize + 1, ownOnly: true };
      const posts = await postsWithTag(tx, site.authority.id, tag, page);
      return { posts, faces: await loadFaces(tx, site.authority.id, posts, language) };
    });
    const words = webWords[language];
    const { shown, last } = cutPage(posts);
    const path = `/tags/${encodeURIComponent(tag)}`;
    return respond(services, c, request, {
      title: `#${tag}`,
      description: words.tag.lead,
      feeds: feedsAt(site, path, words.feed.tag(tag, site.authority.name)),
      openGraph: { type: "website", url: request.at(path) },
      ...(shown.length === 0 ? { robots: "noindex" } : {}),
      main: html`${pageHead({ title: `#${tag}`, lead: words.tag.lead })}${
        shown.length > 0
          ? postList(request, shown, faces)
          : emptyState({ title: words.tag.emptyTitle, body: words.tag.emptyBody, icon: "search" })
      }${pagination(last ? { older: request.to(`${path}?before=${last}`) } : {}, request.reader)}`,
    });
  };
}

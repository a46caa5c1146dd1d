import type { Handler } from "hono";
import type { Env, Services } from "#context.ts";
import { searchSpoken } from "#domain/search/search-posts.ts";
import { loadThreadFaces } from "#domain/timelines/load-faces.ts";
import type { Transaction } from "#platform/database.ts";
import { html, type Html } from "#platform/html.ts";
import { button, emptyState, pageHead, pagination, section } from "#ui/controls.ts";
import { field } from "#ui/form.ts";
import { knownOf } from "./known.ts";
import { beforeOf, cutPage, pageRequest, pageSize, respond, type PageRequest } from "./page-request.ts";
import { postList } from "./post-list.ts";
import { webWords } from "./words.ts";

const longestQuery = 200;

/** Finds among what we have said in public. */
export function searchPage(services: Services): Handler<Env> {
  const known = knownOf(services);
  return async (c) => {
    const request = pageRequest(services, c);
    const { authority } = request.site;
    const query = (c.req.query("q") ?? "").trim().slice(0, longestQuery);
    const read = async (tx: Transaction) => {
      const page = { before: beforeOf(c), limit: pageSize + 1 };
      const { posts, speakers } = await searchSpoken(tx, authority.id, query, page, known);
      return { posts, faces: await loadThreadFaces(tx, authority.id, posts, request.language, speakers) };
    };
    const { posts, faces } = await services.db.read(authority.id, read, { plans: "kept" });
    const words = webWords[request.language].search;
    const { shown, last } = cutPage(posts);
    const more = `/search?q=${encodeURIComponent(query)}&before=${last}`;
    return respond(services, c, request, {
      title: query ? words.titleOf(query) : words.title,
      robots: "noindex",
      current: "search",
      main: html`${pageHead({ title: words.title })}${searchForm(request, query)}${
        query === ""
          ? null
          : shown.length > 0
            ? section({
                title: words.found(query),
                body: postList(request, shown, faces, 3, known.fragments),
              })
            : emptyState({ title: words.emptyTitle(query), body: words.emptyBody, icon: "search" })
      }${pagination(last ? { older: request.to(more) } : {}, request.reader)}`,
    });
  };
}

function searchForm(request: PageRequest, query: string): Html {
  const words = webWords[request.language].search;
  return html`<form class="form" role="search" method="get" action="${request.to("/search")}">
    ${field(
      {
        name: "q",
        label: words.label,
        hint: words.hint,
        type: "search",
        value: query,
        required: true,
        maxLength: longestQuery,
      },
      request.reader,
    )}
    <div class="row">${button({ label: words.button, icon: "search" })}</div>
  </form>`;
}

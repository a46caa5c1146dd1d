import { markedPosts } from "#domain/posts/marked-posts.ts";
import { answer } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { loadStatuses } from "../entities/load-statuses.ts";
import { pageLinks, pageOf } from "../page.ts";

/** GET /api/v1/bookmarks */
export const bookmarks = (call: Call<Caller>) => marked(call, "bookmark");

/** GET /api/v1/favourites */
export const favourites = (call: Call<Caller>) => marked(call, "favourite");

async function marked(call: Call<Caller>, mark: "bookmark" | "favourite"): Promise<Response> {
  const { services, site, caller } = call;
  const authority = site.authority.id;
  const page = pageOf(call, { usual: 20, most: 40 });
  const { statuses, places } = await services.db.read(authority, async (tx) => {
    const posts = await markedPosts(tx, authority, caller.account.id, mark, page);
    return { statuses: await loadStatuses(tx, call, posts), places: posts.map(({ place }) => place) };
  });
  return answer(statuses, 200, pageLinks(call, places));
}

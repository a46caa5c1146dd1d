import { followTag, listFollowedTags, unfollowTag } from "#domain/relationships/tag-follows.ts";
import { answer, missing } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { tagsOf } from "../entities/tag.ts";
import { pageLinks, pageOf } from "../page.ts";
import { tagInPath } from "./show.ts";

/** POST /api/v1/tags/:name/follow, POST /api/v1/tags/:name/unfollow */
export function changeTagFollow(change: "follow" | "unfollow") {
  return async (call: Call<Caller>): Promise<Response> => {
    const { services, site, caller, now } = call;
    const name = tagInPath(call);
    if (!name) return missing();
    return services.db.as(site.authority.id, async (tx) => {
      const act = change === "follow" ? followTag : unfollowTag;
      await act(tx, site.authority.id, caller.account.id, name);
      const [tag] = await tagsOf(tx, site, [name], caller.account.id, now);
      return answer(tag);
    });
  };
}

/** GET /api/v1/followed_tags */
export async function followedTags(call: Call<Caller>): Promise<Response> {
  const { services, site, caller, now } = call;
  const page = pageOf(call, { usual: 100, most: 200 });
  return services.db.read(site.authority.id, async (tx) => {
    const followed = await listFollowedTags(tx, site.authority.id, caller.account.id, page);
    const names = followed.map(({ tag }) => tag);
    return answer(
      await tagsOf(tx, site, names, caller.account.id, now),
      200,
      pageLinks(
        call,
        followed.map(({ id }) => id),
      ),
    );
  });
}

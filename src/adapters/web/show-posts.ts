import type { Services } from "#context.ts";
import type { Face } from "#domain/accounts/account.ts";
import type { Faces } from "#domain/timelines/load-faces.ts";
import type { Html } from "#platform/html.ts";
import { ingredientsOf } from "#ui/present-post.ts";
import { type Standing, threadPost } from "#ui/thread.ts";
import type { Placed } from "./build-thread.ts";
import { knownOf } from "./known.ts";
import type { PageRequest } from "./page-request.ts";
import { publicPost } from "./post-list.ts";
import { commonOf } from "./settings-of.ts";

/** Shows the posts of a conversation in their places: those that have been shown just so before, as they were. */
export function showPosts(
  services: Services,
  request: PageRequest,
  faces: Faces<Face>,
  here: ReadonlySet<string>,
): (placed: Placed, standing: Standing) => Html {
  const { authority } = request.site;
  const { fragments } = knownOf(services);
  const common = commonOf(request);
  return ({ post, parent, elsewhere = false }, standing) => {
    const { as, saysReplyTo } = standing;
    // What is taken away is not named by those who answered it.
    const nameless = Boolean(parent?.deletedAt ?? parent?.hiddenAt);
    const options = { forPublic: true, inThread: here.has(post.inReplyTo ?? ""), isLead: as === "lead" };
    const make = () => {
      const { replyTo, ...view } = publicPost(request, post, faces, options);
      const named = replyTo && !nameless ? { replyTo } : {};
      const parentNotShown = elsewhere && !named.replyTo;
      return threadPost({ ...view, ...named, parentNotShown }, request.reader, standing);
    };
    const ingredients = ingredientsOf(post, faces, options);
    if (!ingredients) return make();
    return fragments.get(authority.id, [common, as, saysReplyTo, elsewhere, nameless, ...ingredients], make);
  };
}

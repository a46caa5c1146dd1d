import type { Fragments } from "#platform/fragments.ts";
import { html, type Html } from "#platform/html.ts";
import type { Face } from "#domain/accounts/account.ts";
import type { Post } from "#domain/posts/post.ts";
import type { Faces } from "#domain/timelines/load-faces.ts";
import type { TimelineItem } from "#domain/timelines/timelines.ts";
import { action } from "#ui/controls.ts";
import { type PostView, postArticle } from "#ui/post.ts";
import { ingredientsOf, presentPost, type PresentOptions } from "#ui/present-post.ts";
import type { PageRequest } from "./page-request.ts";
import { commonOf } from "./settings-of.ts";
import { webWords } from "./words.ts";

/** So many posts at the head of a list are seen at once: their pictures do not wait to be scrolled to. */
const seenAtOnce = 2;

/**
 * Posts one below the other, as home, account, tag and search show them; with fragments, those of posts that are known
 * are shown as they were, if they have been shown just so before.
 */
export function postList(
  request: PageRequest,
  posts: readonly (Post | TimelineItem)[],
  faces: Faces<Face>,
  level: 2 | 3 = 2,
  fragments?: Fragments,
): Html {
  const common = commonOf(request);
  return html`<ol class="posts">
    ${posts.map((post, index) => {
      const eager = index < seenAtOnce;
      const make = () => {
        const options = { showReplyTo: true, eager, level };
        return html`<li>${postArticle(listedPost(request, post, faces), request.reader, options)}</li>`;
      };
      const madeOf = fragments && ingredientsOf(post, faces, { forPublic: true });
      return madeOf
        ? fragments.get(request.site.authority.id, ["listed", common, eager, level, ...madeOf], make)
        : make();
    })}
  </ol>`;
}

/** What was passed on from elsewhere is no conversation of ours: its page is where it was written. */
function listedPost(request: PageRequest, post: Post | TimelineItem, faces: Faces<Face>): PostView {
  const view = publicPost(request, post, faces);
  if (!view.boostedBy || post.uri === null) return view;
  const { replyTo: _, ...rest } = view;
  return { ...rest, href: view.originalHref ?? view.href, actions: reportAction(request, view) };
}

/** A post with what a resident may do about it. */
export function publicPost(
  request: PageRequest,
  post: Post | TimelineItem,
  faces: Faces<Face>,
  options: PresentOptions & { isLead?: boolean } = {},
): PostView {
  const view = presentPost(request.site, request.language, post, faces, { ...options, forPublic: true });
  if (view.tombstone) return view;
  const words = webWords[request.language].actions;
  // The post that a page is about has a button of its own.
  const reply = options.isLead
    ? null
    : action({
        icon: "reply",
        label: words.reply,
        about: words.to(view.account.name),
        href: `${view.href}/reply`,
      });
  return { ...view, actions: html`${reply}${post.uri === null ? null : reportAction(request, view)}` };
}

function reportAction(request: PageRequest, view: PostView): Html {
  const words = webWords[request.language].actions;
  return action({
    icon: "report",
    label: words.report,
    about: words.postBy(view.account.name),
    href: request.to(`/report?post=${view.id}`),
  });
}

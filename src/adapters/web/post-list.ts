import { html, type Html } from "#platform/html.ts";
import type { Post } from "#domain/posts/post.ts";
import type { Faces } from "#domain/timelines/load-faces.ts";
import { action } from "#ui/controls.ts";
import { type PostView, postArticle } from "#ui/post.ts";
import { presentPost, type PresentOptions } from "#ui/present-post.ts";
import type { PageRequest } from "./page-request.ts";
import { webWords } from "./words.ts";

/** Posts one below the other, as home, account, tag and search show them. */
export function postList(request: PageRequest, posts: readonly Post[], faces: Faces): Html {
  return html`<ol class="posts">
    ${posts.map((post) => html`<li>${postArticle(publicPost(request, post, faces), request.reader, { showReplyTo: true })}</li>`)}
  </ol>`;
}

/** A post with what a resident may do about it. */
export function publicPost(
  request: PageRequest,
  post: Post,
  faces: Faces,
  options: PresentOptions = {},
): PostView {
  const view = presentPost(request.site, request.language, post, faces, { ...options, forPublic: true });
  if (view.tombstone) return view;
  return { ...view, actions: actionsOn(request, post, view) };
}

function actionsOn(request: PageRequest, post: Post, view: PostView): Html {
  const words = webWords[request.language].actions;
  return post.uri === null
    ? action({ icon: "reply", label: words.reply, href: `${view.href}/reply` })
    : action({ icon: "report", label: words.report, href: request.to(`/report?post=${post.id}`) });
}

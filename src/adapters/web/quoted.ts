import type { Post } from "#domain/posts/post.ts";
import { excerpt } from "#domain/text/blocks.ts";
import { html, type Html } from "#platform/html.ts";
import type { PageRequest } from "./page-request.ts";

/** The beginning of a post, where something is to be done about it. */
export function quoted(request: PageRequest, post: Post, max: number): Html {
  const words = post.title ?? post.warning ?? excerpt(post.blocks, max);
  return html`<div class="body">
    <blockquote lang="${post.language ?? request.language}" data-nosnippet><p>${words}</p></blockquote>
  </div>`;
}

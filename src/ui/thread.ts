import { type Html, html } from "#platform/html.ts";
import { mark, type PostView, postArticle } from "./post.ts";
import { type Reader, uiWords } from "./words.ts";

/** A post with its replies, in the order in which they are to be read. */
export type ThreadNode = {
  post: PostView;
  replies: readonly ThreadNode[];
  /** The post that it replies to is not on this page. */
  elsewhere?: boolean;
  /** What we know is missing among its replies: said in its place. */
  missing?: readonly MissingNote[];
};

export type MissingNote = { why: "not-fetched" | "not-public"; count: number; href?: string };

export type ThreadView = {
  /** What the thread's post itself replies to, oldest first; a gap before them is said. */
  ancestors?: readonly PostView[];
  parentMissing?: false | "not-fetched" | "not-public";
  /** What one can do about the post that the page is about: between it and its replies. */
  afterLead?: Html | null;
  root: ThreadNode;
};

/** The whole thread: what came before, the post it is about, and every reply as a nested list. */
export function thread(view: ThreadView, reader: Reader): Html {
  const words = uiWords[reader.language];
  const { root, ancestors = [] } = view;
  return html`<div class="thread">
    ${view.parentMissing ? html`<p class="missing">${mark("info")}<span>${view.parentMissing === "not-public" ? words.missing.parentNotPublic : words.missing.parent}</span></p>` : null}${
      ancestors.length > 0
        ? html`<ol class="ancestors">
            ${ancestors.map((post) => html`<li>${postArticle(post, reader)}</li>`)}
          </ol>`
        : null
    }${postArticle(root.post, reader, { variant: "lead", showReplyTo: ancestors.length === 0, eager: true })}${view.afterLead}${
      root.replies.length > 0 || root.missing ? html`<h2 class="replies-head">${words.replies}</h2>` : null
    }${replies(root, reader, 1)}
  </div>`;
}

/** Indentation ends at the fourth level (in CSS); from there on a post says itself what it replies to. */
const deepestIndent = 4;

function replies(node: ThreadNode, reader: Reader, depth: number): Html | null {
  const { missing = [] } = node;
  if (node.replies.length === 0 && missing.length === 0) return null;
  const items = node.replies.map((reply) => {
    const { post } = reply;
    const article = postArticle(post, reader, {
      variant:
        post.account.ours && post.capacity !== "personal"
          ? "answer"
          : post.kind === "article"
            ? "teaser"
            : "plain",
      level: 3,
      // A reply whose parent is elsewhere stands under the first post, and says so.
      showReplyTo: depth > deepestIndent || reply.elsewhere === true,
    });
    return html`<li>${article}${replies(reply, reader, depth + 1)}</li>`;
  });
  return html`<ol class="replies${depth > deepestIndent ? " flat" : ""}">
    ${items}${missing.map((note) => missingNote(note, reader))}
  </ol>`;
}

function missingNote(note: MissingNote, reader: Reader): Html {
  const { missing, howItWorks } = uiWords[reader.language];
  const said = note.why === "not-fetched" ? missing.notFetched(note.count) : missing.notPublic(note.count);
  return html`<li class="missing">
    ${mark("info")}<span>${said}${note.href ? html` <a href="${note.href}">${howItWorks}</a>` : null}</span>
  </li>`;
}

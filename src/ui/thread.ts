import { type Html, html } from "#platform/html.ts";
import { mark, type PostOptions, type PostView, postArticle } from "./post.ts";
import { type Reader, uiWords } from "./words.ts";

/** A post with its replies, in the order in which they are to be read. */
export type ThreadNode<Shown = PostView> = {
  post: Shown;
  replies: readonly ThreadNode<Shown>[];
  /** The post that it replies to is not on this page. */
  elsewhere?: boolean;
  /** What we know is missing among its replies: said in its place. */
  missing?: readonly MissingNote[];
};

export type MissingNote = { why: "not-fetched" | "not-public"; count: number; href?: string };

export type ThreadView<Shown = PostView> = {
  /** What the thread's post itself replies to, oldest first; a gap before them is said. */
  ancestors?: readonly Shown[];
  parentMissing?: false | "not-fetched" | "not-public";
  /** What one can do about the post that the page is about: between it and its replies. */
  afterLead?: Html | null;
  root: ThreadNode<Shown>;
};

/** Where in the thread a post stands, and whether it must say itself what it replies to. */
export type Standing = { as: "ancestor" | "lead" | "reply"; saysReplyTo: boolean };

/** A post of a thread in its place. */
export function threadPost(post: PostView, reader: Reader, { as, saysReplyTo }: Standing): Html {
  return postArticle(post, reader, { ...optionsOf(post, as), showReplyTo: saysReplyTo });
}

function optionsOf(post: PostView, as: Standing["as"]): PostOptions {
  if (as === "ancestor") return {};
  if (as === "lead") return { variant: "lead", eager: true };
  const answers = post.account.ours && post.capacity !== "personal";
  return { variant: answers ? "answer" : post.kind === "article" ? "teaser" : "plain", level: 3 };
}

/** The whole thread: what came before, the post it is about, and every reply as a nested list; `show` gives each. */
export function thread<Shown>(
  view: ThreadView<Shown>,
  reader: Reader,
  show: (post: Shown, standing: Standing) => Html,
): Html {
  const words = uiWords[reader.language];
  const { root, ancestors = [] } = view;
  return html`<div class="thread">
    ${view.parentMissing ? html`<p class="missing">${mark("info")}<span>${view.parentMissing === "not-public" ? words.missing.parentNotPublic : words.missing.parent}</span></p>` : null}${
      ancestors.length > 0
        ? html`<ol class="ancestors">
            ${ancestors.map((post) => html`<li>${show(post, { as: "ancestor", saysReplyTo: false })}</li>`)}
          </ol>`
        : null
    }${show(root.post, { as: "lead", saysReplyTo: ancestors.length === 0 })}${view.afterLead}${
      root.replies.length > 0 || root.missing ? html`<h2 class="replies-head">${words.replies}</h2>` : null
    }${replies(root, reader, show, 1)}
  </div>`;
}

/** Indentation ends at the fourth level (in CSS); from there on a post says itself what it replies to. */
const deepestIndent = 4;

function replies<Shown>(
  node: ThreadNode<Shown>,
  reader: Reader,
  show: (post: Shown, standing: Standing) => Html,
  depth: number,
): Html | null {
  const { missing = [] } = node;
  if (node.replies.length === 0 && missing.length === 0) return null;
  const items = node.replies.map((reply) => {
    // A reply whose parent is elsewhere stands under the first post, and says so.
    const saysReplyTo = depth > deepestIndent || reply.elsewhere === true;
    const article = show(reply.post, { as: "reply", saysReplyTo });
    return html`<li>${article}${replies(reply, reader, show, depth + 1)}</li>`;
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

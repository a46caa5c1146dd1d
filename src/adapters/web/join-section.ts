import type { Face } from "#domain/accounts/account.ts";
import { html, type Html } from "#platform/html.ts";
import { button, section } from "#ui/controls.ts";
import type { PageRequest } from "./page-request.ts";
import { webWords } from "./words.ts";

/** How one takes part: beside every conversation, and after it on a phone. */
export function joinSection(
  request: PageRequest,
  account: Face | undefined,
  replyPath?: string,
): Html | null {
  if (!account) return null;
  const words = webWords[request.language].join;
  const way = replyPath
    ? button({ label: words.reply, look: "plain", icon: "reply", href: request.to(replyPath) })
    : button({
        label: words.follow(account.name || account.handle),
        look: "plain",
        href: request.to(`/@${account.handle}/follow`),
      });
  return section({
    title: words.title,
    body: html`<p>${words.body}</p>${replyPath ? null : publicRecord(request)}${way}`,
  });
}

/** The way to answer the post that a page is about, right under it, with what becomes of the answer. */
export function replyBar(request: PageRequest, replyPath: string): Html {
  const words = webWords[request.language].join;
  return html`<div class="reply-bar">
    ${button({ label: words.reply, icon: "reply", href: request.to(replyPath) })}${publicRecord(request)}
  </div>`;
}

function publicRecord(request: PageRequest): Html {
  const words = webWords[request.language].join;
  return html`<p class="quiet small">
    ${words.publicRecord} <a href="${request.to("/guidelines#record")}">${words.howFar}</a>
  </p>`;
}

import type { Account } from "#domain/accounts/account.ts";
import { html, type Html } from "#platform/html.ts";
import { button, section } from "#ui/controls.ts";
import type { PageRequest } from "./page-request.ts";
import { webWords } from "./words.ts";

/** How one takes part, and what becomes of what one writes: beside every conversation. */
export function joinSection(
  request: PageRequest,
  account: Account | undefined,
  replyPath?: string,
): Html | null {
  if (!account) return null;
  const words = webWords[request.language].join;
  const way = replyPath
    ? button({ label: words.reply, icon: "reply", href: request.to(replyPath) })
    : button({
        label: words.follow(account.name || account.handle),
        href: request.to(`/@${account.handle}/follow`),
      });
  return section({
    title: words.title,
    body: html`<p>${words.body}</p>
      <p>${words.publicRecord} <a href="${request.to("/guidelines#record")}">${words.howFar}</a></p>
      ${way}`,
  });
}

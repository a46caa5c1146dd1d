import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { listCanned } from "#domain/care/canned-answers.ts";
import { findPost } from "#domain/posts/read-posts.ts";
import type { PostId } from "#domain/posts/post.ts";
import { html, type Html } from "#platform/html.ts";
import { parseId } from "#platform/id.ts";
import { button, chip, pageHead } from "#ui/controls.ts";
import { deckPage } from "../frame.ts";
import { notGranted } from "../guard.ts";
import { deckPath, seatOf, viewerOf, type Seat } from "../seat.ts";
import { cannedWords } from "./canned-words.ts";
import { cannedNotice, fillWith, valuesFor, type Filled } from "./fill-canned.ts";
import { carePaths } from "./places.ts";

/** GET /deck/canned?account=&post=: the answers that fit, filled in. A page by itself; a part for the client's dialog. */
export function showCanned(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    const account = seat?.acting;
    if (!seat || !account) return notGranted(c);
    const authority = seat.site.authority.id;
    const asked = parseId<"post">(c.req.query("post"));
    const now = services.clock();
    const found = await services.db.read(authority, async (tx) => {
      const post = asked && (await findPost(tx, authority, asked, viewerOf(seat)));
      const values = await valuesFor(tx, seat, { account, post });
      const all = await listCanned(tx, authority, [account.id]);
      // In the language of the question first; within it as named.
      const language = post?.language ?? seat.language;
      const rank = (one: { language: string }) => (one.language === language ? 0 : 1);
      return {
        post,
        answers: all.toSorted((a, b) => rank(a) - rank(b)).map((one) => fillWith(seat, one, values, now)),
      };
    });
    const said = cannedWords[seat.language];
    const content = pickerHtml(seat, found.answers, found.post?.id);
    if (c.req.header("x-deck-part") !== undefined) return c.html(content.text);
    const back = found.post ? `/deck/posts/${found.post.id}` : "/deck";
    const page = await deckPage(services, seat, {
      title: said.choose,
      current: "none",
      content: html`${pageHead({ title: said.choose, actions: button({ label: said.back, look: "plain", href: deckPath(seat, back) }) })}${content}`,
    });
    return c.html(page.text);
  };
}

function pickerHtml(seat: Seat, answers: readonly Filled[], post: PostId | undefined): Html {
  const said = cannedWords[seat.language];
  const manage = html`<p><a href="${deckPath(seat, carePaths.canned)}">${said.manage}</a></p>`;
  if (answers.length === 0) return html`<p>${said.noneHere}</p>${manage}`;
  return html`<ul class="canned-list plain-list">
      ${answers.map((filled) => itemHtml(seat, filled, post))}
    </ul>
    ${manage}`;
}

function itemHtml(seat: Seat, filled: Filled, post: PostId | undefined): Html {
  const said = cannedWords[seat.language];
  const { answer, text, expiry } = filled;
  const until = answer.expiresOn ?? "";
  const link = post
    ? button({
        label: said.use,
        look: "plain",
        href: deckPath(seat, `/deck/posts/${post}/reply`, { canned: answer.id }),
      })
    : null;
  return html`<li class="canned-item" data-canned-item data-language="${answer.language}">
    <p class="row">
      <strong id="canned-${answer.id}">${answer.name}</strong>${
        expiry === "expired"
          ? chip(said.expired(until), { icon: "warn", look: "late" })
          : expiry === "soon"
            ? chip(said.soon(until), { look: "dashed" })
            : null
      }
    </p>
    <p class="canned-text" lang="${answer.language}" data-canned-text>${text}</p>
    <div class="row">
      <span data-canned-use>${link}</span
      ><button class="button plain" type="button" hidden data-canned-insert aria-describedby="canned-${answer.id}">
        <span>${said.insert}</span>
      </button>${answer.sourceUrl ? html`<a href="${answer.sourceUrl}">${said.shownSource}</a>` : null}
    </div>
    ${/* Said beside the text once it is put in. */ null}<template data-canned-warning>${cannedNotice(seat, filled)}</template>
  </li>`;
}

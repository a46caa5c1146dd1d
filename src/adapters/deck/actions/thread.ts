import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { accountsById, isOwn } from "#domain/accounts/account.ts";
import { journalHead } from "#domain/journal/entry.ts";
import type { Post } from "#domain/posts/post.ts";
import { readThread } from "#domain/posts/read-posts.ts";
import type { Transaction } from "#platform/database.ts";
import { html, type Html } from "#platform/html.ts";
import { button, notice, pageHead } from "#ui/controls.ts";
import { postPath } from "#ui/present-post.ts";
import { uiWords } from "#ui/words.ts";
import { carePanel } from "../care/panel.ts";
import { readCare } from "../care/read-care.ts";
import { careRuleParts } from "../care-rules/panel-parts.ts";
import { postItems } from "../columns/show-one-post.ts";
import { columnWords } from "../columns/words.ts";
import { composerHtml } from "../compose/composer-html.ts";
import { replyTo } from "../compose/reply-to.ts";
import { missing } from "../compose/show-composer.ts";
import { findAskedPost } from "../find-asked-post.ts";
import { deckPage } from "../frame.ts";
import { notGranted } from "../guard.ts";
import { deckPath, readerOf, type Seat, seatOf, viewerOf } from "../seat.ts";
import { deckWords } from "../words.ts";

const longestThread = 300;

/** GET /deck/posts/:id: the whole conversation as staff see it, what they can do about each post, and an answer. */
export function showThread(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const authority = seat.site.authority.id;
    const found = await services.db.read(authority, async (tx) => {
      // First, so that nothing falls between the reading and the line that goes on from here.
      const position = await journalHead(tx);
      const post = await findAskedPost(tx, c, seat);
      return post && { post, position, ...(await readConversation(tx, seat, post, services.clock())) };
    });
    if (!found) return missing(services, c, seat);
    // The client asks for the posts alone, to put in what is new.
    if (c.req.header("x-deck-part") === "column") return c.html(found.shown.text);
    const { post, position, reply, cutOff, shown, care } = found;
    const words = deckWords[seat.language];
    // Several conversations may be open in as many tabs.
    const name = isOwn(post) ? undefined : found.author?.name;
    const page = await deckPage(services, seat, {
      title: name ? columnWords[seat.language].threadWith(name) : words.thread.title,
      current: "none",
      position,
      thread: post.id,
      fresh: deckPath(seat, `/deck/posts/${post.id}/reply`),
      content: html`${pageHead({ title: words.thread.title, actions: ways(seat, found) })}${
        cutOff ? notice({ tone: "info", body: uiWords[seat.language].missing.parent }, seat) : null
      }<div class="cared-for">${conversation(seat, post, shown)}${care ? carePanel(seat, care.view, readerOf(seat, services.clock()), care) : null}</div>${reply ? composerHtml(seat, reply) : null}`,
    });
    return c.html(page.text);
  };
}

async function readConversation(tx: Transaction, seat: Seat, post: Post, now: Temporal.Instant) {
  const authority = seat.site.authority.id;
  const posts = await readThread(tx, authority, post.thread, viewerOf(seat), longestThread);
  const [first] = posts;
  return {
    author: (await accountsById(tx, authority, [post.account])).get(post.account),
    cutOff: first !== undefined && first.inReplyTo === null && first.inReplyToUri !== null,
    reply: post.hiddenAt ? undefined : await replyTo(tx, seat, post),
    shown: await postItems(tx, seat, posts, now),
    care: await readPanel(tx, seat, post, now),
  };
}

async function readPanel(tx: Transaction, seat: Seat, post: Post, now: Temporal.Instant) {
  const view = await readCare(tx, seat, post.thread);
  return view && { view, parts: await careRuleParts(tx, seat, post, readerOf(seat, now)) };
}

/** Where one can go from here. */
function ways(
  seat: Seat,
  { post, author }: { post: Post; author: Parameters<typeof postPath>[3] | undefined },
): Html {
  const words = deckWords[seat.language];
  const isPublic = post.visibility === "public" || post.visibility === "unlisted";
  const original = post.url ?? post.uri;
  const href = isPublic && author ? postPath(seat.site, seat.language, post, author) : undefined;
  return html`${button({ label: words.back, look: "plain", icon: "columns", href: deckPath(seat, "/deck") })}${
    href ? button({ label: words.thread.public, look: "text", icon: "globe", href }) : null
  }${original ? button({ label: words.thread.original, look: "text", icon: "out", href: original }) : null}`;
}

/** New answers wait behind a count beneath the last one: nothing moves under whoever reads or writes. */
function conversation(seat: Seat, post: Post, shown: Html): Html {
  const words = deckWords[seat.language];
  return html`<section class="column conversation" aria-label="${words.thread.title}"
    data-deck-target="column" data-kind="thread" data-thread="${post.thread}" data-focus-post="${post.id}"
    data-source="${deckPath(seat, `/deck/posts/${post.id}`)}">
    <p class="column-state" data-state hidden></p>
    <div data-posts>${shown}</div>
    <button class="waiting" type="button" data-waiting data-action="deck#showWaiting" hidden></button>
  </section>`;
}

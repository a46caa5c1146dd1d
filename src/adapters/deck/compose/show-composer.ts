import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { isOwn } from "#domain/accounts/account.ts";
import { mediaById } from "#domain/media/media.ts";
import { html, type Html } from "#platform/html.ts";
import { errorPage } from "#ui/error-page.ts";
import { showOnePost } from "../columns/show-one-post.ts";
import { findAskedPost } from "../find-asked-post.ts";
import { deckPage } from "../frame.ts";
import { notGranted, speaksFor } from "../guard.ts";
import { seatOf, type Seat } from "../seat.ts";
import { deckWords } from "../words.ts";
import { composerHtml, noGrantHtml } from "./composer-html.ts";
import { blankFor, fromPost } from "./composition.ts";
import { replyTo } from "./reply-to.ts";
import { composeWords } from "./words.ts";

/** The composer as it stands on the deck: blank. */
export function blankComposer(seat: Seat): Html {
  if (!seat.acting) return noGrantHtml(seat);
  return composerHtml(seat, { composition: blankFor(seat.acting, seat.language), media: new Map() });
}

/** GET /deck/compose: a blank composer alone, for after something was published. */
export function showBlank(_services: Services) {
  return (c: Context<Env>): Response | Promise<Response> => {
    const seat = seatOf(c);
    return seat ? c.html(blankComposer(seat).text) : notGranted(c);
  };
}

/** GET /deck/posts/:id/reply: the post and a composer that answers it. */
export function showReply(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat?.acting) return notGranted(c);
    const authority = seat.site.authority.id;
    const found = await services.db.read(authority, async (tx) => {
      const parent = await findAskedPost(tx, c, seat);
      const reply = parent && !parent.hiddenAt ? await replyTo(tx, seat, parent) : undefined;
      return parent && reply && { reply, shown: await showOnePost(tx, seat, parent, services.clock()) };
    });
    if (!found) return missing(services, c, seat);
    const { reply, shown } = found;
    const page = await deckPage(services, seat, {
      title: composeWords[seat.language].reply(reply.parentName),
      current: "none",
      content: shown,
      composer: composerHtml(seat, { ...reply, media: new Map() }),
    });
    return c.html(page.text);
  };
}

/** GET /deck/posts/:id/edit: a composer with one of our posts as it stands. */
export function showEdit(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const authority = seat.site.authority.id;
    const found = await services.db.read(authority, async (tx) => {
      const post = await findAskedPost(tx, c, seat);
      return (
        post && {
          post,
          media: await mediaById(
            tx,
            authority,
            post.attachments.map((attachment) => attachment.media),
          ),
        }
      );
    });
    if (!found || !isOwn(found.post)) return missing(services, c, seat);
    if (!speaksFor(c, found.post.account)) return notGranted(c);
    const page = await deckPage(services, seat, {
      title: composeWords[seat.language].edit,
      current: "none",
      content: html``,
      composer: composerHtml(seat, { composition: fromPost(found.post), media: found.media }),
    });
    return c.html(page.text);
  };
}

export function missing(services: Services, c: Context<Env>, seat: Seat): Promise<Response> {
  return errorPage(services, c, 404, { lead: deckWords[seat.language].thread.missing });
}

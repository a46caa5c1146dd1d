import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { isOwn } from "#domain/accounts/account.ts";
import { latestUnsent } from "#domain/drafts/list-drafts.ts";
import type { Transaction } from "#platform/database.ts";
import { html, type Html } from "#platform/html.ts";
import { showOnePost } from "../columns/show-one-post.ts";
import { putCanned } from "../care-rules/put-canned.ts";
import { findAskedPost } from "../find-asked-post.ts";
import { deckPage } from "../frame.ts";
import { notGranted, speaksFor } from "../guard.ts";
import { missingPage } from "../refusal-pages.ts";
import { seatOf, type Seat } from "../seat.ts";
import { deckWords } from "../words.ts";
import { composerHtml, noGrantHtml } from "./composer-html.ts";
import { blankFor, fromPost } from "./composition.ts";
import { fromDraft } from "./from-draft.ts";
import { composerFor } from "./give-back.ts";
import { replyTo } from "./reply-to.ts";
import { composeWords } from "./words.ts";

/** A composer in which nothing has been written. */
function blankComposer(seat: Seat): Html {
  if (!seat.acting) return noGrantHtml(seat);
  return composerHtml(seat, { composition: blankFor(seat.acting, seat.language), media: new Map() });
}

/** The composer as it stands on the deck: with what the person was writing, else blank. */
export async function deckComposer(tx: Transaction, seat: Seat, now: Temporal.Instant): Promise<Html> {
  if (!seat.acting) return noGrantHtml(seat);
  const begun = await latestUnsent(tx, seat.site.authority.id, seat.person, { mode: "new" }, now);
  return begun ? composerFor(tx, seat, { composition: fromDraft(begun, seat) }) : blankComposer(seat);
}

/** GET /deck/compose: the composer alone, for after something was published: what was begun before it comes back. */
export function showBlank(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const composer = await services.db.read(seat.site.authority.id, (tx) =>
      deckComposer(tx, seat, services.clock()),
    );
    return c.html(composer.text);
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
      if (!parent || !reply) return undefined;
      const canned = await putCanned(
        tx,
        seat,
        c.req.query("canned"),
        { reply, post: parent },
        services.clock(),
      );
      return {
        reply: canned.reply,
        warning: canned.warning,
        shown: await showOnePost(tx, seat, parent, services.clock()),
      };
    });
    if (!found) return missing(services, c, seat);
    const { reply, shown, warning } = found;
    const page = await deckPage(services, seat, {
      title: composeWords[seat.language].reply(reply.parentName),
      current: "none",
      content: html`${shown}${warning}`,
      composer: composerHtml(seat, reply),
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
      if (!post) return undefined;
      const begun = await latestUnsent(tx, authority, seat.person, { mode: "edit", post: post.id });
      const composition = begun ? fromDraft(begun, seat) : fromPost(post);
      return { post, composer: await composerFor(tx, seat, { composition }) };
    });
    if (!found || !isOwn(found.post)) return missing(services, c, seat);
    if (!speaksFor(c, found.post.account)) return notGranted(c);
    const page = await deckPage(services, seat, {
      title: composeWords[seat.language].edit,
      current: "none",
      content: html``,
      composer: found.composer,
    });
    return c.html(page.text);
  };
}

export function missing(services: Services, c: Context<Env>, seat: Seat): Promise<Response> {
  return missingPage(services, c, { lead: deckWords[seat.language].thread.missing });
}

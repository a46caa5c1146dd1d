import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { isOwn } from "#domain/accounts/account.ts";
import { deletePost } from "#domain/posts/delete-post.ts";
import { html } from "#platform/html.ts";
import { button, pageHead } from "#ui/controls.ts";
import { showOnePost } from "../columns/show-one-post.ts";
import { missing } from "../compose/show-composer.ts";
import { findAskedPost } from "../find-asked-post.ts";
import { deckPage } from "../frame.ts";
import { formText } from "../form-text.ts";
import { notGranted, speaksFor } from "../guard.ts";
import { deckPath, seatOf } from "../seat.ts";
import { deckWords } from "../words.ts";

/** GET /deck/posts/:id/delete: what it means, and the button that does it. */
export function askToDelete(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const authority = seat.site.authority.id;
    const found = await services.db.read(authority, async (tx) => {
      const post = await findAskedPost(tx, c, seat);
      return post && { post, shown: await showOnePost(tx, seat, post, services.clock()) };
    });
    if (!found || !isOwn(found.post)) return missing(services, c, seat);
    if (!speaksFor(c, found.post.account)) return notGranted(c);
    const words = deckWords[seat.language].delete;
    const page = await deckPage(services, seat, {
      title: words.title,
      current: "none",
      content: html`${pageHead({ title: words.title, lead: words.body })}${found.shown}
        <form class="row" method="post" action="${deckPath(seat, `/deck/posts/${found.post.id}/delete`)}">
          <input type="hidden" name="account" value="${found.post.account}" />
          ${button({ label: words.confirm, look: "danger", icon: "delete" })}${button({ label: words.cancel, look: "plain", href: deckPath(seat, "/deck") })}
        </form>`,
    });
    return c.html(page.text);
  };
}

/** POST /deck/posts/:id/delete */
export function doDelete(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const form = await c.req.formData();
    const account = speaksFor(c, formText(form, "account"));
    const seat = seatOf(c);
    if (!account || !seat) return notGranted(c);
    const authority = seat.site.authority.id;
    const done = await services.db.as(authority, async (tx) => {
      const post = await findAskedPost(tx, c, seat);
      if (!post) return { outcome: "not-ours" as const };
      return deletePost(
        tx,
        authority,
        { id: post.id, account: account.id, person: c.get("person").id },
        services.clock(),
      );
    });
    if (done.outcome === "not-ours") return missing(services, c, seat);
    return c.redirect(deckPath(seat, "/deck"), 303);
  };
}

import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { html, type Html, type Renderable } from "#platform/html.ts";
import { notice, pageHead } from "#ui/controls.ts";
import { errorSummary } from "#ui/form.ts";
import { uiWords } from "#ui/words.ts";
import type { FormError } from "../form-values.ts";
import { deckPage } from "../frame.ts";
import { deckPath, type Seat } from "../seat.ts";
import { decksWords, isDeckDone, type DeckDone } from "./words.ts";

/** A page about decks or lists: what is wrong stands first, or what has just been done. */
export async function contentPage(
  services: Services,
  c: Context<Env>,
  seat: Seat,
  view: {
    title: string;
    lead?: Renderable;
    actions?: Renderable;
    errors?: readonly FormError[];
    content: Html;
  },
): Promise<Response> {
  const { title, errors = [] } = view;
  const done = c.req.query("done");
  const page = await deckPage(services, seat, {
    title: errors.length > 0 ? `${uiWords[seat.language].errorPrefix} ${title}` : title,
    current: "decks",
    content: html`${errorSummary(errors, seat)}${pageHead({ title, lead: view.lead, actions: view.actions })}${
      isDeckDone(done) && errors.length === 0
        ? notice({ tone: "success", body: decksWords[seat.language].done[done], live: true }, seat)
        : null
    }${view.content}`,
  });
  return c.html(page.text, errors.length > 0 ? 422 : 200);
}

/** Back to a page with a code of what was done, never with words that a link could put into our mouth. */
export function backWith(c: Context<Env>, seat: Seat, path: string, done: DeckDone): Response {
  return c.redirect(deckPath(seat, path, { done }), 303);
}

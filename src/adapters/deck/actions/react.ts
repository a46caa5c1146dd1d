import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { react, undoReaction, type Reaction } from "#domain/posts/react.ts";
import { parseId } from "#platform/id.ts";
import { formText } from "../form-text.ts";
import { notGranted, speaksFor } from "../guard.ts";
import { backPath, seatOf } from "../seat.ts";
import { deckWords } from "../words.ts";

/** POST /deck/posts/:id/boost, favourite and their opposites, as the account that the form names. */
export function reactWith(services: Services, reaction: Reaction, wish: "do" | "undo") {
  return async (c: Context<Env>): Promise<Response> => {
    const form = await c.req.formData();
    const account = speaksFor(c, formText(form, "account"));
    const seat = seatOf(c);
    if (!account || !seat) return notGranted(c);
    const post = parseId<"post">(c.req.param("id"));
    if (!post) return c.notFound();
    const authority = seat.site.authority.id;
    const own = { reaction, post, account: account.id, person: c.get("person").id };
    const done = await services.db.as(authority, async (tx) =>
      wish === "do" ? await react(tx, authority, own) : await undoReaction(tx, authority, own),
    );
    const words = deckWords[seat.language].outcomes;
    if (done.outcome === "post-missing") return c.text(words.notFound, 404);
    if (done.outcome === "not-public") return c.text(words.notPublic, 422);
    return c.redirect(backPath(c, seat), 303);
  };
}

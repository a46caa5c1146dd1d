import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { definitionsOf } from "#domain/decks/read-decks.ts";
import { parseId } from "#platform/id.ts";
import { conversation } from "./columns/column-place.ts";
import { findOpenDeck } from "./columns/find-open-deck.ts";
import { guardWords } from "./guard-words.ts";
import { notGranted } from "./guard.ts";
import { hubOf } from "./live/hub.ts";
import { openLine, type Line, type Listener } from "./live/line.ts";
import { companyOf } from "./presence/company-of.ts";
import { seatOf, type Seat } from "./seat.ts";

/** So many pages one person has open at most: each costs all others a little. */
const mostLines = 40;

/**
 * GET /deck/stream: what happens, as server-sent events, from a number of the journal on: in the columns of a deck, or
 * (`thread`) in the conversation that a post is in.
 */
export function stream(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const after = c.req.header("last-event-id") ?? c.req.query("after");
    if (after !== undefined && !/^\d{1,18}$/.test(after))
      return c.text("after must be a number of the journal\n", 400);
    // Nobody would read the line, nor ever close it.
    if (c.req.method === "HEAD")
      return c.body(null, 200, { "content-type": "text/event-stream; charset=utf-8" });
    const shown = await whatIsShown(services, seat, c.req.query("thread"));
    if (!shown) return c.notFound();
    const hub = hubOf(services);
    const open = [...companyOf(services).lines(seat.site.authority.id)];
    if (open.filter((line) => line.person === seat.person).length >= mostLines)
      return c.text(`${guardWords[c.get("language")].tooFast}\n`, 429);
    const person = c.get("person");
    const who = { seat, session: person.session, person: person.id, ...shown };
    const onClose = (closed: Line) => {
      hub.leave(closed);
      companyOf(services).leave(closed);
    };
    const { line, body } = openLine(who, onClose, c.env?.outgoing);
    void hub.join(line, after);
    companyOf(services).join(line);
    return c.body(body, 200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      // Proxies must pass each event on at once.
      "x-accel-buffering": "no",
    });
  };
}

async function whatIsShown(
  services: Services,
  seat: Seat,
  thread: string | undefined,
): Promise<Pick<Listener, "deck" | "columns"> | undefined> {
  const post = parseId<"post">(thread);
  if (post) return { deck: undefined, columns: [{ ...conversation, subject: { post }, filters: {} }] };
  const deck = await findOpenDeck(services, seat);
  if (!deck) return undefined;
  const authority = seat.site.authority.id;
  return {
    deck: deck.id,
    columns: await services.db.read(authority, (tx) => definitionsOf(tx, authority, [deck.id])),
  };
}

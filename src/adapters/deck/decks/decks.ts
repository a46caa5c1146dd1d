import { Hono, type Context } from "hono";
import type { Env, Services } from "#context.ts";
import { makeDeck, removeDeck, renameDeck, shareDeck, type DeckChanged } from "#domain/decks/change-decks.ts";
import { mayChange, type Deck, type DeckId } from "#domain/decks/deck.ts";
import { findDeck, listDecks } from "#domain/decks/read-decks.ts";
import { namesOfPeople } from "#domain/people/person.ts";
import { html, type Html } from "#platform/html.ts";
import { parseId } from "#platform/id.ts";
import { button, emptyState, section } from "#ui/controls.ts";
import { field } from "#ui/form.ts";
import { icon } from "#ui/icon.ts";
import { formText } from "../form-text.ts";
import { errorOf, type FormError } from "../form-values.ts";
import { notGranted } from "../guard.ts";
import { askerOf, deckPath, seatOf, type Seat } from "../seat.ts";
import { refuse } from "../columns/ask-column.ts";
import { backWith, contentPage } from "./content-page.ts";
import { decksWords } from "./words.ts";

/** Decks: one's own and those of teams, made, named, shared and removed. */
export function deckListRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const { db } = services;
  const deck = "/deck/decks/:id{[1-9][0-9]{17,18}}";

  app.get("/deck/decks", async (c) => {
    const seat = seatOf(c);
    return seat ? page(services, c, seat, []) : notGranted(c);
  });

  app.post("/deck/decks", async (c) => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const name = formText(await c.req.formData(), "name");
    const authority = seat.site.authority.id;
    const made = await db.as(authority, (tx) => makeDeck(tx, authority, askerOf(seat), name));
    const { errors } = decksWords[seat.language];
    if (made.outcome === "name-missing")
      return page(services, c, seat, [{ id: "name", message: errors.name }]);
    if (made.outcome === "too-many")
      return page(services, c, seat, [{ id: "name", message: errors.tooMany }]);
    if (made.outcome !== "changed") return refuse(c, seat, made.outcome);
    return c.redirect(deckPath({ ...seat, deck: made.deck.id }, "/deck"), 303);
  });

  const changed = async (
    c: Context<Env>,
    done: "renamed" | "shared" | "unshared" | "removed",
    change: (seat: Seat, id: DeckId, form: FormData) => Promise<DeckChanged>,
  ): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const id = parseId<"deck">(c.req.param("id"));
    if (!id) return c.notFound();
    const result = await change(seat, id, await c.req.formData());
    const { errors } = decksWords[seat.language];
    if (result.outcome === "name-missing") {
      const message = done === "renamed" ? errors.name : errors.shareName;
      return page(services, c, seat, [{ id: `name-${id}`, message }]);
    }
    if (result.outcome !== "changed") return refuse(c, seat, result.outcome);
    return backWith(c, { ...seat, deck: undefined }, "/deck/decks", done);
  };
  const as = <T>(seat: Seat, work: Parameters<typeof db.as<T>>[1]) => db.as(seat.site.authority.id, work);

  app.post(`${deck}/name`, (c) =>
    changed(c, "renamed", (seat, id, form) =>
      as(seat, (tx) => renameDeck(tx, seat.site.authority.id, id, askerOf(seat), formText(form, "name"))),
    ),
  );
  app.post(`${deck}/share`, (c) =>
    changed(c, "shared", (seat, id) =>
      as(seat, (tx) => shareDeck(tx, seat.site.authority.id, id, askerOf(seat), true)),
    ),
  );
  app.post(`${deck}/unshare`, (c) =>
    changed(c, "unshared", (seat, id) =>
      as(seat, (tx) => shareDeck(tx, seat.site.authority.id, id, askerOf(seat), false)),
    ),
  );
  app.get(`${deck}/remove`, (c) => askToRemove(services, c));
  app.post(`${deck}/remove`, (c) =>
    changed(c, "removed", (seat, id) =>
      as(seat, (tx) => removeDeck(tx, seat.site.authority.id, id, askerOf(seat))),
    ),
  );
  return app;
}

async function page(
  services: Services,
  c: Context<Env>,
  seat: Seat,
  errors: readonly FormError[],
): Promise<Response> {
  const words = decksWords[seat.language];
  const authority = seat.site.authority.id;
  const { decks, makers } = await services.db.read(authority, async (tx) => {
    const decks = await listDecks(tx, authority, askerOf(seat));
    const makers = await namesOfPeople(
      tx,
      authority,
      decks.map((deck) => deck.madeBy),
    );
    return { decks, makers };
  });
  const listed = (some: readonly Deck[]) =>
    html`<ul class="plain-list decks">
      ${some.map((deck) => deckItem(seat, deck, makers.get(deck.madeBy), errors))}
    </ul>`;
  const own = decks.filter((deck) => deck.person !== null);
  const team = decks.filter((deck) => deck.person === null);
  return contentPage(services, c, seat, {
    title: words.title,
    lead: words.lead,
    errors,
    actions: button({
      label: words.toLists,
      look: "plain",
      icon: "list",
      href: deckPath(seat, "/deck/lists"),
    }),
    content: html`${own.length > 0 ? section({ title: words.own, body: listed(own) }) : null}${section({
      title: words.team,
      body: team.length > 0 ? listed(team) : emptyState({ title: words.noTeam, icon: "building" }),
    })}${section({ title: words.make, body: makeForm(seat, errors) })}`,
  });
}

function deckItem(seat: Seat, deck: Deck, maker: string | undefined, errors: readonly FormError[]): Html {
  const words = decksWords[seat.language];
  const shared = deck.person === null;
  const name = deck.name || words.unnamed;
  const about = html`<span class="visually-hidden"> ${name}</span>`;
  const path = (step: string) => deckPath({ ...seat, deck: undefined }, `/deck/decks/${deck.id}/${step}`);
  const id = `name-${deck.id}`;
  return html`<li>
    <div class="row">
      ${icon(shared ? "building" : "columns")}<strong>${name}</strong>
      ${shared && maker ? html`<span class="quiet small">${words.madeBy(maker)}</span>` : null}
      <a class="button plain" href="${deckPath({ ...seat, deck: deck.id }, "/deck")}">${words.open}${about}</a>
    </div>
    ${
      mayChange(deck, askerOf(seat))
        ? html`<form class="form" method="post" action="${path("name")}" novalidate>
              ${field({ name: "name", id, label: words.name, value: deck.name, required: true, maxLength: 100, ...errorOf(errors, id) }, seat)}
              <button class="button plain">${words.rename}${about}</button>
            </form>
            <div class="row">
              ${
                shared && deck.madeBy !== seat.person
                  ? null
                  : html`<form method="post" action="${path(shared ? "unshare" : "share")}">
                      <button class="button text">${shared ? words.unshare : words.share}${about}</button>
                    </form>`
              }
              <a class="button text" href="${path("remove")}">${words.remove}${about}</a>
            </div>`
        : null
    }
  </li>`;
}

function makeForm(seat: Seat, errors: readonly FormError[]): Html {
  const words = decksWords[seat.language];
  const path = deckPath({ ...seat, deck: undefined }, "/deck/decks");
  return html`<p class="quiet">${words.shareWhy}</p>
    <form class="form" method="post" action="${path}" novalidate>
      ${field({ name: "name", label: words.makeName, required: true, maxLength: 100, ...errorOf(errors, "name") }, seat)}
      ${button({ label: words.makeSubmit, icon: "plus" })}
    </form>`;
}

/** A deck is gone for everybody who has it, so it is asked first. */
async function askToRemove(services: Services, c: Context<Env>): Promise<Response> {
  const seat = seatOf(c);
  if (!seat) return notGranted(c);
  const id = parseId<"deck">(c.req.param("id"));
  const authority = seat.site.authority.id;
  const deck = id && (await services.db.read(authority, (tx) => findDeck(tx, authority, id, askerOf(seat))));
  if (!deck) return c.notFound();
  if (!mayChange(deck, askerOf(seat))) return refuse(c, seat, "not-yours");
  const words = decksWords[seat.language];
  const name = deck.name || words.unnamed;
  const away = { ...seat, deck: undefined };
  return contentPage(services, c, seat, {
    title: words.removeSure(name),
    lead: words.removeWhy(name),
    content: html`<form class="row" method="post" action="${deckPath(away, `/deck/decks/${deck.id}/remove`)}">
      ${button({ label: words.remove, look: "danger" })}${button({ label: words.keep, look: "text", href: deckPath(away, "/deck/decks") })}
    </form>`,
  });
}

import { Hono, type Context } from "hono";
import type { Env, Services } from "#context.ts";
import { notificationsOf } from "#domain/notifications/notification.ts";
import { sayNotified } from "#domain/notifications/notified.ts";
import { chooseLetters, findReader, letterKinds, markRead } from "#domain/notifications/reader.ts";
import { html, type Html } from "#platform/html.ts";
import { parseId } from "#platform/id.ts";
import { button, notice, pageHead, section } from "#ui/controls.ts";
import { checkbox } from "#ui/form.ts";
import { formText } from "../form-text.ts";
import { deckPage } from "../frame.ts";
import { notGranted } from "../guard.ts";
import { accountIds, deckPath, seatOf, type Seat } from "../seat.ts";
import { notificationItemsHtml } from "./items.ts";
import { notificationWords } from "./words.ts";

/** What a person is told, on a page of its own, and what they want letters about. */
export function notificationRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const { db } = services;
  app.get("/deck/notifications", (c) => showNotifications(services, c));

  app.post("/deck/notifications/read", async (c) => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const upTo = parseId<"notification">(formText(await c.req.formData(), "upTo"));
    const { id } = seat.site.authority;
    await db.as(id, async (tx) => {
      const reading = { person: seat.person, accounts: accountIds(seat) };
      const [newest] = await notificationsOf(tx, id, reading, { limit: 1 });
      // What nobody can have seen is not read: an id from the future would hide all that comes.
      const seen = upTo && newest && BigInt(upTo) < BigInt(newest.id) ? upTo : newest?.id;
      if (!seen) return;
      await markRead(tx, id, seat.person, seen);
      await sayNotified(tx, id, { persons: [seat.person], accounts: [] });
    });
    return c.redirect(deckPath(seat, "/deck/notifications"), 303);
  });

  app.post("/deck/notifications/letters", async (c) => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const form = await c.req.formData();
    const chosen = letterKinds.filter((kind) => form.has(kind));
    const { id } = seat.site.authority;
    await db.as(id, (tx) => chooseLetters(tx, id, seat.person, chosen));
    return c.redirect(deckPath(seat, "/deck/notifications", { done: "letters" }), 303);
  });
  return app;
}

async function showNotifications(services: Services, c: Context<Env>): Promise<Response> {
  const seat = seatOf(c);
  if (!seat) return notGranted(c);
  const words = notificationWords[seat.language];
  const before = parseId<"notification">(c.req.query("before"));
  const path = (query?: Record<string, string>) => deckPath(seat, "/deck/notifications", query);
  const { items, letters } = await services.db.read(seat.site.authority.id, async (tx) => ({
    items: await notificationItemsHtml(tx, seat, { before, isStill: true }, services.clock(), (last) =>
      path({ before: last }),
    ),
    ...(await findReader(tx, seat.site.authority.id, seat.person)),
  }));
  const page = await deckPage(services, seat, {
    title: words.title,
    current: "notifications",
    content: html`${pageHead({ title: words.title, lead: words.lead })}${
      c.req.query("done") === "letters"
        ? notice({ tone: "success", body: words.letters.saved, live: true }, seat)
        : null
    }${before ? html`<p><a href="${path()}">${words.newest}</a></p>` : null}
      <div class="column conversation told-list">${items}</div>
      ${lettersForm(seat, letters, services.mail !== undefined)}`,
  });
  return c.html(page.text);
}

function lettersForm(seat: Seat, letters: readonly string[], canMail: boolean): Html {
  const words = notificationWords[seat.language].letters;
  return section({
    title: words.title,
    body: html`<form class="form" method="post" action="${deckPath(seat, "/deck/notifications/letters")}">
      <p class="quiet">${canMail ? words.lead : words.none}</p>
      ${letterKinds.map((name) =>
        checkbox({ name, id: `letter-${name}`, label: words[name], checked: letters.includes(name) }, seat),
      )}
      <div class="row">${button({ label: words.save, look: "plain" })}</div>
    </form>`,
  });
}

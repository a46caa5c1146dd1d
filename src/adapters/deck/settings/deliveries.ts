import { Hono } from "hono";
import type { Env, Services } from "#context.ts";
import { listPeers, type Peer } from "#domain/deliveries/peer.ts";
import { tryNow } from "#domain/deliveries/try-now.ts";
import { html, type Renderable } from "#platform/html.ts";
import { defineWords, formatNumber } from "#platform/i18n.ts";
import { button, emptyState, table, time } from "#ui/controls.ts";
import { paths } from "#ui/staff-page.ts";
import type { Reader } from "#ui/words.ts";
import { readForm } from "../form-values.ts";
import { backTo, pathTo, readerOf, settingsPage } from "./page.ts";

/** How the servers that we send to have been answering. For administrators and moderators. */
export function deliveryRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();

  app.get(paths.deliveries, async (c) => {
    const { authority } = c.get("site");
    const said = words[c.get("language")];
    const reader = readerOf(services, c);
    const peers = await services.db.read(authority.id, (tx) => listPeers(tx, authority.id));
    const again = (peer: Peer) =>
      peer.waiting > 0
        ? html`<form method="post" action="${pathTo(c, paths.deliveries)}">
            <input type="hidden" name="host" value="${peer.host}" />${button({ label: said.tryNow, look: "text" })}
          </form>`
        : null;
    return settingsPage(services, c, {
      title: said.title,
      lead: said.lead,
      current: "deliveries",
      main:
        peers.length === 0
          ? emptyState({ title: said.none, body: said.noneWhy, icon: "send" })
          : table({
              caption: said.title,
              columns: [
                { label: said.server },
                { label: said.state },
                { label: said.waiting, numeric: true },
                { label: said.next, nowrap: true },
                { label: said.action, nowrap: true },
              ],
              rows: peers.map((peer) => [
                peer.host,
                stateOf(peer, reader),
                formatNumber(peer.waiting, reader.language),
                peer.waiting > 0 && peer.nextAt ? time(peer.nextAt, reader) : "–",
                again(peer) ?? "–",
              ]),
            }),
    });
  });

  app.post(paths.deliveries, async (c) => {
    const host = (await readForm(c)).text("host");
    const { authority } = c.get("site");
    const trying = await services.db.as(authority.id, (tx) => tryNow(tx, authority.id, host));
    return backTo(c, paths.deliveries, trying ? "trying" : "nothing-waiting");
  });

  return app;
}

function stateOf(peer: Peer, reader: Reader): Renderable {
  const said = words[reader.language];
  if (peer.failures > 0)
    return html`${said.failing(peer.failures)}${peer.failingSince ? html` ${said.since} ${time(peer.failingSince, reader)}` : null}${
      peer.error ? html`<br /><span class="quiet">${peer.error}</span>` : null
    }`;
  return peer.succeededAt ? html`${said.well} ${time(peer.succeededAt, reader)}` : said.untried;
}

const words = defineWords(
  {
    title: "Utskick",
    lead: "Servrarna som vi skickar till, de som krånglar först. En server som inte svarar får nya försök i en vecka och fördröjer ingen annan.",
    none: "Inget är skickat än",
    noneWhy: "När någon på en annan server följer er står den servern här.",
    server: "Server",
    state: "Läge",
    waiting: "Väntar",
    next: "Nästa försök",
    action: "Gör",
    tryNow: "Försök nu",
    failing: (count: number) => (count === 1 ? "1 misslyckat försök" : `${count} misslyckade försök`),
    since: "sedan",
    well: "Tog emot",
    untried: "Inte försökt än",
  },
  {
    title: "Deliveries",
    lead: "The servers that we send to, those in trouble first. A server that does not answer is tried for a week and delays nobody else.",
    none: "Nothing has been sent yet",
    noneWhy: "When somebody on another server follows you, that server is shown here.",
    server: "Server",
    state: "State",
    waiting: "Waiting",
    next: "Next attempt",
    action: "Do",
    tryNow: "Try now",
    failing: (count) => (count === 1 ? "1 failed attempt" : `${count} failed attempts`),
    since: "since",
    well: "Received",
    untried: "Not tried yet",
  },
);

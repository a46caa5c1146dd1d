import { Hono, type Context } from "hono";
import { fullHandle, type Env, type Services } from "#context.ts";
import type { TokenId } from "#domain/accounts/access-token.ts";
import { endConnection, listConnections, type Connection } from "#domain/accounts/oauth-connections.ts";
import { html, type Html } from "#platform/html.ts";
import { defineWords } from "#platform/i18n.ts";
import { parseId } from "#platform/id.ts";
import { button, descriptionList, emptyState, time } from "#ui/controls.ts";
import { scopesInWords } from "#ui/scope-words.ts";
import { paths } from "#ui/staff-page.ts";
import { backTo, pathTo, readerOf, settingsPage } from "./page.ts";

const apps = `${paths.own}/apps`;

/** The apps that one has allowed oneself. Nobody sees those of others. */
export function appRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();

  app.get(apps, (c) => appsPage(services, c));

  app.post(`${apps}/:token/revoke`, async (c) => {
    const token: TokenId | undefined = parseId<"access token">(c.req.param("token"));
    const { authority } = c.get("site");
    const ended =
      token &&
      (await services.db.as(authority.id, (tx) =>
        endConnection(tx, authority.id, c.get("person").id, token, services.clock()),
      ));
    return ended ? backTo(c, apps, "disconnected") : c.notFound();
  });

  return app;
}

async function appsPage(services: Services, c: Context<Env>): Promise<Response> {
  const said = words[c.get("language")];
  const { authority } = c.get("site");
  const connections = await services.db.read(authority.id, (tx) =>
    listConnections(tx, authority.id, c.get("person").id),
  );
  return settingsPage(services, c, {
    title: said.title,
    lead: said.lead,
    current: "own",
    main:
      connections.length === 0
        ? emptyState({ title: said.empty, body: said.emptyHint })
        : html`<ul class="plain-list stack">
            ${connections.map((connection) => entry(services, c, connection))}
          </ul>`,
  });
}

function entry(services: Services, c: Context<Env>, connection: Connection): Html {
  const language = c.get("language");
  const said = words[language];
  const reader = readerOf(services, c);
  const { name, handle } = connection.account;
  const domain = c.get("site").authority.handleDomain;
  const app = connection.app ?? said.commandLine;
  const may = scopesInWords(connection.scopes, language).map((line) => html`<li>${line}</li>`);
  const used =
    connection.lastUsedOn && Temporal.PlainDate.from(connection.lastUsedOn).toZonedDateTime(reader.zone);
  return html`<li class="section">
    <h2>${app}</h2>
    ${descriptionList([
      ...(connection.website ? [{ term: said.website, description: connection.website }] : []),
      { term: said.account, description: `${name} (${fullHandle({ handle, domain })})` },
      { term: said.may, description: html`<div class="prose"><ul>${may}</ul></div>` },
      { term: said.since, description: time(connection.createdAt, reader, "short") },
      { term: said.used, description: used ? time(used.toInstant(), reader, "short") : said.never },
    ])}
    <form method="post" action="${pathTo(c, `${apps}/${connection.id}/revoke`)}">
      ${button({ label: said.revoke(app), look: "plain" })}
    </form>
  </li>`;
}

const words = defineWords(
  {
    title: "Anslutna appar",
    lead: "Appar som du har tillåtit att läsa eller skriva i ditt namn. En app som du kopplar från kommer inte åt något mer. Det den har publicerat finns kvar.",
    empty: "Inga appar är anslutna",
    emptyHint:
      "Öppna en app för Mastodon och logga in med adressen till den här platsen. Då visas appen här.",
    commandLine: "Program med nyckel från den som driver platsen",
    website: "Webbplats",
    account: "Konto",
    may: "Får göra",
    since: "Ansluten",
    used: "Senast använd",
    never: "Inte än",
    revoke: (app: string) => `Koppla från ${app}`,
  },
  {
    title: "Connected apps",
    lead: "Apps that you have allowed to read or write in your name. An app that you disconnect can do nothing more. What it has published stays.",
    empty: "No apps are connected",
    emptyHint:
      "Open an app for Mastodon and sign in with the address of this place. The app is then shown here.",
    commandLine: "Program with a key from whoever runs this place",
    website: "Website",
    account: "Account",
    may: "May do",
    since: "Connected",
    used: "Last used",
    never: "Not yet",
    revoke: (app) => `Disconnect ${app}`,
  },
);

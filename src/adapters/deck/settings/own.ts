import { Hono, type Context } from "hono";
import { pathIn, type Env, type Services } from "#context.ts";
import { changeOwnDetails } from "#domain/people/change-person.ts";
import { listSessions, revokeSession, type SessionId } from "#domain/people/session.ts";
import { html } from "#platform/html.ts";
import { defineWords, languageNames, languages, type Language } from "#platform/i18n.ts";
import { parseId } from "#platform/id.ts";
import { button, chip, section, time } from "#ui/controls.ts";
import { field, radioGroup } from "#ui/form.ts";
import { paths } from "#ui/staff-page.ts";
import { errorOf, type FormError, readForm } from "../form-values.ts";
import { signOutForm } from "../sign-out-form.ts";
import { backTo, pathTo, readerOf, settingsPage } from "./page.ts";

/** One's own name, language and sessions. */
export function ownRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const { db, clock } = services;

  app.get(paths.own, (c) => ownPage(services, c, []));

  app.post(paths.own, async (c) => {
    const form = await readForm(c);
    const { authority } = c.get("site");
    const language: Language = form.text("language") === "en" ? "en" : "sv";
    const change = { name: form.text("name").slice(0, 200), language };
    const changed = await db.as(authority.id, (tx) =>
      changeOwnDetails(tx, authority.id, c.get("person").id, change),
    );
    if (changed.outcome === "name-missing")
      return ownPage(services, c, [{ id: "name", message: words[c.get("language")].nameMissing }]);
    const shown = authority.languages.includes(language) ? language : c.get("language");
    return c.redirect(`${pathIn(authority, shown, paths.own)}?done=saved`, 303);
  });

  app.post(`${paths.own}/sessions/:session/revoke`, async (c) => {
    const session = parseId<"session">(c.req.param("session"));
    const { authority } = c.get("site");
    const revoked =
      session &&
      (await db.as(authority.id, (tx) =>
        revokeSession(tx, authority.id, c.get("person").id, session, clock()),
      ));
    return revoked ? backTo(c, paths.own, "signed-out") : c.notFound();
  });

  app.post(`${paths.own}/sessions/revoke-others`, async (c) => {
    const { authority } = c.get("site");
    const { id, session: here } = c.get("person");
    await db.as(authority.id, async (tx) => {
      const open = await listSessions(tx, authority.id, id, clock());
      for (const { id: session } of open)
        if (session !== here) await revokeSession(tx, authority.id, id, session, clock());
    });
    return backTo(c, paths.own, "signed-out-elsewhere");
  });

  return app;
}

async function ownPage(services: Services, c: Context<Env>, errors: FormError[]): Promise<Response> {
  const said = words[c.get("language")];
  const reader = readerOf(services, c);
  const { authority } = c.get("site");
  const person = c.get("person");
  const sessions = await services.db.read(authority.id, (tx) =>
    listSessions(tx, authority.id, person.id, services.clock()),
  );
  return settingsPage(services, c, {
    title: said.title,
    lead: person.email,
    current: "own",
    errors,
    main: html`<form class="form" method="post" action="${pathTo(c, paths.own)}">
        ${field({ name: "name", label: said.name, hint: said.nameHint, value: person.name, required: true, autocomplete: "name", maxLength: 200, ...errorOf(errors, "name") }, reader)}${radioGroup(
          {
            name: "language",
            label: said.language,
            hint: said.languageHint,
            required: true,
            value: person.language,
            choices: languages.map((value) => ({ value, label: languageNames[value] })),
          },
          reader,
        )}
        <div class="row">${button({ label: said.save })}</div>
      </form>
      <p><a href="${pathTo(c, `${paths.care}/absence`)}">${said.absence}</a></p>
      <p><a href="${pathTo(c, `${paths.own}/apps`)}">${said.apps}</a></p>
      ${section({
        title: said.sessions,
        body: html`<ul class="plain-list stack">
            ${sessions.map((session) => row(c, session, reader, session.id === person.session))}
          </ul>
          <div class="row">
            ${
              sessions.length > 1
                ? html`<form method="post" action="${pathTo(c, `${paths.own}/sessions/revoke-others`)}">
                    ${button({ label: said.others, look: "plain" })}
                  </form>`
                : null
            }
            ${signOutForm(
              { site: c.get("site"), language: c.get("language"), person: person.id },
              button({ label: said.signOut, look: "plain", icon: "out" }),
            )}
          </div>`,
      })}`,
  });
}

function row(
  c: Context<Env>,
  session: { id: SessionId; device: string; createdAt: Temporal.Instant },
  reader: ReturnType<typeof readerOf>,
  here: boolean,
) {
  const said = words[c.get("language")];
  const device = session.device === "?" ? said.unknownDevice : session.device;
  return html`<li class="row">
    <span><strong>${device}</strong> <span class="quiet">${said.since} ${time(session.createdAt, reader)}</span></span>
    ${
      here
        ? chip(said.here, { look: "accent" })
        : html`<form method="post" action="${pathTo(c, `${paths.own}/sessions/${session.id}/revoke`)}">
            ${button({ label: said.revoke(device), look: "text" })}
          </form>`
    }
  </li>`;
}

const words = defineWords(
  {
    title: "Mina inställningar",
    name: "Ditt namn",
    nameHint: "Kollegor ser det vid det du skickar. Läsare ser det inte.",
    nameMissing: "Skriv ditt namn",
    language: "Ditt språk",
    languageHint: "Däcket öppnas på det och brev till dig skrivs på det.",
    save: "Spara",
    absence: "Skriv in när du är borta och vem som ersätter dig",
    apps: "Anslutna appar, som får läsa och skriva i ditt namn",
    sessions: "Där du är inloggad",
    since: "sedan",
    here: "här",
    unknownDevice: "Okänd enhet",
    revoke: (device: string) => `Logga ut ${device}`,
    others: "Logga ut överallt utom här",
    signOut: "Logga ut här",
  },
  {
    title: "My settings",
    name: "Your name",
    nameHint: "Colleagues see it beside what you send. Readers do not.",
    nameMissing: "Write your name",
    language: "Your language",
    languageHint: "The deck opens in it, and letters to you are written in it.",
    save: "Save",
    absence: "Enter when you are away and who stands in for you",
    apps: "Connected apps, which may read and write in your name",
    sessions: "Where you are signed in",
    since: "since",
    here: "here",
    unknownDevice: "Unknown device",
    revoke: (device) => `Sign out ${device}`,
    others: "Sign out everywhere but here",
    signOut: "Sign out here",
  },
);

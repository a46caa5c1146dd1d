import type { Context } from "hono";
import { fullHandle, type Env, type Services } from "#context.ts";
import { listOwnAccounts, type Account, type AccountId } from "#domain/accounts/account.ts";
import { listGrants } from "#domain/accounts/grants.ts";
import { listPeople, type Person, type PersonId } from "#domain/people/person.ts";
import { html } from "#platform/html.ts";
import { formatList } from "#platform/i18n.ts";
import { button, notice, section, table } from "#ui/controls.ts";
import { checkbox, field } from "#ui/form.ts";
import { paths } from "#ui/staff-page.ts";
import { errorOf, type FormError } from "../form-values.ts";
import { pathTo, settingsPage } from "./page.ts";
import { words } from "./people-words.ts";

type Grants = { person: PersonId; account: AccountId }[];

export async function peoplePage(
  services: Services,
  c: Context<Env>,
  view: { name: string; email: string; errors: FormError[] },
): Promise<Response> {
  const { authority } = c.get("site");
  const language = c.get("language");
  const said = words[language];
  const { people, accounts, grants } = await services.db.read(authority.id, async (tx) => ({
    people: await listPeople(tx, authority.id),
    accounts: await listOwnAccounts(tx, authority.id),
    grants: await listGrants(tx, authority.id),
  }));
  const rows = people.map((person) => [
    html`<a href="${pathTo(c, `${paths.people}/${person.id}`)}">${person.name}</a><br /><span class="quiet">${person.email}</span>`,
    formatList(
      person.roles.map((role) => said.roles[role].label),
      language,
    ) || "–",
    formatList(
      spokenFor(accounts, grants, person.id).map((account) => account.name),
      language,
    ) || "–",
  ]);
  return settingsPage(services, c, {
    title: said.title,
    lead: said.lead,
    current: "people",
    errors: view.errors,
    main: html`${table({
      caption: said.title,
      columns: [{ label: said.person }, { label: said.may }, { label: said.speaksFor }],
      rows,
    })}${section({
      title: said.add,
      body: html`<form class="form" method="post" action="${pathTo(c, paths.people)}">
        ${field({ name: "name", label: said.name, value: view.name, required: true, autocomplete: "off", maxLength: 200, ...errorOf(view.errors, "name") }, { language })}${field({ name: "email", label: said.email, hint: said.emailHint, type: "email", value: view.email, required: true, autocomplete: "off", ...errorOf(view.errors, "email") }, { language })}
        ${roleBoxes(c, undefined)}
        <div class="row">${button({ label: said.addButton })}</div>
      </form>`,
    })}`,
  });
}

export async function personPage(
  services: Services,
  c: Context<Env>,
  view: { person: Person; accounts: Account[]; grants: Grants },
): Promise<Response> {
  const { person, accounts } = view;
  const language = c.get("language");
  const said = words[language];
  const to = (path: string) => pathTo(c, `${paths.people}/${person.id}${path}`);
  const granted = new Set(spokenFor(accounts, view.grants, person.id).map((account) => account.id));
  return settingsPage(services, c, {
    title: person.name,
    lead: person.email,
    current: "people",
    main: html`<form class="form" method="post" action="${to("")}">
        ${roleBoxes(c, person)}
        <fieldset class="field">
          <legend class="label">${said.speaksFor}</legend>
          <div class="choices">
            ${accounts.map((account) =>
              checkbox(
                {
                  name: "account",
                  id: `account-${account.id}`,
                  value: account.id,
                  label: `${account.name} (${fullHandle(account)})`,
                  checked: granted.has(account.id),
                  required: false,
                },
                { language },
              ),
            )}
          </div>
        </fieldset>
        <div class="row">${button({ label: said.save })}</div>
      </form>
      ${section({
        title: said.link,
        body: html`<p>${said.linkWhy}</p>
          <form method="post" action="${to("/link")}">${button({ label: said.linkMake, look: "plain", icon: "link" })}</form>`,
      })}${section({
        title: said.end,
        body: html`<p id="end-why">${said.endWhy(person.name)}</p>
          <form method="post" action="${to("/end")}">
            ${button({ label: said.endButton(person.name), look: "danger", describedBy: "end-why" })}
          </form>`,
      })}`,
  });
}

/** Shown once, to the one who made it. */
export async function linkPage(
  services: Services,
  c: Context<Env>,
  person: Person,
  link: string,
): Promise<Response> {
  const said = words[c.get("language")];
  return settingsPage(services, c, {
    title: said.linkFor(person.name),
    current: "people",
    main: html`${notice({ tone: "warn", title: said.linkOnce, body: said.linkCare }, { language: c.get("language") })}
      <div class="body"><p><code translate="no">${link}</code></p></div>
      <div class="row">${button({ label: said.back, look: "plain", href: pathTo(c, `${paths.people}/${person.id}`) })}</div>`,
  });
}

function roleBoxes(c: Context<Env>, person: Person | undefined) {
  const said = words[c.get("language")];
  return html`<fieldset class="field">
    <legend class="label">${said.may}</legend>
    <div class="choices">
      ${(["admin", "moderator"] as const).map((role) =>
        checkbox(
          {
            name: "role",
            id: `role-${role}`,
            value: role,
            label: said.roles[role].label,
            hint: said.roles[role].hint,
            checked: person?.roles.includes(role) ?? false,
          },
          { language: c.get("language") },
        ),
      )}
    </div>
  </fieldset>`;
}

function spokenFor(accounts: Account[], grants: Grants, person: PersonId): Account[] {
  const own = new Set(grants.filter((grant) => grant.person === person).map((grant) => grant.account));
  return accounts.filter((account) => own.has(account.id));
}

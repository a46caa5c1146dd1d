import { Hono, type Context } from "hono";
import type { Env, Services } from "#context.ts";
import type { Account } from "#domain/accounts/account.ts";
import { accountCare, setAccountCare, type AccountCare } from "#domain/care/account-care.ts";
import { findPerson, listPeople } from "#domain/people/person.ts";
import { html } from "#platform/html.ts";
import { languages } from "#platform/i18n.ts";
import { parseId } from "#platform/id.ts";
import { button } from "#ui/controls.ts";
import { select, textarea } from "#ui/form.ts";
import { readForm } from "../form-values.ts";
import { findOwn, mayManage } from "../settings/may-manage.ts";
import { backTo, pathTo } from "../settings/page.ts";
import { notGranted } from "../guard.ts";
import { carePage, carePaths } from "./places.ts";
import { rulesWords } from "./rules-words.ts";

/** Who steps in for an account, and where it sends matters of one person. */
export function accountCareRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const { db } = services;
  const path = `${carePaths.rules}/accounts/:account`;

  app.get(path, async (c) => {
    const { authority } = c.get("site");
    const account = await findOwn(services, authority.id, c.req.param("account"));
    if (!account) return c.notFound();
    if (!mayManage(c, account)) return notGranted(c);
    const care = await db.read(authority.id, (tx) => accountCare(tx, authority.id, account.id));
    return accountPage(services, c, account, care);
  });

  app.post(path, async (c) => {
    const { authority } = c.get("site");
    const account = await findOwn(services, authority.id, c.req.param("account"));
    if (!account) return c.notFound();
    if (!mayManage(c, account)) return notGranted(c);
    const form = await readForm(c);
    const wayIn = (language: string) => form.text(`way-${language}`).slice(0, 1_000);
    const ways = { sv: wayIn("sv"), en: wayIn("en") };
    const asked = parseId<"person">(form.text("deputy"));
    await db.as(authority.id, async (tx) => {
      const deputy = asked ? await findPerson(tx, authority.id, asked) : undefined;
      const care: AccountCare = { deputy: deputy?.id ?? null, ways };
      await setAccountCare(tx, authority.id, account.id, care, c.get("person").id);
    });
    return backTo(c, carePaths.rules, "saved");
  });

  return app;
}

async function accountPage(
  services: Services,
  c: Context<Env>,
  account: Account,
  care: AccountCare,
): Promise<Response> {
  const { authority } = c.get("site");
  const language = c.get("language");
  const said = rulesWords[language];
  const people = await services.db.read(authority.id, (tx) => listPeople(tx, authority.id));
  const choices = [
    { value: "", label: said.nobody },
    ...people.map((person) => ({ value: person.id as string, label: person.name })),
  ];
  return carePage(services, c, {
    place: "rules",
    title: said.accountTitle(account.name),
    lead: said.accountLead,
    main: html`<form class="form" method="post" action="${pathTo(c, `${carePaths.rules}/accounts/${account.id}`)}">
      ${select({ name: "deputy", label: said.deputy, hint: said.deputyHint, value: care.deputy ?? "", choices }, { language })}${languages
        .filter((one) => authority.languages.includes(one))
        .map((one) =>
          textarea(
            {
              name: `way-${one}`,
              label: said.way[one],
              hint: said.wayHint,
              value: care.ways[one],
              rows: 3,
              maxLength: 1_000,
              language: one,
            },
            { language },
          ),
        )}
      <div class="row">${button({ label: said.save })}</div>
    </form>`,
  });
}

import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { listOwnAccounts, type Account } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { accountCare } from "#domain/care/account-care.ts";
import { loadCareRules, officeHoursIn, type CareRules } from "#domain/care/care-rules.ts";
import { writeOpenings } from "#domain/care/read-openings.ts";
import { eves, holidayName } from "#domain/checks/swedish-holidays.ts";
import { namesOfPeople } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import { html, type Html } from "#platform/html.ts";
import { button, notice, section, table } from "#ui/controls.ts";
import { checkbox, field, select } from "#ui/form.ts";
import type { Reader } from "#ui/words.ts";
import { errorOf, type FormError } from "../form-values.ts";
import { mayManage } from "../settings/may-manage.ts";
import { pathTo, readerOf } from "../settings/page.ts";
import { durationText } from "./duration.ts";
import { carePage, carePaths } from "./places.ts";
import { removeButton } from "./remove-button.ts";
import { rulesWords } from "./rules-words.ts";

export const weekdays = ["d1", "d2", "d3", "d4", "d5", "d6", "d7"] as const;

/** What stands in the forms when it could not be kept as it was. */
type RulesTyped = Partial<Record<string, string>>;

type Shown = {
  rules: CareRules;
  accounts: Account[];
  deputies: Map<string, string>;
  ways: Set<string>;
};

export async function rulesPage(
  services: Services,
  c: Context<Env>,
  errors: FormError[] = [],
  typed: RulesTyped = {},
): Promise<Response> {
  const { authority } = c.get("site");
  const said = rulesWords[c.get("language")];
  const reader = readerOf(services, c);
  const shown = await services.db.read(authority.id, (tx) => load(tx, authority.id));
  const admin = c.get("person").roles.includes("admin");
  return carePage(services, c, {
    place: "rules",
    title: said.title,
    lead: said.lead,
    errors,
    main: html`${admin ? null : notice({ tone: "info", body: said.onlyAdmins }, reader)}${section({
      title: said.hours,
      body: html`${admin ? hoursForm(c, shown.rules, errors, typed) : hoursList(shown.rules, reader)}${comingClosed(shown.rules, reader)}`,
    })}${section({ title: said.closedDays, body: closedDays(c, shown.rules, admin, errors, typed) })}${section(
      {
        title: said.targets,
        body: html`<p>${said.targetsLead}</p>
        ${targets(c, shown, admin, reader)}${admin ? targetForm(c, shown.accounts, errors, typed) : null}`,
      },
    )}${section({ title: said.accounts, body: accountList(c, shown) })}`,
  });
}

async function load(tx: Transaction, authority: AuthorityId): Promise<Shown> {
  const accounts = await listOwnAccounts(tx, authority);
  const cares = new Map<string, Awaited<ReturnType<typeof accountCare>>>();
  for (const account of accounts) cares.set(account.id, await accountCare(tx, authority, account.id));
  const names = await namesOfPeople(
    tx,
    authority,
    [...cares.values()].flatMap(({ deputy }) => deputy ?? []),
  );
  const deputies = [...cares].flatMap(([account, { deputy }]) =>
    deputy ? [[account, names.get(deputy) ?? ""] as const] : [],
  );
  const ways = [...cares].flatMap(([account, care]) => (care.ways.sv || care.ways.en ? [account] : []));
  return {
    rules: await loadCareRules(tx, authority),
    accounts,
    deputies: new Map(deputies),
    ways: new Set(ways),
  };
}

function hoursForm(c: Context<Env>, rules: CareRules, errors: FormError[], typed: RulesTyped): Html {
  const language = c.get("language");
  const said = rulesWords[language];
  const reader = { language };
  const ticked = typed["eves"] === undefined ? rules.eves : typed["eves"].split(" ");
  const days = weekdays.map((day, index) =>
    field(
      {
        name: day,
        label: said.days[day],
        value: typed[day] ?? writeOpenings(rules.week[index] ?? []),
        maxLength: 60,
        ...errorOf(errors, day),
      },
      reader,
    ),
  );
  return html`<form class="form" method="post" action="${pathTo(c, carePaths.rules)}">
    <p class="hint">${said.hoursHint}</p>
    <div class="week">${days}</div>
    <fieldset class="field">
      <legend class="label">${said.eves}</legend>
      <div class="choices">
        ${eves.map((eve) => checkbox({ name: "eve", id: eve, value: eve, label: said.eve[eve], checked: ticked.includes(eve) }, reader))}
      </div>
    </fieldset>
    ${field({ name: "deputyAfter", label: said.deputyAfter, hint: said.deputyAfterHint, value: typed["deputyAfter"] ?? formatHours(rules.deputyAfter, language), required: true, inputMode: "numeric", width: "short", maxLength: 6, ...errorOf(errors, "deputyAfter") }, reader)}
    <div class="row">${button({ label: said.saveHours })}</div>
  </form>`;
}

function hoursList(rules: CareRules, reader: Reader): Html {
  const said = rulesWords[reader.language];
  return html`<dl class="facts-list">
    ${weekdays.map(
      (day, index) =>
        html`<div>
          <dt>${said.days[day]}</dt>
          <dd>${writeOpenings(rules.week[index] ?? []) || said.closed}</dd>
        </div>`,
    )}
  </dl>`;
}

/** What the calendar makes of it, so that one sees whether it is right. */
function comingClosed(rules: CareRules, reader: Reader): Html | null {
  const said = rulesWords[reader.language];
  const hours = officeHoursIn(rules);
  const found = Array.from({ length: 200 }, (_, days) => reader.today.add({ days }))
    .filter((date) => (hours.week[date.dayOfWeek - 1] ?? []).length > 0 && hours.isClosed(date))
    .slice(0, 4);
  if (found.length === 0) return null;
  const items = found.map((date) => {
    const own = rules.closedDays.find(({ day }) => day === date.toString())?.name;
    return html`<li>${date.toString()} – ${holidayName(date, reader.language) ?? own}</li>`;
  });
  return html`<p class="hint">${said.next}:</p>
    <ul class="plain-list">
      ${items}
    </ul>`;
}

function closedDays(
  c: Context<Env>,
  rules: CareRules,
  admin: boolean,
  errors: FormError[],
  typed: RulesTyped,
): Html {
  const language = c.get("language");
  const said = rulesWords[language];
  const rows = rules.closedDays.map(
    ({ day, name }) =>
      html`<li class="row">
        <span><strong>${day}</strong> ${name}</span>
        ${
          admin
            ? html`<form method="post" action="${pathTo(c, `${carePaths.rules}/closed-days/remove`)}">
                <input type="hidden" name="day" value="${day}" />${removeButton(said.remove, day)}
              </form>`
            : null
        }
      </li>`,
  );
  return html`${
    rows.length > 0
      ? html`<ul class="plain-list">
          ${rows}
        </ul>`
      : html`<p class="quiet">${said.closedDaysNone}</p>`
  }${
    admin
      ? html`<form class="form" method="post" action="${pathTo(c, `${carePaths.rules}/closed-days`)}">
          ${field({ name: "day", label: said.day, type: "date", value: typed["day"] ?? "", required: true, width: "short", ...errorOf(errors, "day") }, { language })}${field({ name: "dayName", label: said.dayName, hint: said.dayNameHint, value: typed["dayName"] ?? "", required: true, maxLength: 100, ...errorOf(errors, "dayName") }, { language })}
          <div class="row">${button({ label: said.addDay, look: "plain" })}</div>
        </form>`
      : null
  }`;
}

function targets(c: Context<Env>, { rules, accounts }: Shown, admin: boolean, reader: Reader): Html {
  const said = rulesWords[reader.language];
  if (rules.targets.length === 0) return html`<p class="quiet">${said.targetsNone}</p>`;
  return table({
    caption: said.targets,
    columns: [
      { label: said.account },
      { label: said.tag },
      { label: said.time, numeric: true },
      ...(admin ? [{ label: said.action, nowrap: true }] : []),
    ],
    rows: rules.targets.map((target) => {
      const name = accounts.find((account) => account.id === target.account)?.name;
      const remove = html`<form method="post" action="${pathTo(c, `${carePaths.rules}/targets/remove`)}">
        <input type="hidden" name="target" value="${target.id}" />${removeButton(said.remove, `${name ?? said.allAccounts}, ${target.tag ?? said.anyTag}`)}
      </form>`;
      return [
        target.account === null ? said.allAccounts : (name ?? "–"),
        target.tag ?? said.anyTag,
        durationText(target.minutes * 60, reader.language, "office"),
        ...(admin ? [remove] : []),
      ];
    }),
  });
}

function targetForm(c: Context<Env>, accounts: Account[], errors: FormError[], typed: RulesTyped): Html {
  const language = c.get("language");
  const said = rulesWords[language];
  const choices = [
    { value: "", label: said.allAccounts },
    ...accounts.map((account) => ({ value: account.id as string, label: account.name })),
  ];
  return html`<form class="form" method="post" action="${pathTo(c, `${carePaths.rules}/targets`)}">
    ${select({ name: "account", label: said.account, value: typed["account"] ?? "", choices }, { language })}${field({ name: "tag", label: said.tag, hint: said.tagHint, value: typed["tag"] ?? "", maxLength: 50 }, { language })}${field({ name: "hours", label: said.targetHours, hint: said.targetHoursHint, value: typed["hours"] ?? "", required: true, width: "short", maxLength: 6, ...errorOf(errors, "hours") }, { language })}
    <div class="row">${button({ label: said.addTarget, look: "plain" })}</div>
  </form>`;
}

function accountList(c: Context<Env>, { accounts, deputies, ways }: Shown): Html {
  const said = rulesWords[c.get("language")];
  return html`<p>${said.accountsLead}</p>
    <ul class="plain-list">
      ${accounts.map(
        (account) =>
          html`<li class="row">
            <span
              ><strong>${account.name}</strong> ${said.deputy}: ${deputies.get(account.id) ?? said.nobody}. ${ways.has(account.id) ? said.hasWay : said.noWay}.</span
            >
            ${
              mayManage(c, account)
                ? html`<a href="${pathTo(c, `${carePaths.rules}/accounts/${account.id}`)}"
                    >${said.change}<span class="visually-hidden"> ${account.name}</span></a
                  >`
                : null
            }
          </li>`,
      )}
    </ul>`;
}

/** "4", "1,5": as one would type it. */
function formatHours(minutes: number, language: "sv" | "en"): string {
  // Two decimals give every whole minute back as it was.
  const hours = String(Number((minutes / 60).toFixed(2)));
  return language === "sv" ? hours.replace(".", ",") : hours;
}

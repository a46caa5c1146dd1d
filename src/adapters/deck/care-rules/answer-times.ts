import { Hono, type Context } from "hono";
import type { Env, Services } from "#context.ts";
import type { Account } from "#domain/accounts/account.ts";
import { isDay } from "#domain/care/absence.ts";
import {
  answerTimes,
  fewAnswers,
  waitingNow,
  type AnswerTimes,
  type Waiting,
} from "#domain/care/answer-times.ts";
import { html, type Html } from "#platform/html.ts";
import { formatNumber, type Language } from "#platform/i18n.ts";
import { button, section, table, time } from "#ui/controls.ts";
import { field } from "#ui/form.ts";
import type { Reader } from "#ui/words.ts";
import { errorOf, type FormError } from "../form-values.ts";
import { pathTo, readerOf } from "../settings/page.ts";
import { csvOf } from "./csv.ts";
import { durationText } from "./duration.ts";
import { accountsSeen } from "./may-keep.ts";
import { carePage, carePaths } from "./places.ts";
import { timesWords } from "./times-words.ts";

const usualDays = 90;
type Period = { from: string; until: string };

/** How long those who ask wait: for the accounts that one speaks for, and all of them for administrators. */
export function answerTimesRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();

  app.get(carePaths.times, async (c) => {
    const asked = periodIn(services, c);
    const good = isPeriod(asked);
    const shown = await load(services, c, good ? asked : usualPeriod(services, c));
    const error = { id: "until", message: timesWords[c.get("language")].badDays };
    return timesPage(services, c, asked, shown, good ? [] : [error]);
  });

  app.get(`${carePaths.times}/answer-times.csv`, async (c) => {
    const asked = periodIn(services, c);
    const period = isPeriod(asked) ? asked : usualPeriod(services, c);
    const { accounts, answered } = await load(services, c, period);
    c.header("content-type", "text/csv; charset=utf-8");
    c.header("content-disposition", `attachment; filename="answer-times-${period.from}-${period.until}.csv"`);
    return c.body(csvOf(csvRows(c.get("language"), accounts, answered)));
  });

  return app;
}

function usualPeriod(services: Services, c: Context<Env>): Period {
  const { today } = readerOf(services, c);
  return { from: today.subtract({ days: usualDays }).toString(), until: today.toString() };
}

function periodIn(services: Services, c: Context<Env>): Period {
  const usual = usualPeriod(services, c);
  return { from: c.req.query("from") ?? usual.from, until: c.req.query("until") ?? usual.until };
}

function isPeriod({ from, until }: Period): boolean {
  return isDay(from) && isDay(until) && from <= until;
}

async function load(services: Services, c: Context<Env>, { from, until }: Period) {
  const { authority } = c.get("site");
  const accounts = await accountsSeen(services, c);
  const start = (day: Temporal.PlainDate) => day.toZonedDateTime(authority.zone).toInstant();
  const asked = {
    accounts: accounts.map((account) => account.id),
    from: start(Temporal.PlainDate.from(from)),
    until: start(Temporal.PlainDate.from(until).add({ days: 1 })),
  };
  return services.db.read(authority.id, async (tx) => ({
    accounts,
    answered: await answerTimes(tx, authority.id, asked),
    waiting: await waitingNow(tx, authority.id, asked.accounts, services.clock()),
  }));
}

function timesPage(
  services: Services,
  c: Context<Env>,
  period: Period,
  { accounts, answered, waiting }: Awaited<ReturnType<typeof load>>,
  errors: FormError[],
): Promise<Response> {
  const said = timesWords[c.get("language")];
  const reader = readerOf(services, c);
  const query = new URLSearchParams(period).toString();
  return carePage(services, c, {
    place: "times",
    title: said.title,
    lead: said.lead,
    errors,
    main:
      accounts.length === 0
        ? html`<p>${said.noAccounts}</p>`
        : html`${section({ title: said.waiting, body: waitingTable(waiting, accounts, reader) })}${section({
            title: said.answered(period.from, period.until),
            body: html`<form class="form period" method="get" action="${pathTo(c, carePaths.times)}">
                ${field({ name: "from", label: said.from, type: "date", value: period.from, required: true, width: "short" }, reader)}${field({ name: "until", label: said.until, type: "date", value: period.until, required: true, width: "short", ...errorOf(errors, "until") }, reader)}
                <div class="row">${button({ label: said.show, look: "plain" })}</div>
              </form>
              ${answeredTable(said.answered(period.from, period.until), answered, accounts, reader)}
              <p class="hint">${said.explain}</p>
              ${
                answered.length > 0
                  ? html`<p>
                      <a href="${pathTo(c, `${carePaths.times}/answer-times.csv`)}?${query}" download>${said.csv}</a>
                    </p>`
                  : null
              }`,
          })}`,
  });
}

function waitingTable(rows: readonly Waiting[], accounts: readonly Account[], reader: Reader): Html {
  const said = timesWords[reader.language];
  const number = (value: number) => formatNumber(value, reader.language);
  if (rows.length === 0) return html`<p>${said.nothingWaits}</p>`;
  return table({
    caption: said.waiting,
    columns: [
      { label: said.account },
      { label: said.network },
      { label: said.number, numeric: true },
      { label: said.overdue, numeric: true },
      { label: said.oldest, nowrap: true },
    ],
    rows: told(rows).map((row) => [
      nameOf(accounts, row),
      networkName(row.network, reader.language),
      number(row.waiting),
      number(row.overdue),
      time(row.oldest, reader),
    ]),
  });
}

function answeredTable(
  caption: string,
  rows: readonly AnswerTimes[],
  accounts: readonly Account[],
  reader: Reader,
): Html {
  const said = timesWords[reader.language];
  if (rows.length === 0) return html`<p>${said.nothingAnswered}</p>`;
  const slowest = (row: AnswerTimes, unit: "office" | "clock") =>
    row.answers < fewAnswers
      ? html`<span class="quiet">${said.tooFew}</span>`
      : durationText(row[unit].ninetieth, reader.language, unit);
  return table({
    caption,
    columns: [
      { label: said.account },
      { label: said.network },
      { label: said.answers, numeric: true },
      { label: said.officeMedian, numeric: true },
      { label: said.officeNinetieth, numeric: true },
      { label: said.clockMedian, numeric: true },
      { label: said.clockNinetieth, numeric: true },
    ],
    rows: told(rows).map((row) => [
      nameOf(accounts, row),
      networkName(row.network, reader.language),
      formatNumber(row.answers, reader.language),
      durationText(row.office.median, reader.language, "office"),
      slowest(row, "office"),
      durationText(row.clock.median, reader.language, "clock"),
      slowest(row, "clock"),
    ]),
  });
}

/** Where an account is asked on one network only, its sum says nothing more. */
function told<Row extends { account: string; network: string | null }>(rows: readonly Row[]): Row[] {
  return rows.filter(
    (row) =>
      row.network !== null ||
      rows.filter((other) => other.account === row.account && other.network !== null).length > 1,
  );
}

function csvRows(language: Language, accounts: readonly Account[], rows: readonly AnswerTimes[]): string[][] {
  const said = timesWords[language];
  const seconds = (value: number) => String(Math.round(value));
  const slow = (row: AnswerTimes, value: number) => (row.answers < fewAnswers ? "" : seconds(value));
  const unit = " (s)";
  return [
    [
      said.account,
      said.network,
      said.answers,
      said.officeMedian + unit,
      said.officeNinetieth + unit,
      said.clockMedian + unit,
      said.clockNinetieth + unit,
    ],
    ...rows.map((row) => [
      nameOf(accounts, row),
      networkName(row.network, language),
      String(row.answers),
      seconds(row.office.median),
      slow(row, row.office.ninetieth),
      seconds(row.clock.median),
      slow(row, row.clock.ninetieth),
    ]),
  ];
}

function nameOf(accounts: readonly Account[], row: { account: string }): string {
  return accounts.find(({ id }) => id === row.account)?.name ?? "–";
}

function networkName(network: string | null, language: Language): string {
  const said = timesWords[language];
  if (network === null) return said.allNetworks;
  return network === "torg" || network === "fediverse" ? said.networks[network] : network;
}

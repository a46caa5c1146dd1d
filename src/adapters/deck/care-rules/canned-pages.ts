import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import type { Account } from "#domain/accounts/account.ts";
import { expiryOf, listCanned, type CannedAnswer, type CannedDraft } from "#domain/care/canned-answers.ts";
import { placeholders } from "#domain/care/placeholders.ts";
import { namesOfPeople } from "#domain/people/person.ts";
import { html, type Html } from "#platform/html.ts";
import { languageNames, languages } from "#platform/i18n.ts";
import { button, chip, emptyState, section, time } from "#ui/controls.ts";
import { field, select, textarea } from "#ui/form.ts";
import type { Reader } from "#ui/words.ts";
import { errorOf, type FormError } from "../form-values.ts";
import { pathTo, readerOf } from "../settings/page.ts";
import { cannedWords } from "./canned-words.ts";
import { accountsSeen, isAdmin, mayKeep } from "./may-keep.ts";
import { carePage, carePaths } from "./places.ts";

export async function cannedPage(services: Services, c: Context<Env>): Promise<Response> {
  const { authority } = c.get("site");
  const said = cannedWords[c.get("language")];
  const reader = readerOf(services, c);
  const accounts = await accountsSeen(services, c);
  const { answers, people } = await services.db.read(authority.id, async (tx) => {
    const answers = await listCanned(
      tx,
      authority.id,
      accounts.map((account) => account.id),
    );
    const writers = answers.flatMap((answer) => answer.writtenBy ?? []);
    return { answers, people: await namesOfPeople(tx, authority.id, writers) };
  });
  const needsCare = (answer: CannedAnswer) => ["expired", "soon"].includes(expiryOf(answer, reader.today));
  const [urgent, others] = [answers.filter(needsCare), answers.filter((answer) => !needsCare(answer))];
  const list = (some: CannedAnswer[]) =>
    html`<ul class="plain-list">
      ${some.map((answer) => row(c, answer, accounts, people, reader))}
    </ul>`;
  const make =
    accounts.length > 0 || isAdmin(c)
      ? button({ label: said.make, href: pathTo(c, `${carePaths.canned}/new`) })
      : null;
  return carePage(services, c, {
    place: "canned",
    title: said.title,
    lead: said.lead,
    main:
      answers.length === 0
        ? emptyState({
            title: said.none,
            body: said.noneWhy,
            icon: "reply",
            ...(make ? { action: make } : {}),
          })
        : html`<div class="row">${make}</div>
            ${urgent.length > 0 ? section({ title: said.needsCare, body: list(urgent) }) : null}${
              others.length > 0 ? section({ title: said.others, body: list(others) }) : null
            }`,
  });
}

function row(
  c: Context<Env>,
  answer: CannedAnswer,
  accounts: readonly Account[],
  people: Map<string, string>,
  reader: Reader,
): Html {
  const said = cannedWords[reader.language];
  const account = accounts.find(({ id }) => id === answer.account)?.name ?? said.all;
  const until = answer.expiresOn ?? "";
  const expiry = expiryOf(answer, reader.today);
  const state = {
    expired: chip(said.expired(until), { icon: "warn", look: "late" }),
    soon: chip(said.soon(until), { icon: "warn", look: "dashed" }),
    holds: chip(said.holds(until)),
    never: null,
  }[expiry];
  const name = mayKeep(c, answer.account)
    ? html`<a href="${pathTo(c, `${carePaths.canned}/${answer.id}`)}">${answer.name}</a>`
    : answer.name;
  return html`<li>
    <p class="row"><strong>${name}</strong>${state}</p>
    <p class="canned-text" lang="${answer.language}">${answer.text}</p>
    <p class="small quiet">
      ${account} · ${languageNames[answer.language]} · ${said.written} ${time(answer.writtenAt, reader, "short")}
      ${answer.writtenBy ? people.get(answer.writtenBy) : null}${
        answer.sourceUrl ? html` · <a href="${answer.sourceUrl}">${said.shownSource}</a>` : null
      }
    </p>
  </li>`;
}

export async function cannedFormPage(
  services: Services,
  c: Context<Env>,
  answer: CannedAnswer | undefined,
  draft: CannedDraft,
  errors: FormError[],
): Promise<Response> {
  const language = c.get("language");
  const said = cannedWords[language];
  const reader = { language };
  const admin = isAdmin(c);
  const choices = [
    ...(admin ? [{ value: "", label: said.all }] : []),
    ...(await accountsSeen(services, c)).map(({ id, name }) => ({ value: id as string, label: name })),
  ];
  const names = Object.values(placeholders)
    .map(([sv, en]) => `{${language === "sv" ? sv : en}}`)
    .join(", ");
  const path = answer ? `${carePaths.canned}/${answer.id}` : `${carePaths.canned}/new`;
  return carePage(services, c, {
    place: "canned",
    title: answer ? said.edit(answer.name) : said.make,
    errors,
    main: html`<form class="form" method="post" action="${pathTo(c, path)}">
        ${field({ name: "name", label: said.name, hint: said.nameHint, value: draft.name, required: true, maxLength: 200, ...errorOf(errors, "name") }, reader)}${textarea({ name: "text", label: said.text, hint: said.textHint(names), value: draft.text, required: true, rows: 6, maxLength: 5_000, language: draft.language, ...errorOf(errors, "text") }, reader)}${select({ name: "account", label: said.account, value: draft.account ?? "", choices, ...(admin ? {} : { hint: said.notAdmin }) }, reader)}${select({ name: "language", label: said.language, value: draft.language, required: true, choices: languages.map((value) => ({ value, label: languageNames[value] })) }, reader)}${field({ name: "source", label: said.source, hint: said.sourceHint, type: "url", value: draft.sourceUrl ?? "", maxLength: 2_000, ...errorOf(errors, "source") }, reader)}${field({ name: "expires", label: said.expires, hint: said.expiresHint, type: "date", value: draft.expiresOn ?? "", width: "short", ...errorOf(errors, "expires") }, reader)}
        <div class="row">${button({ label: said.keep })}</div>
      </form>
      ${
        answer
          ? html`<form method="post" action="${pathTo(c, `${path}/remove`)}">
              ${button({ label: said.remove, look: "danger" })}
            </form>`
          : null
      }`,
  });
}

import type { Context } from "hono";
import { fullHandle, type Env, type Services } from "#context.ts";
import { listOwnAccounts, type Account } from "#domain/accounts/account.ts";
import { mostFields, type Profile } from "#domain/accounts/change-profile.ts";
import { mediaById } from "#domain/media/media.ts";
import { html } from "#platform/html.ts";
import { accountRow } from "#ui/account.ts";
import { button, chip } from "#ui/controls.ts";
import { checkbox, field, radioGroup, textarea } from "#ui/form.ts";
import { presentAccount } from "#ui/present-post.ts";
import { paths } from "#ui/staff-page.ts";
import { errorOf, type FormError } from "../form-values.ts";
import { pictureTypes } from "../uploaded-picture.ts";
import { words } from "./account-words.ts";
import { mayManage } from "./may-manage.ts";
import { pathTo, settingsPage } from "./page.ts";

export type ProfileValues = Omit<Profile, "avatar" | "header" | "fields"> & {
  fields: { name: string; value: string; verified?: boolean }[];
};

export async function accountsPage(services: Services, c: Context<Env>): Promise<Response> {
  const site = c.get("site");
  const language = c.get("language");
  const said = words[language];
  const { accounts, media } = await services.db.read(site.authority.id, async (tx) => {
    const accounts = await listOwnAccounts(tx, site.authority.id);
    const pictures = accounts.flatMap((account) => account.avatar ?? []);
    return { accounts, media: await mediaById(tx, site.authority.id, pictures) };
  });
  const rows = accounts.map((account) => {
    const to = `${paths.accounts}/${account.id}`;
    const links = html`<a href="${pathTo(c, to)}">${said.describe}<span class="visually-hidden"> ${account.name}</span></a> ·
      <a href="${pathTo(c, `${to}/followers`)}">${said.followers}<span class="visually-hidden"> ${account.name}</span></a>`;
    return html`<li>${accountRow(presentAccount(site, language, account, media), mayManage(c, account) ? links : said.notYours)}</li>`;
  });
  return settingsPage(services, c, {
    title: said.title,
    lead: said.lead,
    current: "accounts",
    main: html`<ul class="plain-list account-list">
        ${rows}
      </ul>
      ${
        c.get("person").roles.includes("admin")
          ? html`<div class="row">${button({ label: said.open, href: pathTo(c, `${paths.accounts}/new`) })}</div>`
          : null
      }`,
  });
}

export function newAccountPage(
  services: Services,
  c: Context<Env>,
  view: {
    handle: string;
    name: string;
    kind: "authority" | "office";
    role: string;
    answers: string;
    speak: boolean;
    errors: FormError[];
  },
): Promise<Response> {
  const language = c.get("language");
  const said = words[language];
  const reader = { language };
  return settingsPage(services, c, {
    title: said.open,
    current: "accounts",
    errors: view.errors,
    main: html`<form class="form" method="post" action="${pathTo(c, `${paths.accounts}/new`)}">
      ${radioGroup(
        {
          name: "kind",
          label: said.kind,
          required: true,
          value: view.kind,
          choices: (["office", "authority"] as const).map((value) => ({ value, label: said.kinds[value] })),
        },
        reader,
      )}${field({ name: "handle", label: said.handle, hint: said.handleHint, value: view.handle, required: true, maxLength: 31, ...errorOf(view.errors, "handle") }, reader)}${field({ name: "name", label: said.name, hint: said.nameHint, value: view.name, required: true, maxLength: 200, ...errorOf(view.errors, "name") }, reader)}${field({ name: "role", label: said.role, hint: said.roleHint, value: view.role, maxLength: 200 }, reader)}${field({ name: "answers", label: said.answers, hint: said.answersHint, value: view.answers, maxLength: 300 }, reader)}${checkbox({ name: "speak", label: said.speak, checked: view.speak }, reader)}
      <div class="row">${button({ label: said.openButton })}</div>
    </form>`,
  });
}

export function profilePage(
  services: Services,
  c: Context<Env>,
  account: Account,
  values: ProfileValues,
  errors: FormError[],
): Promise<Response> {
  const language = c.get("language");
  const said = words[language];
  const reader = { language };
  const to = `${paths.accounts}/${account.id}`;
  const pictures = (["avatar", "header"] as const).map(
    (name) =>
      html`${field({ name, label: said[name], hint: said.pictureHint, type: "file", accept: pictureTypes, ...errorOf(errors, name) }, reader)}${
        account[name] ? checkbox({ name: `remove-${name}`, label: said.remove[name] }, reader) : null
      }`,
  );
  return settingsPage(services, c, {
    title: account.name,
    lead: html`${fullHandle(account)} · <a href="${pathTo(c, `/@${account.handle}`)}">${said.see}</a> ·
      <a href="${pathTo(c, `${to}/followers`)}">${said.followers}</a>`,
    current: "accounts",
    errors,
    main: html`<form class="form" method="post" enctype="multipart/form-data" action="${pathTo(c, to)}">
      ${field({ name: "name", label: said.name, hint: said.nameHint, value: values.name, required: true, maxLength: 200, ...errorOf(errors, "name") }, reader)}${field({ name: "role", label: said.role, hint: said.roleHint, value: values.role ?? "", maxLength: 200 }, reader)}${field({ name: "answers", label: said.answers, hint: said.answersHint, value: values.answers ?? "", maxLength: 300 }, reader)}${textarea({ name: "biography", label: said.biography, hint: said.biographyHint, value: values.biographySource, rows: 5, maxLength: 10_000 }, reader)}
      <fieldset class="field">
        <legend class="label">${said.fields}</legend>
        <p class="hint">${said.fieldsHint(`<a rel="me" href="${c.get("site").origin}/@${account.handle}">`)}</p>
        <div class="stack">${Array.from({ length: mostFields }, (_, index) => fieldPair(index, values, errors, language))}</div>
      </fieldset>
      ${pictures}${checkbox({ name: "locked", label: said.locked, hint: said.lockedHint, checked: values.locked }, reader)}${approvalField(c, account, values)}
      <div class="row">${button({ label: said.save })}</div>
    </form>`,
  });
}

/** Whoever waits for approval may not let themselves off it. */
function approvalField(c: Context<Env>, account: Account, values: ProfileValues) {
  const said = words[c.get("language")];
  if (!c.get("person").roles.includes("admin"))
    return html`<p class="hint">${account.approval ? said.approvalOn : said.approvalOff}</p>`;
  const { approval = false } = values;
  const view = { name: "approval", label: said.approval, hint: said.approvalHint, checked: approval };
  return checkbox(view, { language: c.get("language") });
}

function fieldPair(index: number, values: ProfileValues, errors: FormError[], language: "sv" | "en") {
  const said = words[language];
  const known = values.fields[index];
  const nth = String(index + 1);
  return html`<div>
    ${field({ name: "field-name", id: `field-name-${nth}`, label: said.fieldName(nth), value: known?.name ?? "", maxLength: 100, ...errorOf(errors, `field-name-${nth}`) }, { language })}${field({ name: "field-value", id: `field-value-${nth}`, label: said.fieldValue(nth), value: known?.value ?? "", maxLength: 1000 }, { language })}${
      known?.verified ? chip(said.verified, { icon: "check", look: "accent" }) : null
    }
  </div>`;
}

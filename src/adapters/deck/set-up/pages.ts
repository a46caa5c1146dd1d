import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { html, type Html } from "#platform/html.ts";
import { languages, type Language } from "#platform/i18n.ts";
import { accentScheme } from "#ui/colour.ts";
import { button, notice, pageHead } from "#ui/controls.ts";
import { errorSummary, field, radioGroup } from "#ui/form.ts";
import { brandMark, document } from "#ui/page.ts";
import { uiWords } from "#ui/words.ts";
import { errorOf, type FormError } from "../form-values.ts";
import { pictureTypes } from "../uploaded-picture.ts";
import type { SetUpValues } from "./read-set-up.ts";
import { words } from "./words.ts";

/** Whoever comes may read either language, and nobody has chosen yet: both are there. */
export function notSetUpPage(
  services: Services,
  c: Context<Env>,
  first: Language,
  status: 200 | 503,
): Response {
  const parts = [first, ...languages.filter((one) => one !== first)].map((language, index) => {
    const { not } = words[language];
    return html`<section lang="${language}" class="section">
      ${index === 0 ? pageHead({ title: not.title, lead: not.lead }) : html`<h2>${not.title}</h2><p>${not.lead}</p>`}
      <p>${not.how}</p>
      <p>${not.again} <code translate="no">npm run torg -- setup --help</code>.</p>
    </section>`;
  });
  if (status === 503) c.header("retry-after", "600");
  return c.html(
    frame(services, { language: first, title: words[first].not.title, main: html`${parts}` }).text,
    status,
  );
}

export function linkOverPage(services: Services, c: Context<Env>, language: Language): Response {
  const { over, not } = words[language];
  const main = html`${pageHead(over)}<p>${not.again} <code translate="no">npm run torg -- setup --help</code>.</p>`;
  return c.html(frame(services, { language, title: over.title, main }).text, 410);
}

export function elsewherePage(
  services: Services,
  c: Context<Env>,
  language: Language,
  link: string,
): Response {
  const { elsewhere } = words[language];
  const actions = button({ label: elsewhere.button, href: link, icon: "arrow" });
  const main = pageHead({ title: elsewhere.title, lead: elsewhere.lead, actions });
  return c.html(frame(services, { language, title: elsewhere.title, main }).text);
}

type View = { values: SetUpValues; errors: FormError[]; previewed?: boolean };

export function setUpPage(services: Services, c: Context<Env>, language: Language, view: View): Response {
  const { values, errors } = view;
  const said = words[language];
  const reader = { language };
  const wrong = (id: string) => errorOf(errors, id);
  const main = html`${pageHead({ title: said.title, lead: said.lead })}
    <form class="form" method="post" enctype="multipart/form-data" novalidate>
      ${errorSummary(errors, reader)}
      ${/* The first button is what Enter in a field presses: not the one that shows the colour. */ null}<button type="submit" hidden></button>
      <h2>${said.authority}</h2>
      ${field({ name: "name", label: said.name, hint: said.nameHint, value: values.name, required: true, autocomplete: "organization", ...wrong("name") }, reader)}${field({ name: "municipality", label: said.municipality, hint: said.municipalityHint, value: values.municipality, required: true, inputMode: "numeric", maxLength: 4, width: "short", ...wrong("municipality") }, reader)}${radioGroup(
        {
          name: "language",
          label: said.language,
          hint: said.languageHint,
          required: true,
          value: values.languages[0] ?? "sv",
          choices: [
            { value: "sv", label: said.swedish },
            { value: "en", label: said.english },
          ],
        },
        reader,
      )}${field({ name: "accent", label: said.accent, hint: said.accentHint, type: "color", value: values.accent ?? "", required: true, ...wrong("accent") }, reader)}
      ${view.previewed ? preview(values.accent ?? "", language) : null}
      <div class="row">${button({ label: said.preview, look: "plain", name: "preview", value: "1" })}</div>
      ${field({ name: "logo", label: said.logo, hint: said.logoHint, type: "file", accept: pictureTypes, ...wrong("logo") }, reader)}
      <h2>${said.addresses}</h2>
      ${field({ name: "domain", label: said.domain, hint: said.domainHint, value: values.domain, required: true, ...wrong("domain") }, reader)}${field({ name: "handle-domain", label: said.handleDomain, hint: said.handleDomainHint, value: values.handleDomain, required: true, ...wrong("handle-domain") }, reader)}
      <h2>${said.first}</h2>
      ${radioGroup(
        {
          name: "kind",
          label: said.kind,
          required: true,
          value: values.account.kind,
          choices: (["authority", "office"] as const).map((value) => ({ value, label: said.kinds[value] })),
        },
        reader,
      )}${field({ name: "handle", label: said.handle, hint: said.handleHint, value: values.account.handle, required: true, maxLength: 30, ...wrong("handle") }, reader)}${field({ name: "account-name", label: said.accountName, hint: said.accountNameHint, value: values.account.name, required: true, ...wrong("account-name") }, reader)}
      <h2>${said.you}</h2>
      ${field({ name: "admin-name", label: said.adminName, value: values.admin.name, required: true, autocomplete: "name", ...wrong("admin-name") }, reader)}${field({ name: "email", label: said.email, hint: said.emailHint, type: "email", value: values.admin.email, required: true, autocomplete: "email", ...wrong("email") }, reader)}
      <div class="row">${button({ label: said.create })}</div>
    </form>`;
  const title = errors.length > 0 ? `${uiWords[language].errorPrefix} ${said.title}` : said.title;
  return c.html(
    frame(services, { language, title, main, accent: values.accent, name: values.name }).text,
    errors.length > 0 ? 422 : 200,
  );
}

function preview(colour: string, language: Language): Html | null {
  const said = words[language];
  const scheme = accentScheme(colour);
  if (scheme.outcome !== "ok") return null;
  const { accent, adjusted } = scheme;
  return adjusted.light || adjusted.dark
    ? notice(
        {
          tone: "warn",
          title: said.previewTitle,
          body: said.previewed(accent.light, accent.dark),
          live: true,
        },
        { language },
      )
    : notice({ tone: "success", body: said.previewOk, live: true }, { language });
}

/** A page of nobody yet, in the standard colour or in the one being tried. */
function frame(
  services: Services,
  view: { language: Language; title: string; main: Html; accent?: string | undefined; name?: string },
): Html {
  const scheme = accentScheme(view.accent ?? "");
  const standard = { light: "#0b5c5f", dark: "#6bc1c4", onLight: "#ffffff", onDark: "#10110f" };
  const hex = scheme.outcome === "ok" ? (view.accent ?? "").replace("#", "") : "0b5c5f";
  const authority = {
    name: view.name || words[view.language].torg,
    accent: scheme.outcome === "ok" ? scheme.accent : standard,
    accentHref: `/set-up/accent/${hex}.css`,
    languages,
  };
  return document(
    {
      language: view.language,
      authority,
      title: view.title,
      robots: "noindex",
      assets: { styles: [services.assets.href("site.css")], scripts: [] },
    },
    html`<a class="skip" href="#main">${uiWords[view.language].skip}</a>
      <header class="masthead">
        <div class="wide"><span class="brand">${brandMark(authority)}<span>${authority.name}</span></span></div>
      </header>
      <div class="wide page"><main id="main" tabindex="-1">${view.main}</main></div>`,
  );
}

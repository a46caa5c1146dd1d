import type { Context } from "hono";
import { fullHandle, pathIn, type Env, type Services, type SignedIn } from "#context.ts";
import type { OauthApp } from "#domain/accounts/oauth-app.ts";
import { html, type Html, type Renderable } from "#platform/html.ts";
import { button, descriptionList, notice, pageHead, section } from "#ui/controls.ts";
import { errorSummary, radioGroup } from "#ui/form.ts";
import { scopesInWords } from "#ui/scope-words.ts";
import { sitePage } from "#ui/site-page.ts";
import { uiWords } from "#ui/words.ts";
import { signInPath } from "#signed-in.ts";
import {
  authorizePath,
  fieldsOf,
  type AskedWrongly,
  type Asking,
  type NobodyKnown,
} from "./authorize-request.ts";
import { consentWords } from "./consent-words.ts";
import { issuerOf } from "./metadata.ts";
import { answerAt, destinationOf, formActionOf, outOfBand } from "./redirect-uri.ts";

/** Who asks, for what, and for which account; and the two buttons. */
export async function consentPage(
  services: Services,
  c: Context<Env>,
  asking: Asking,
  person: SignedIn,
  accountMissing = false,
): Promise<Response> {
  const language = c.get("language");
  const said = consentWords[language];
  const { app } = asking;
  const { authority } = c.get("site");
  const [only, ...others] = person.accounts;
  const error = accountMissing ? said.accountMissing : undefined;
  const fields = [...fieldsOf(asking, language)].map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  const again = signInPath(c, `${authorizePath}?${fieldsOf(asking, language).toString()}`);
  const main = html`${pageHead({ title: said.title(app.name), lead: said.lead(app.name, authority.name) })}
    <form class="form" method="post" action="${pathIn(authority, language, authorizePath)}">
      ${errorSummary(error ? [{ id: "account", message: error }] : [], { language })}${fields}
      ${section({ title: said.who, body: whoAsks(asking, said) })}
      ${section({
        title: said.may,
        body: html`<div class="prose">
          <ul>
            ${scopesInWords(asking.scopes, language).map((line) => html`<li>${line}</li>`)}
          </ul>
        </div>`,
      })}
      ${radioGroup(
        {
          name: "account",
          label: said.account,
          hint: said.accountHint,
          required: true,
          ...(only && others.length === 0 ? { value: only.id } : {}),
          choices: person.accounts.map((account) => ({
            value: account.id,
            label: account.name,
            hint: fullHandle(account),
          })),
          ...(error ? { error } : {}),
        },
        { language },
      )}
      <div class="row">
        ${button({ label: said.allow, name: "answer", value: "allow" })}
        <button class="button plain" type="submit" name="answer" value="refuse" formnovalidate><span>${said.refuse}</span></button>
      </div>
      <p class="quiet">${said.withdraw}</p>
      <p class="quiet">${said.signedInAs(person.name)} <a href="${again}">${said.notYou}</a></p>
    </form>`;
  withPolicy(c, asking.redirectUri);
  const title = said.title(app.name);
  return show(
    services,
    c,
    error ? `${uiWords[language].errorPrefix} ${title}` : title,
    main,
    error ? 422 : 200,
  );
}

/** The code for an app that has no address: the person carries it over. */
export function codePage(
  services: Services,
  c: Context<Env>,
  asking: Asking,
  code: string,
): Promise<Response> {
  const { code: said } = consentWords[c.get("language")];
  const main = html`${pageHead({ title: said.title, lead: said.lead(asking.app.name) })}
    <div class="stack">
      ${descriptionList([{ term: said.label, description: html`<code id="code">${code}</code>` }])}
      ${notice({ tone: "warn", body: said.warning }, { language: c.get("language") })}
    </div>`;
  return show(services, c, said.title, main, 200);
}

export function noAccountPage(
  services: Services,
  c: Context<Env>,
  asking: Asking,
  person: SignedIn,
): Promise<Response> {
  const said = consentWords[c.get("language")];
  const error = { error: "access_denied", error_description: "The person may not speak for any account." };
  const main = html`${pageHead({
    title: said.nobody.title,
    lead: said.nobody.lead(asking.app.name),
    actions: wayBack(c, asking, error),
  })}
    <p class="quiet">${said.signedInAs(person.name)}</p>`;
  return show(services, c, said.nobody.title, main, 403);
}

/** Nothing comes of it, and why. Where the app may be answered, the person decides whether to go there. */
export function refusedPage(
  services: Services,
  c: Context<Env>,
  what: NobodyKnown | AskedWrongly | { outcome: "refused"; app: OauthApp },
): Promise<Response> {
  const said = consentWords[c.get("language")];
  switch (what.outcome) {
    case "unknown-app":
      return show(services, c, said.unknownApp.title, pageHead(said.unknownApp), 400);
    case "unknown-place": {
      const { title, lead } = said.unknownPlace;
      return show(services, c, title, pageHead({ title, lead: lead(what.app.name) }), 400);
    }
    case "refused": {
      const { title, lead } = said.refused;
      return show(services, c, title, pageHead({ title, lead: lead(what.app.name) }), 200);
    }
    case "asked-wrongly": {
      const { title, lead, error } = said.askedWrongly;
      const { error: code, description } = what;
      const actions = wayBack(c, what, { error: code, error_description: description });
      const main = html`${pageHead({ title, lead: lead(what.app.name), actions })}
        ${descriptionList([
          { term: error, description: html`<code>${code}</code> <span lang="en">${description}</span>` },
        ])}`;
      return show(services, c, title, main, 400);
    }
  }
}

/** This page's form may lead to the app, which no other page's may; and no page has a script here. */
export function withPolicy(c: Context<Env>, redirectUri: string): void {
  c.header(
    "content-security-policy",
    `default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action ${formActionOf(redirectUri)}; base-uri 'none'; frame-ancestors 'none'`,
  );
}

function whoAsks({ app, redirectUri }: Asking, said: (typeof consentWords)["sv"]): Html {
  return descriptionList([
    { term: said.name, description: app.name },
    ...(app.website ? [{ term: said.website, description: app.website }] : []),
    { term: said.destination, description: destination(redirectUri, said) },
  ]);
}

function destination(redirectUri: string, said: (typeof consentWords)["sv"]): Renderable {
  const to = destinationOf(redirectUri);
  switch (to.kind) {
    case "site":
      return said.site(to.host);
    case "app":
      return said.app(to.scheme);
    case "own-machine":
      return said.ownMachine;
    case "shown":
      return said.shown;
  }
}

function wayBack(
  c: Context<Env>,
  { redirectUri, state }: Pick<Asking, "redirectUri" | "state">,
  error: Record<string, string>,
): Html | null {
  if (redirectUri === outOfBand) return null;
  const said = consentWords[c.get("language")];
  const to = destinationOf(redirectUri);
  const label = to.kind === "site" ? said.back(to.host) : said.backToApp;
  const href = answerAt(redirectUri, { ...error, state, iss: issuerOf(c.get("site")) });
  return button({ label, look: "plain", href });
}

async function show(
  services: Services,
  c: Context<Env>,
  title: string,
  main: Html,
  status: 200 | 400 | 403 | 422,
): Promise<Response> {
  const at = { site: c.get("site"), language: c.get("language"), path: authorizePath };
  const page = await sitePage(services, at, { title, main, robots: "noindex", translated: false, feeds: [] });
  return c.html(page.text, status);
}

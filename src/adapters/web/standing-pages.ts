import type { Handler } from "hono";
import type { Env, Services } from "#context.ts";
import { listRules } from "#domain/moderation/rules.ts";
import { html, type Html } from "#platform/html.ts";
import { pageHead } from "#ui/controls.ts";
import { pageRequest, respond, type PageRequest } from "./page-request.ts";
import { aboutText } from "./texts/about.ts";
import { accessibilityText } from "./texts/accessibility.ts";
import { guidelinesText } from "./texts/guidelines.ts";
import { privacyText } from "./texts/privacy.ts";

/** A page that stands as it is until the settings change. */
export type StandingText = { title: string; lead: string; body: Html };

/** What the texts are filled in with. */
export type Facts = {
  name: string;
  origin: string;
  handleDomain: string;
  /** How to reach the authority: a link to its address, or words where none is set. */
  contact: Html;
  to: (path: string) => string;
};

export function aboutPage(services: Services): Handler<Env> {
  return standing(services, (request, facts) => aboutText[request.language](facts));
}

export function privacyPage(services: Services): Handler<Env> {
  return standing(services, (request, facts) => privacyText[request.language](facts));
}

export function accessibilityPage(services: Services): Handler<Env> {
  return standing(services, (request, facts) => accessibilityText[request.language](facts));
}

export function guidelinesPage(services: Services): Handler<Env> {
  return standing(services, async (request, facts) => {
    const { authority } = request.site;
    const rules = await services.db.read(authority.id, (tx) => listRules(tx, authority.id, request.language));
    return guidelinesText[request.language](facts, rules);
  });
}

function standing(
  services: Services,
  write: (request: PageRequest, facts: Facts) => StandingText | Promise<StandingText>,
): Handler<Env> {
  return async (c) => {
    const request = pageRequest(services, c);
    const text = await write(request, factsOf(request));
    return respond(services, c, request, {
      title: text.title,
      description: text.lead,
      openGraph: { type: "website", url: request.at(request.path) },
      main: html`${pageHead({ title: text.title, lead: text.lead })}
        <div class="body prose">${text.body}</div>`,
    });
  };
}

function factsOf(request: PageRequest): Facts {
  const { authority, origin } = request.site;
  const { email } = authority;
  const without = {
    sv: `${authority.name}s växel eller registrator`,
    en: `the switchboard or registrar of ${authority.name}`,
  };
  return {
    name: authority.name,
    origin,
    handleDomain: authority.handleDomain,
    contact: email ? html`<a href="mailto:${email}">${email}</a>` : html`${without[request.language]}`,
    to: request.to,
  };
}

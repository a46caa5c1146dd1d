import type { Context } from "hono";
import { pathIn, type Env, type Services } from "#context.ts";
import type { Person } from "#domain/people/person.ts";
import { html, type Html } from "#platform/html.ts";
import { button, pageHead } from "#ui/controls.ts";
import { errorSummary, field } from "#ui/form.ts";
import { sitePage } from "#ui/site-page.ts";
import { uiWords } from "#ui/words.ts";
import { words } from "./words.ts";

export async function askPage(
  services: Services,
  c: Context<Env>,
  view: { next: string; email?: string; wrong?: boolean },
): Promise<Response> {
  const language = c.get("language");
  const { ask } = words[language];
  const error = view.wrong ? ask.badEmail : undefined;
  return page(
    services,
    c,
    error ? `${uiWords[language].errorPrefix} ${ask.title}` : ask.title,
    html`${pageHead({ title: ask.title, lead: ask.lead })}
      <form class="form" method="post" action="${pathTo(c, "/sign-in")}">
        ${errorSummary(error ? [{ id: "email", message: error }] : [], { language })}${field(
          {
            name: "email",
            label: ask.email,
            hint: ask.emailHint,
            type: "email",
            autocomplete: "email",
            required: true,
            maxLength: 300,
            ...(view.email ? { value: view.email } : {}),
            ...(error ? { error } : {}),
          },
          { language },
        )}<input type="hidden" name="next" value="${view.next}" />
        <div class="row">${button({ label: ask.send, icon: "envelope" })}</div>
      </form>`,
    error ? 422 : 200,
  );
}

/** The same words whether the address is known or not. */
export async function sentPage(services: Services, c: Context<Env>, next: string): Promise<Response> {
  const said = services.mail ? words[c.get("language")].sent : words[c.get("language")].announced;
  const again = button({
    label: words[c.get("language")].sent.again,
    look: "plain",
    href: askAgain(c, next),
  });
  return page(
    services,
    c,
    said.title,
    html`${pageHead({ title: said.title, lead: said.lead })}
      <div class="stack"><p>${said.nothing}</p><div class="row">${again}</div></div>`,
    200,
  );
}

export async function waitPage(services: Services, c: Context<Env>): Promise<Response> {
  const { wait } = words[c.get("language")];
  c.header("retry-after", "900");
  return page(services, c, wait.title, pageHead(wait), 429);
}

export async function openPage(
  services: Services,
  c: Context<Env>,
  view: { person: Person; next: string },
): Promise<Response> {
  const { open } = words[c.get("language")];
  const lead = open.lead(view.person.name, c.get("site").authority.name);
  // The form goes back to its own address, so that the secret stands in the page nowhere else.
  return page(
    services,
    c,
    open.title,
    html`${pageHead({ title: open.title, lead })}
      <form class="form" method="post">
        <input type="hidden" name="next" value="${view.next}" />
        <div class="row">${button({ label: open.button, icon: "arrow" })}</div>
        <p class="quiet">${open.notYou}</p>
      </form>`,
    200,
  );
}

export async function overPage(services: Services, c: Context<Env>, next: string): Promise<Response> {
  const { over } = words[c.get("language")];
  const actions = button({ label: over.button, href: askAgain(c, next) });
  return page(services, c, over.title, pageHead({ title: over.title, lead: over.lead, actions }), 410);
}

export function pathTo(c: Context<Env>, path: string): string {
  return pathIn(c.get("site").authority, c.get("language"), path);
}

function askAgain(c: Context<Env>, next: string): string {
  return `${pathTo(c, "/sign-in")}${next === "/deck" ? "" : `?next=${encodeURIComponent(next)}`}`;
}

async function page(
  services: Services,
  c: Context<Env>,
  title: string,
  main: Html,
  status: 200 | 410 | 422 | 429,
): Promise<Response> {
  const view = { title, main, robots: "noindex", translated: false };
  const at = { site: c.get("site"), language: c.get("language"), path: "/sign-in" };
  return c.html((await sitePage(services, at, view)).text, status);
}

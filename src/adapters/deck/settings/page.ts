import type { Context } from "hono";
import { pathIn, type Env, type Services } from "#context.ts";
import { html, type Html, type Renderable } from "#platform/html.ts";
import { notice, pageHead } from "#ui/controls.ts";
import { errorSummary } from "#ui/form.ts";
import { staffPage, type StaffPlace } from "#ui/staff-page.ts";
import { type Reader, uiWords } from "#ui/words.ts";
import type { FormError } from "../form-values.ts";
import { doneWords, isDone, type Done } from "./done.ts";

export type SettingsView = {
  title: string;
  lead?: Renderable;
  current: StaffPlace;
  main: Html;
  /** Summed up first on the page; each leads to its field. */
  errors?: readonly FormError[];
};

/** A page of settings: what has just been done stands first, and errors before anything else. */
export async function settingsPage(
  services: Services,
  c: Context<Env>,
  view: SettingsView,
): Promise<Response> {
  const language = c.get("language");
  const { errors = [] } = view;
  const code = c.req.query("done");
  const done = isDone(code) ? doneWords[language][code] : undefined;
  const failed = isDone(code) && failures.has(code);
  const main = html`${pageHead({ title: view.title, ...(view.lead ? { lead: view.lead } : {}) })}
    <div class="stack">
      ${errorSummary(errors, { language })}${
        done && errors.length === 0
          ? notice({ tone: failed ? "error" : "success", body: done, live: true }, { language })
          : null
      }${view.main}
    </div>`;
  const page = await staffPage(
    services,
    { site: c.get("site"), language, person: c.get("person") },
    {
      title: errors.length > 0 ? `${uiWords[language].errorPrefix} ${view.title}` : view.title,
      current: view.current,
      main,
    },
  );
  return c.html(page.text, errors.length > 0 ? 422 : 200);
}

/** Back to a page with a code of what was done, never with words that a link could put into our mouth. */
export function backTo(c: Context<Env>, path: string, done: Done): Response {
  return c.redirect(`${pathTo(c, path)}?done=${done}`, 303);
}

export function pathTo(c: Context<Env>, path: string): string {
  return pathIn(c.get("site").authority, c.get("language"), path);
}

export function readerOf(services: Pick<Services, "clock">, c: Context<Env>): Reader {
  const { zone } = c.get("site").authority;
  return {
    language: c.get("language"),
    zone,
    today: services.clock().toZonedDateTimeISO(zone).toPlainDate(),
  };
}

const failures: ReadonlySet<Done> = new Set<Done>([
  "logo-failed",
  "picture-failed",
  "last-admin",
  "not-found",
  "rule-missing",
  "reason-missing",
  "ours",
  "already",
  "nothing-waiting",
]);

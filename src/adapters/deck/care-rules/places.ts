import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { attributes, html } from "#platform/html.ts";
import { defineWords } from "#platform/i18n.ts";
import { pathTo, settingsPage, type SettingsView } from "../settings/page.ts";

type CarePlace = keyof typeof carePaths;

/** Where the rules of answering are, without language. */
export const carePaths = {
  times: "/deck/settings/care",
  rules: "/deck/settings/care/rules",
  canned: "/deck/settings/care/canned",
  absence: "/deck/settings/care/absence",
  concerns: "/deck/settings/care/concerns",
} as const;

/** A page of these, with the way to the others. */
export function carePage(
  services: Services,
  c: Context<Env>,
  view: Omit<SettingsView, "current"> & { place: CarePlace },
): Promise<Response> {
  const { place, ...page } = view;
  const said = words[c.get("language")];
  const links = (Object.keys(carePaths) as CarePlace[]).map(
    (one) =>
      html`<li>
        <a${attributes({ href: pathTo(c, carePaths[one]), "aria-current": one === place ? "page" : undefined })}>${said.places[one]}</a>
      </li>`,
  );
  return settingsPage(services, c, {
    ...page,
    current: "care",
    main: html`<nav class="places" aria-label="${said.menu}">
        <ul>
          ${links}
        </ul>
      </nav>
      ${page.main}`,
  });
}

const words = defineWords(
  {
    menu: "Inkorgens inställningar",
    places: {
      times: "Svarstider",
      rules: "Tider och mål",
      canned: "Standardsvar",
      absence: "Frånvaro",
      concerns: "Rör det oss?",
    },
  },
  {
    menu: "Settings of the inbox",
    places: {
      times: "Answer times",
      rules: "Hours and targets",
      canned: "Canned answers",
      absence: "Absence",
      concerns: "Does it concern us?",
    },
  },
);

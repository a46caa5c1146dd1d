import { pathIn, type Services, type SignedIn, type Site } from "#context.ts";
import { attributes, html, type Html } from "#platform/html.ts";
import { defineWords, type Language } from "#platform/i18n.ts";
import { authorityView } from "./authority-view.ts";
import { brandMark, document } from "./page.ts";
import { uiWords } from "./words.ts";

export type StaffPlace = "own" | "accounts" | "care" | "people" | "authority" | "deliveries" | "moderation";
export type StaffPageView = { title: string; current?: StaffPlace; main: Html };

/** A page for staff beside the deck: the way back first, then the places that this person may open. */
export async function staffPage(
  services: Pick<Services, "assets" | "db">,
  at: { site: Site; language: Language; person: SignedIn },
  view: StaffPageView,
): Promise<Html> {
  const { site, language, person } = at;
  const authority = await authorityView(services, site.authority);
  const to = (path: string) => pathIn(site.authority, language, path);
  const link = (href: string, label: string, current: boolean) =>
    html`<li><a${attributes({ href: to(href), "aria-current": current ? "page" : undefined })}>${label}</a></li>`;
  return document(
    {
      language,
      authority,
      title: view.title,
      robots: "noindex",
      assets: {
        styles: [services.assets.href("site.css")],
        scripts: [services.assets.href("deck.js")],
        fonts: [services.assets.href("atkinson-hyperlegible-next-latin-wght-normal.woff2")],
      },
    },
    html`<a class="skip" href="#main">${uiWords[language].skip}</a>
      <header class="masthead">
        <div class="wide">
          <a class="brand" href="${to("/deck")}">${brandMark(authority)}<span>${authority.name}</span></a>
          <nav aria-label="${words[language].menu}">
            <ul>
              ${link("/deck", words[language].deck, false)}${placesFor(person).map((place) =>
                link(paths[place], words[language].places[place], view.current === place),
              )}
            </ul>
          </nav>
        </div>
      </header>
      <div class="wide page"><main id="main" tabindex="-1">${view.main}</main></div>`,
  );
}

/** Where each place is, without language. */
export const paths: Readonly<Record<StaffPlace, string>> = {
  own: "/deck/settings",
  accounts: "/deck/settings/accounts",
  care: "/deck/settings/care",
  people: "/deck/settings/people",
  authority: "/deck/settings/authority",
  deliveries: "/deck/settings/deliveries",
  moderation: "/deck/moderation",
};

function placesFor(person: SignedIn): StaffPlace[] {
  const admin = person.roles.includes("admin");
  const moderator = person.roles.includes("moderator");
  return [
    "own",
    "accounts",
    "care",
    ...(admin ? (["people", "authority"] as const) : []),
    ...(admin || moderator ? (["deliveries"] as const) : []),
    ...(moderator ? (["moderation"] as const) : []),
  ];
}

const words = defineWords(
  {
    menu: "Inställningar",
    deck: "Till däcket",
    places: {
      own: "Mitt",
      accounts: "Konton",
      care: "Inkorgen",
      people: "Personer",
      authority: "Myndigheten",
      deliveries: "Utskick",
      moderation: "Moderering",
    },
  },
  {
    menu: "Settings",
    deck: "To the deck",
    places: {
      own: "Mine",
      accounts: "Accounts",
      care: "Inbox",
      people: "People",
      authority: "Authority",
      deliveries: "Deliveries",
      moderation: "Moderation",
    },
  },
);

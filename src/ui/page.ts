import { attributes, type Html, html, raw } from "#platform/html.ts";
import { type Language, languageNames } from "#platform/i18n.ts";
import { initial } from "./avatar.ts";
import { icon, type IconName } from "./icon.ts";
import { uiWords } from "./words.ts";

export type AuthorityView = {
  name: string;
  /** Hex colours from `accentScheme`; for mails and previews. Pages get them by `accentHref`. */
  accent: { light: string; dark: string; onLight: string; onDark: string };
  /** The stylesheet made by `accentStylesheet`, as `/assets/authority-<hash>.css`. */
  accentHref: string;
  logo?: { src: string; alt: string; width: number; height: number };
  languages: readonly Language[];
};

/** Built files with their hashed names. `fonts` are fetched early; name only the Latin upright one. */
export type PageAssets = { styles: readonly string[]; scripts: readonly string[]; fonts?: readonly string[] };

export type PublicLinks = {
  home: string;
  accounts: string;
  search: string;
  about: string;
  privacy: string;
  accessibility: string;
  guidelines: string;
};

export type OpenGraph = {
  type: "website" | "article" | "profile";
  url: string;
  title?: string;
  description?: string;
  image?: { src: string; alt: string; width: number; height: number };
};

export type Feed = {
  href: string;
  title: string;
  type: "application/rss+xml" | "application/atom+xml" | "application/feed+json";
};

export type PublicPageView = {
  language: Language;
  authority: AuthorityView;
  assets: PageAssets;
  links: PublicLinks;
  /** Without the authority's name, which is added. */
  title: string;
  description?: string;
  /** Absolute address of this page. */
  canonical?: string;
  /** The same page in other languages, as path or address. */
  alternates?: readonly { language: Language; href: string }[];
  /** The first of them is shown in the footer, all are in the head. */
  feeds?: readonly Feed[];
  openGraph?: OpenGraph;
  /** "noindex" where it must not be found. */
  robots?: string;
  /** Further elements of the head: rel=me, oEmbed, alternates of other kinds. */
  head?: Html;
  bodyClass?: string;
  current?: "home" | "accounts" | "search";
  main: Html;
  aside?: Html;
};

/** A whole public page. Complete without scripts; nothing in it comes from another host. */
export function publicPage(view: PublicPageView): Html {
  const { language, authority, links } = view;
  const words = uiWords[language];
  const nav = (["home", "accounts", "search"] as const).map(
    (name) =>
      html`<li><a${attributes({ href: links[name], "aria-current": view.current === name ? "page" : undefined })}>${name === "search" ? icon("search") : null}${words[name]}</a></li>`,
  );
  return document(
    view,
    html`<a class="skip" href="#main">${words.skip}</a>
      <header class="masthead">
        <div class="wide">
          <a class="brand" href="${links.home}">${brandMark(authority)}<span>${authority.name}</span></a>
          <nav aria-label="${words.mainMenu}">
            <ul>
              ${nav}
            </ul>
          </nav>
        </div>
      </header>
      <div class="wide page${view.aside ? " with-aside" : ""}">
        <main id="main" tabindex="-1">${view.main}</main>
        ${view.aside ? html`<aside class="aside">${view.aside}</aside>` : null}
      </div>
      ${footer(view)}`,
  );
}

export type DocumentView = Pick<
  PublicPageView,
  | "language"
  | "authority"
  | "assets"
  | "title"
  | "description"
  | "canonical"
  | "alternates"
  | "feeds"
  | "openGraph"
  | "robots"
  | "head"
  | "bodyClass"
>;

/** The document around a body: what `publicPage` and the deck share. */
export function document(view: DocumentView, body: Html): Html {
  const { authority, assets, openGraph: og } = view;
  const title = view.title === authority.name ? view.title : `${view.title} – ${authority.name}`;
  return html`${raw("<!doctype html>")}
<html lang="${view.language}">
<head><meta charset="utf-8"><title>${title}</title><meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content"><meta name="color-scheme" content="light dark">${(
    assets.fonts ?? []
  ).map(
    (href) => html`<link rel="preload" href="${href}" as="font" type="font/woff2" crossorigin />`,
  )}${[...assets.styles, authority.accentHref].map((href) => html`<link rel="stylesheet" href="${href}" />`)}${assets.scripts.map(
    (src) => html`<script type="module" src="${src}"></script>`,
  )}${meta("description", view.description)}${meta("robots", view.robots)}${
    view.canonical ? html`<link rel="canonical" href="${view.canonical}" />` : null
  }${(view.alternates ?? []).map((one) => html`<link rel="alternate" hreflang="${one.language}" href="${one.href}" />`)}${(
    view.feeds ?? []
  ).map(
    (feed) => html`<link rel="alternate" type="${feed.type}" title="${feed.title}" href="${feed.href}" />`,
  )}${og ? openGraph(og, view) : null}${view.head}</head>
<body${attributes({ class: view.bodyClass })}>
${body}
</body>
</html>
`;
}

/** The authority's logo, or a plain shield with its initial in its colour. */
export function brandMark(authority: Pick<AuthorityView, "name" | "logo">): Html {
  const { logo } = authority;
  // The name stands beside it: a logo's own text would be read twice.
  if (logo)
    return html`<img class="logo" src="${logo.src}" alt="" width="${logo.width}" height="${logo.height}" />`;
  return html`<svg class="crest" viewBox="0 0 36 40" aria-hidden="true">
    <path d="M0 0h36v21c0 9-7 15-18 19C7 36 0 30 0 21z" />
    <text x="18" y="25" text-anchor="middle">${initial(authority.name)}</text>
  </svg>`;
}

function footer(view: PublicPageView): Html {
  const { links, authority, language } = view;
  const words = uiWords[language];
  const items = (["about", "guidelines", "privacy", "accessibility"] as const).map(
    (name) => html`<li><a href="${links[name]}">${words[name]}</a></li>`,
  );
  const feed = view.feeds?.[0];
  const others = (view.alternates ?? []).filter((one) => one.language !== language);
  return html`<footer class="foot">
    <div class="wide">
      <div class="foot-who">
        <p class="foot-name">${authority.name}</p>
        <p>${words.responsible(authority.name)}</p>
        ${view.canonical ? html`<p class="foot-address">${view.canonical}</p>` : null}
      </div>
      <nav aria-label="${words.footMenu}">
        <ul>
          ${items}
        </ul>
        <ul>
          ${feed ? html`<li>${iconLink("feed", feed.href, words.follow)}</li>` : null}${others.map(
            (one) =>
              html`<li>
                <a href="${one.href}" hreflang="${one.language}" lang="${one.language}" rel="alternate"
                  >${icon("globe")}${languageNames[one.language]}</a
                >
              </li>`,
          )}
        </ul>
      </nav>
      <p class="foot-torg">${words.runsOn}</p>
    </div>
  </footer>`;
}

function iconLink(name: IconName, href: string, label: string): Html {
  return html`<a href="${href}">${icon(name)}${label}</a>`;
}

function openGraph(og: OpenGraph, view: DocumentView): Html {
  const properties: readonly (readonly [string, string | number | undefined])[] = [
    ["type", og.type],
    ["url", og.url],
    ["title", og.title ?? view.title],
    ["description", og.description ?? view.description],
    ["site_name", view.authority.name],
    ["locale", view.language === "sv" ? "sv_SE" : "en_GB"],
    ["image", og.image?.src],
    ["image:alt", og.image?.alt],
    ["image:width", og.image?.width],
    ["image:height", og.image?.height],
  ];
  return html`${properties.map(([name, value]) =>
    value === undefined ? null : html`<meta property="og:${name}" content="${value}" />`,
  )}`;
}

function meta(name: string, content: string | undefined): Html | null {
  return content === undefined ? null : html`<meta name="${name}" content="${content}" />`;
}

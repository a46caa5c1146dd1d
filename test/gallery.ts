/** Writes every kind of page as static files, to be looked at: `node test/gallery.ts FOLDER [CSS FOLDER]`. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { accentScheme, accentStylesheet } from "#ui/colour.ts";
import { type AuthorityView, publicPage } from "#ui/page.ts";
import { deckPage } from "./gallery-deck.ts";
import * as pages from "./gallery-pages.ts";

const folder = process.argv[2];
if (!folder) throw new Error("Say which folder to write to.");

const scheme = accentScheme("#0b5c5f");
if (scheme.outcome !== "ok") throw new Error("The example colour is not a colour.");

export const authority: AuthorityView = {
  name: "Exempelkommun",
  accent: scheme.accent,
  accentHref: "assets/authority.css",
  languages: ["sv", "en"],
};

mkdirSync(path.join(folder, "assets"), { recursive: true });
mkdirSync(path.join(folder, "images"), { recursive: true });
writeFileSync(path.join(folder, "assets/authority.css"), accentStylesheet(scheme.accent));

const svg = (inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 800" width="1200" height="800">${inside}</svg>`;
const images = {
  pool: svg(
    '<path fill="#dfe5e4" d="M0 0h1200v800H0z"/><path fill="#7fa9b5" d="M120 800 420 300h360l300 500z"/><path stroke="#f4f4ef" stroke-width="8" d="m330 800 180-500m90 500V300m270 500L690 300"/><path fill="#b9c4c2" d="M0 0h1200v120H0z"/>',
  ),
  plan: svg(
    '<path fill="#f7f5ee" d="M0 0h1200v800H0z"/><path fill="none" stroke="#4b4a44" stroke-width="10" d="M150 120h900v560H150zM150 400h400M550 120v380M750 680V420h300"/>',
  ),
  field: svg(
    '<path fill="#cfdbe0" d="M0 0h1200v430H0z"/><path fill="#c9b46a" d="M0 430h1200v370H0z"/><path fill="#4c5f45" d="M0 430c60-60 90-10 150-50s120 20 200-10 130 30 220 0 190 20 280-20 160 40 350 10v70z"/>',
  ),
};
for (const [name, text] of Object.entries(images))
  writeFileSync(path.join(folder, `images/${name}.svg`), text);

const all = {
  home: pages.home,
  thread: pages.threadPage,
  article: pages.articlePage,
  account: pages.accountPage,
  error: pages.errorPage,
  form: pages.formPage,
};
for (const [name, page] of Object.entries(all)) {
  const text = publicPage({
    language: "sv",
    authority,
    assets: { styles: ["assets/site.css"], scripts: [] },
    links: {
      home: "home.html",
      accounts: "account.html",
      search: "#sok",
      about: "#om",
      privacy: "#personuppgifter",
      accessibility: "#tillganglighet",
      guidelines: "#regler",
    },
    alternates: [
      { language: "sv", href: `${name}.html` },
      { language: "en", href: `en-${name}.html` },
    ],
    feeds: [{ href: "feed.rss", title: "Exempelkommun", type: "application/rss+xml" }],
    description: "En sida i galleriet",
    ...page,
  }).text;
  writeFileSync(path.join(folder, `${name}.html`), text);
}
writeFileSync(path.join(folder, "deck.html"), deckPage(authority).text);

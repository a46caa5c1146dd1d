import { pathIn, type Services, type Site } from "#context.ts";
import { html, type Html } from "#platform/html.ts";
import type { Language } from "#platform/i18n.ts";
import { authorityView } from "./authority-view.ts";
import { type Feed, publicPage, type PublicLinks, type PublicPageView } from "./page.ts";

/** Where a page stands: its path without language, with the part of its query that makes it another page. */
export type PlaceOfPage = { site: Site; language: Language; path: string };
export type SiteView = Omit<PublicPageView, "language" | "authority" | "assets" | "links" | "alternates"> & {
  /** False where the path is no page in other languages, or none at all. */
  translated?: boolean;
};

/** A public page in the look of its authority. */
export async function sitePage(
  services: Pick<Services, "assets" | "db">,
  at: PlaceOfPage,
  view: SiteView,
): Promise<Html> {
  const { site, language, path } = at;
  const { translated = true, ...page } = view;
  return publicPage({
    feeds: feedsAt(site, "", site.authority.name),
    ...page,
    head: html`<link rel="icon" href="/favicon.svg" type="image/svg+xml" /><link rel="search" type="application/opensearchdescription+xml" title="${site.authority.name}" href="/opensearch.xml" />${page.head}`,
    language,
    authority: await authorityView(services, site.authority),
    assets: {
      styles: [services.assets.href("site.css")],
      scripts: [],
      fonts: [services.assets.href("atkinson-hyperlegible-next-latin-wght-normal.woff2")],
    },
    links: publicLinks(site, language),
    alternates: translated
      ? site.authority.languages.map((one) => ({
          language: one,
          href: `${site.origin}${pathIn(site.authority, one, path)}`,
        }))
      : [],
  });
}

export function publicLinks(site: Site, language: Language): PublicLinks {
  const to = (path: string) => pathIn(site.authority, language, path);
  return {
    home: to("/"),
    accounts: to("/accounts"),
    search: to("/search"),
    about: to("/about"),
    privacy: to("/privacy"),
    accessibility: to("/accessibility"),
    guidelines: to("/guidelines"),
  };
}

/** The feeds of the authority (""), of an account ("/@handle") or of a tag ("/tags/tag"). */
export function feedsAt(site: Site, place: string, title: string): Feed[] {
  const types = {
    rss: "application/rss+xml",
    atom: "application/atom+xml",
    json: "application/feed+json",
  } as const;
  return Object.entries(types).map(([ending, type]) => ({
    href: `${site.origin}${place}/feed.${ending}`,
    title: ending === "rss" ? title : `${title} (${ending === "atom" ? "Atom" : "JSON Feed"})`,
    type,
  }));
}

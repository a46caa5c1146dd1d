import type { Context, Handler } from "hono";
import { pathIn, type Env, type Services } from "#context.ts";
import { listOwnAccounts } from "#domain/accounts/account.ts";
import { listOwnPublic, portionsOfOwnPublic, type OwnPublic } from "#domain/posts/list-own-public.ts";
import type { PostId } from "#domain/posts/post.ts";
import { html, raw, type Html } from "#platform/html.ts";
import { isoInstant } from "#platform/i18n.ts";
import { parseId } from "#platform/id.ts";
import { errorPage } from "#ui/error-page.ts";

/** Posts in one sitemap; with more there is an index. The protocol allows 50,000: https://www.sitemaps.org/protocol.html */
export const portion = 10_000;

/** All pages for search engines, or an index of the parts. */
export function sitemap(services: Services, size = portion): Handler<Env> {
  return async (c) => {
    const { authority, origin } = c.get("site");
    const { ends, accounts, posts } = await services.db.read(authority.id, async (tx) => {
      const ends = await portionsOfOwnPublic(tx, authority.id, size);
      if (ends.length > 0) return { ends, accounts: [], posts: [] };
      const posts = await listOwnPublic(tx, authority.id, { limit: size });
      return { ends, accounts: await listOwnAccounts(tx, authority.id), posts };
    });
    if (ends.length === 0)
      return urls(c, [
        ...pagesOf(c),
        ...accounts.map((one) => url(`${origin}/@${one.handle}`)),
        ...posts.map((post) => postUrl(origin, post)),
      ]);
    const parts = ["pages", "0", ...ends].map(
      (part) => html`<sitemap><loc>${origin}/sitemaps/${part}</loc></sitemap>`,
    );
    return xml(
      c,
      html`<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${parts}</sitemapindex>`,
    );
  };
}

/** One part: the pages and accounts, or the posts after an id. */
export function sitemapPart(services: Services, size = portion): Handler<Env> {
  return async (c) => {
    const { authority, origin } = c.get("site");
    const part = c.req.param("part") ?? "";
    if (part === "pages") {
      const accounts = await services.db.read(authority.id, (tx) => listOwnAccounts(tx, authority.id));
      return urls(c, [...pagesOf(c), ...accounts.map((one) => url(`${origin}/@${one.handle}`))]);
    }
    const after: PostId | undefined = parseId<"post">(part);
    if (!after && part !== "0") return errorPage(services, c, 404);
    const posts = await services.db.read(authority.id, (tx) =>
      listOwnPublic(tx, authority.id, { ...(after ? { after } : {}), limit: size }),
    );
    return urls(
      c,
      posts.map((post) => postUrl(origin, post)),
    );
  };
}

export function robots(): Handler<Env> {
  return (c) =>
    c.text(
      `User-agent: *\nDisallow: /deck\nDisallow: /search\nDisallow: /report\nAllow: /\n\nSitemap: ${c.get("site").origin}/sitemap.xml\n`,
      200,
      { "cache-control": "public, max-age=3600" },
    );
}

function pagesOf(c: Context<Env>): Html[] {
  const { authority, origin } = c.get("site");
  return ["/", "/accounts", "/about", "/guidelines", "/privacy", "/accessibility"].flatMap((path) =>
    authority.languages.map((language) => url(origin + pathIn(authority, language, path))),
  );
}

function postUrl(origin: string, post: OwnPublic): Html {
  return url(`${origin}/@${post.handle}/${post.id}`, post.changedAt);
}

function url(address: string, changed?: Temporal.Instant): Html {
  return html`<url><loc>${address}</loc>${changed ? html`<lastmod>${isoInstant(changed)}</lastmod>` : null}</url>`;
}

function urls(c: Context<Env>, list: Html[]): Response {
  return xml(c, html`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${list}</urlset>`);
}

function xml(c: Context<Env>, root: Html): Response {
  return c.body(html`${raw('<?xml version="1.0" encoding="UTF-8"?>\n')}${root}`.text, 200, {
    "content-type": "application/xml; charset=utf-8",
  });
}

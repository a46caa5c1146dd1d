import type { Context } from "hono";
import { pathIn, type Env, type Services, type Site } from "#context.ts";
import { parseId } from "#platform/id.ts";
import type { Language } from "#platform/i18n.ts";
import { withBytes } from "#platform/known-bytes.ts";
import type { PostId } from "#domain/posts/post.ts";
import { sitePage, type SiteView } from "#ui/site-page.ts";
import type { Reader } from "#ui/words.ts";

/** What every public page asks of its request. */
export type PageRequest = {
  site: Site;
  language: Language;
  reader: Reader;
  /** Without its language, with the parts of the query that count. */
  path: string;
  /** A path of ours in the reader's language. */
  to: (path: string) => string;
  /** The same, as an absolute address. */
  at: (path: string) => string;
};

/** The only parts of a query that change a page; whatever else stands there changes nothing. */
export const queryThatCounts = ["q", "with", "before", "after", "post"] as const;

export function pageRequest(services: Pick<Services, "clock">, c: Context<Env>): PageRequest {
  const site = c.get("site");
  const language = c.get("language");
  const { authority } = site;
  const to = (path: string) => pathIn(authority, language, path);
  return {
    site,
    language,
    reader: {
      language,
      zone: authority.zone,
      today: services.clock().toZonedDateTimeISO(authority.zone).toPlainDate(),
    },
    path: pathThatCounts(c),
    to,
    at: (path) => site.origin + to(path),
  };
}

export function pathThatCounts(c: Context<Env>): string {
  const url = new URL(c.req.url);
  const kept = new URLSearchParams();
  for (const name of queryThatCounts) {
    const value = url.searchParams.get(name);
    if (value) kept.set(name, value);
  }
  const path = withoutLanguage(url.pathname);
  return kept.size > 0 ? `${path}?${kept.toString()}` : path;
}

export function withoutLanguage(path: string): string {
  const match = /^\/(sv|en)(\/.*)?$/.exec(path);
  return match ? (match[2] ?? "/") : path;
}

/** Answers with a public page; its canonical address is that of the request unless told. */
export async function respond(
  services: Services,
  c: Context<Env>,
  request: PageRequest,
  view: SiteView,
  status: 200 | 400 | 410 = 200,
): Promise<Response> {
  const page = await sitePage(services, request, { canonical: request.at(request.path), ...view });
  const bytes = new TextEncoder().encode(page.text);
  return withBytes(c.body(bytes, status, { "content-type": "text/html; charset=UTF-8" }), bytes);
}

/** Where a list goes on: the id of the last post of the page before. */
export function beforeOf(c: Context<Env>): PostId | undefined {
  return parseId<"post">(c.req.query("before"));
}

/** Where a conversation goes on. */
export function afterOf(c: Context<Env>): PostId | undefined {
  return parseId<"post">(c.req.query("after"));
}

/** One more than a page is read, so that one knows whether it goes on. */
export const pageSize = 20;

export function cutPage<Item extends { id: string; position?: string }>(
  items: Item[],
): { shown: Item[]; last: string | undefined } {
  const shown = items.slice(0, pageSize);
  const last = items.length > pageSize ? shown.at(-1) : undefined;
  return { shown, last: last?.position ?? last?.id };
}

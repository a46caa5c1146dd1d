import type { MiddlewareHandler } from "hono";
import type { Env, Services } from "#context.ts";
import type { Language } from "#platform/i18n.ts";
import { errorPage } from "#ui/error-page.ts";
import { withoutLanguage } from "./page-request.ts";

/**
 * One address for each page in each language: the first language has no prefix, one that is not offered has no pages,
 * and the host of the handles leads to the host of the pages.
 */
export function languageGate(services: Services): MiddlewareHandler<Env> {
  return async (c, next) => {
    const { authority, origin } = c.get("site");
    const url = new URL(c.req.url);
    const prefix = /^\/(sv|en)(?:\/|$)/.exec(url.pathname)?.[1] as Language | undefined;
    const isFirst = prefix !== undefined && prefix === authority.languages[0];
    if (prefix && !isFirst && !authority.languages.includes(prefix)) return errorPage(services, c, 404);
    const host = (c.req.header("host") ?? "").toLowerCase();
    const elsewhere = host !== authority.domain && host === authority.handleDomain;
    const isRead = c.req.method === "GET" || c.req.method === "HEAD";
    if (isRead && (isFirst || elsewhere)) {
      const path = isFirst ? withoutLanguage(url.pathname) : url.pathname;
      return c.redirect(`${origin}${path}${url.search}`, 301);
    }
    // Some programs write the @ of an address in its escaped form.
    if (isRead && /^(?:\/(?:sv|en))?\/%40/i.test(url.pathname))
      return c.redirect(`${origin}${url.pathname.replace(/%40/i, "@")}${url.search}`, 301);
    return next();
  };
}

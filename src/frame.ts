import { randomUUID } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import { findAuthorityByHost, type Authority } from "#domain/authorities/authority.ts";
import { addressOf, forwardedFor } from "#platform/address-of.ts";
import type { Language } from "#platform/i18n.ts";
import { siteOf, type Env, type Services } from "./context.ts";

/** Request id, log line, time: around everything. */
export function observed(services: Services): MiddlewareHandler<Env> {
  return async (c, next) => {
    const id = randomUUID();
    const begin = performance.now();
    c.set("requestId", id);
    c.set("log", services.log.with({ request: id }));
    c.set("address", addressOf(c.env?.incoming?.socket?.remoteAddress, c.req.header(forwardedFor)));
    await next();
    c.res.headers.set("x-request-id", id);
    const seconds = (performance.now() - begin) / 1000;
    const route = c.req.routePath;
    services.metrics.requests(route, c.res.status)(seconds);
    c.get("log").info("answered", {
      method: c.req.method,
      path: new URL(c.req.url).pathname,
      status: c.res.status,
      ms: Math.round(seconds * 1000),
    });
  };
}

/**
 * What a program in a browser may open in a window of its own, to wait there until the person has answered. Cut off from
 * that window, it would take it for closed and tell the person that it failed.
 */
const besideAProgram = /^\/(oauth\/authorize|sign-in(\/[^/]*)?)$/;

/** The strict policy of every answer: nothing from other hosts, no inline scripts, no framing. */
export const secured: MiddlewareHandler<Env> = async (c, next) => {
  await next();
  const policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  // Not by c.header: on an answer that is made already, that makes it anew each time, body and all.
  const { headers } = c.res;
  if (!headers.has("content-security-policy")) headers.set("content-security-policy", policy);
  headers.set("x-content-type-options", "nosniff");
  headers.set("referrer-policy", "same-origin");
  headers.set(
    "cross-origin-opener-policy",
    besideAProgram.test(routedPath(c.req.raw)) ? "unsafe-none" : "same-origin",
  );
  headers.set("permissions-policy", "interest-cohort=()");
};

/** The Host header chooses the authority; an unknown one gets 421. */
export function hosted(services: Services): MiddlewareHandler<Env> {
  const known = new Map<string, { authority: Authority; until: number }>();
  const asked = new Map<string, Promise<Authority | undefined>>();
  /** Many come at the same moment: one question is for all of them. */
  const look = (host: string) => {
    const looking =
      asked.get(host) ??
      services.db.system((tx) => findAuthorityByHost(tx, host)).finally(() => asked.delete(host));
    asked.set(host, looking);
    return looking;
  };
  return async (c, next) => {
    const host = (c.req.header("host") ?? "").toLowerCase();
    let found = known.get(host);
    if (!found || found.until < performance.now()) {
      const authority = await look(host);
      // Settings may change in another process: an entry lives for two seconds.
      found = authority && { authority, until: performance.now() + 2_000 };
      if (found) known.set(host, found);
    }
    if (!found)
      return c.text(
        "Misdirected request: no authority answers at this host name. Each answers at the one it was set up with (TORG_URL, and Host passed on by a proxy).\n",
        421,
      );
    const site = siteOf(services.config, found.authority);
    c.set("site", site);
    c.set("language", languageOf(c.req.url, found.authority) ?? found.authority.languages[0] ?? "sv");
    await next();
  };
}

/**
 * Every POST of a browser must come from our own pages: the door against forged forms.
 * Federation's inboxes are signed instead, and stand outside this.
 */
export const sameOrigin: MiddlewareHandler<Env> = async (c, next) => {
  if (c.req.method === "GET" || c.req.method === "HEAD" || c.req.method === "OPTIONS") return next();
  if (c.req.header("origin") !== c.get("site").origin)
    return c.text(
      "Refused: this form was not sent from our own pages. Nothing was changed. Open the page again and retry.\n",
      403,
    );
  return next();
};

/** A body that is no form, where one is read, is its sender's fault and not ours. */
export const readableForms: MiddlewareHandler<Env> = async (c, next) => {
  const refuse = (error: unknown) => {
    throw error instanceof TypeError ? new HTTPException(400, { cause: error }) : error;
  };
  const formData = c.req.formData.bind(c.req);
  c.req.formData = () => formData().catch(refuse);
  const parseBody = c.req.parseBody.bind(c.req);
  c.req.parseBody = (options?: object) => parseBody(options).catch(refuse);
  return next();
};

/**
 * The path without its language, for the router: /en/about and /about are one route. Programs that speak to the API end
 * their paths with a slash or not, as they please.
 */
export function routedPath(request: Request): string {
  const { pathname } = new URL(request.url);
  const path = /^\/(api|oauth)\/.*\/$/.test(pathname) ? pathname.slice(0, -1) : pathname;
  const match = /^\/(sv|en)(\/.*)?$/.exec(path);
  return match ? (match[2] ?? "/") : path;
}

function languageOf(url: string, authority: Authority): Language | undefined {
  const match = /^\/(sv|en)(?:\/|$)/.exec(new URL(url).pathname);
  const language = match?.[1] as Language | undefined;
  return language && authority.languages.includes(language) ? language : undefined;
}

import type { Context, MiddlewareHandler } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import type { Env, Services } from "#context.ts";
import type { Account } from "#domain/accounts/account.ts";
import type { Role } from "#domain/people/person.ts";
import type { NewSession } from "#domain/people/session.ts";
import { findSignedIn, isSecure, sessionCookieName, signInPath } from "#signed-in.ts";
import { guardWords } from "./guard-words.ts";

/** Lets in whoever has a session, with the accounts they may speak for as of this moment. */
export function signedIn(services: Services): MiddlewareHandler<Env> {
  return async (c, next) => {
    const person = await findSignedIn(services, c);
    if (!person) return askToSignIn(c);
    c.set("person", person);
    c.header("cache-control", "private, no-store");
    await next();
  };
}

/** Lets on whoever has the role; stands after `signedIn`. */
export function requireRole(role: Role): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (!c.get("person").roles.includes(role))
      return c.text(guardWords[c.get("language")].role[role] + "\n", 403);
    await next();
  };
}

/** The account, if the one who is signed in may speak for it. */
export function speaksFor(c: Context<Env>, accountId: string | undefined): Account | undefined {
  return c.get("person").accounts.find((account) => account.id === accountId);
}

/** The answer to acting for an account that one has not been granted. */
export function notGranted(c: Context<Env>): Response {
  return c.text(guardWords[c.get("language")].notGranted + "\n", 403);
}

export function setSessionCookie(
  services: Pick<Services, "config">,
  c: Context<Env>,
  session: NewSession,
): void {
  setCookie(c, sessionCookieName(services), session.secret, {
    ...cookieOptions(services),
    expires: new Date(session.expiresAt.epochMilliseconds),
  });
}

export function clearSessionCookie(services: Pick<Services, "config">, c: Context<Env>): void {
  deleteCookie(c, sessionCookieName(services), cookieOptions(services));
}

function askToSignIn(c: Context<Env>): Response {
  const words = guardWords[c.get("language")];
  // A script that fetches a part or a stream must learn that it is signed out, not be led to a page.
  const fetched = c.req.header("x-deck-part") !== undefined;
  const streamed = (c.req.header("accept") ?? "").includes("text/event-stream");
  if (c.req.method !== "GET" || fetched || streamed) return c.text(words.signedOut + "\n", 401);
  const { pathname, search } = new URL(c.req.url);
  return c.redirect(signInPath(c, pathname + search), 303);
}

function cookieOptions(services: Pick<Services, "config">) {
  return { path: "/", httpOnly: true, sameSite: "Lax", secure: isSecure(services) } as const;
}

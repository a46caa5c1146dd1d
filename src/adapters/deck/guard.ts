import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Context, MiddlewareHandler } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { pathIn, type Env, type Services, type SignedIn } from "#context.ts";
import type { Account } from "#domain/accounts/account.ts";
import { grantedAccounts } from "#domain/accounts/grants.ts";
import type { Role } from "#domain/people/person.ts";
import { findSession, type NewSession } from "#domain/people/session.ts";
import { guardWords } from "./guard-words.ts";

/** Lets in whoever has a session, with the accounts they may speak for as of this moment. */
export function signedIn(services: Services): MiddlewareHandler<Env> {
  return async (c, next) => {
    const secret = sessionSecret(services, c);
    const person = secret ? await findSignedIn(services, c.get("site").authority.id, secret) : undefined;
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

/** On https the prefix makes the browser refuse a cookie set from a sibling domain or without Secure. */
export function sessionCookieName(services: Pick<Services, "config">): string {
  return isSecure(services) ? "__Host-torg_session" : "torg_session";
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

/** What the session cookie of a request says; undefined when there is none. */
export function sessionSecret(services: Pick<Services, "config">, c: Context<Env>): string | undefined {
  return getCookie(c, sessionCookieName(services));
}

/** Who holds a session, and what they may speak for now. */
async function findSignedIn(
  services: Pick<Services, "db" | "clock">,
  authority: AuthorityId,
  secret: string,
): Promise<SignedIn | undefined> {
  return services.db.read(authority, async (tx) => {
    const person = await findSession(tx, authority, secret, services.clock());
    return person && { ...person, accounts: await grantedAccounts(tx, authority, person.id) };
  });
}

function askToSignIn(c: Context<Env>): Response {
  const { authority } = c.get("site");
  const words = guardWords[c.get("language")];
  // A script that fetches a part or a stream must learn that it is signed out, not be led to a page.
  const fetched = c.req.header("x-deck-part") !== undefined;
  const streamed = (c.req.header("accept") ?? "").includes("text/event-stream");
  if (c.req.method !== "GET" || fetched || streamed) return c.text(words.signedOut + "\n", 401);
  const { pathname, search } = new URL(c.req.url);
  const signIn = pathIn(authority, c.get("language"), "/sign-in");
  return c.redirect(`${signIn}?next=${encodeURIComponent(pathname + search)}`, 303);
}

function isSecure(services: Pick<Services, "config">): boolean {
  return services.config.url.protocol === "https:";
}

function cookieOptions(services: Pick<Services, "config">) {
  return { path: "/", httpOnly: true, sameSite: "Lax", secure: isSecure(services) } as const;
}

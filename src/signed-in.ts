import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import { grantedAccounts } from "#domain/accounts/grants.ts";
import { findSession } from "#domain/people/session.ts";
import { pathIn, type Env, type Services, type SignedIn } from "./context.ts";

/** Who holds the session of a request, and what they may speak for as of this moment: for the deck, and for letting apps in. */
export async function findSignedIn(services: Services, c: Context<Env>): Promise<SignedIn | undefined> {
  const secret = sessionSecret(services, c);
  if (!secret) return undefined;
  const authority = c.get("site").authority.id;
  return services.db.read(authority, async (tx) => {
    const person = await findSession(tx, authority, secret, services.clock());
    return person && { ...person, accounts: await grantedAccounts(tx, authority, person.id) };
  });
}

/** What the session cookie of a request says; undefined when there is none. */
export function sessionSecret(services: Pick<Services, "config">, c: Context<Env>): string | undefined {
  return getCookie(c, sessionCookieName(services));
}

/** On https the prefix makes the browser refuse a cookie set from a sibling domain or without Secure. */
export function sessionCookieName(services: Pick<Services, "config">): string {
  return isSecure(services) ? "__Host-torg_session" : "torg_session";
}

export function isSecure(services: Pick<Services, "config">): boolean {
  return services.config.url.protocol === "https:";
}

/** The door, and from there to a path of ours. */
export function signInPath(c: Context<Env>, next: string): string {
  const door = pathIn(c.get("site").authority, c.get("language"), "/sign-in");
  return `${door}?next=${encodeURIComponent(next)}`;
}

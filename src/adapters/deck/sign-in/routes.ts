import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { pathIn, type Env, type Services } from "#context.ts";
import { findSession, revokeSession } from "#domain/people/session.ts";
import { checkLink, mayAskForLink, redeemLink } from "#domain/people/sign-in-link.ts";
import type { Language } from "#platform/i18n.ts";
import { sessionSecret } from "#signed-in.ts";
import { clearSessionCookie, setSessionCookie } from "../guard.ts";
import { deviceFrom } from "./device.ts";
import { askPage, openPage, overPage, pathTo, sentPage, waitPage } from "./pages.ts";
import { safeNext } from "./safe-next.ts";
import { sendLink } from "./send-link.ts";

/** The door: a link is asked for, opened (which changes nothing) and used by a button. */
export function signInRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const { db, clock } = services;
  for (const path of ["/sign-in", "/sign-in/*", "/sign-out"])
    app.use(path, bodyLimit({ maxSize: 16 * 1024 }), async (c, next) => {
      await next();
      c.header("cache-control", "no-store");
    });

  app.get("/sign-in", (c) =>
    askPage(services, c, { next: safeNext(c.req.query("next"), c.get("site").origin) }),
  );

  app.post("/sign-in", async (c) => {
    const form = await c.req.parseBody();
    const email = typeof form["email"] === "string" ? form["email"].trim() : "";
    const next = safeNext(typeof form["next"] === "string" ? form["next"] : undefined, c.get("site").origin);
    if (!/^[^\s@]{1,100}@[^\s@]{1,200}$/.test(email))
      return askPage(services, c, { next, email, wrong: true });
    const { authority } = c.get("site");
    const asked = { email, address: c.get("address") };
    const allowed = await db.as(authority.id, (tx) => mayAskForLink(tx, authority.id, asked, clock()));
    if (!allowed) return waitPage(services, c);
    // Not awaited: how long a known address takes must not show in how long the answer takes.
    sendLink(services, c.get("site"), email, next).catch((error: unknown) =>
      c.get("log").error("a sign-in letter was not sent", { error }),
    );
    return sentPage(services, c, next);
  });

  app.get("/sign-in/:secret", async (c) => {
    const { authority, origin } = c.get("site");
    const next = safeNext(c.req.query("next"), origin);
    const person = await db.read(authority.id, (tx) =>
      checkLink(tx, authority.id, c.req.param("secret"), clock()),
    );
    return person ? openPage(services, c, { person, next }) : overPage(services, c, next);
  });

  app.post("/sign-in/:secret", async (c) => {
    const { authority, origin } = c.get("site");
    const form = await c.req.parseBody();
    const next = safeNext(typeof form["next"] === "string" ? form["next"] : undefined, origin);
    const device = deviceFrom(c.req.header("user-agent"));
    const opened = await db.as(authority.id, async (tx) => {
      const session = await redeemLink(tx, authority.id, c.req.param("secret"), device, clock());
      return session && { session, person: await findSession(tx, authority.id, session.secret, clock()) };
    });
    if (!opened) return overPage(services, c, next);
    setSessionCookie(services, c, opened.session);
    return c.redirect(next === "/deck" ? deckFor(c, opened.person?.language) : next, 303);
  });

  app.post("/sign-out", async (c) => {
    const { authority } = c.get("site");
    const secret = sessionSecret(services, c);
    if (secret)
      await db.as(authority.id, async (tx) => {
        const person = await findSession(tx, authority.id, secret, clock());
        if (person) await revokeSession(tx, authority.id, person.id, person.session, clock());
      });
    clearSessionCookie(services, c);
    return c.redirect(pathTo(c, "/"), 303);
  });

  return app;
}

/** The deck in the language that the page was chosen in, else in the person's own. */
function deckFor(c: Context<Env>, own: Language | undefined): string {
  const { authority } = c.get("site");
  const chosen = c.get("language") !== authority.languages[0];
  return !chosen && own && authority.languages.includes(own)
    ? pathIn(authority, own, "/deck")
    : pathTo(c, "/deck");
}

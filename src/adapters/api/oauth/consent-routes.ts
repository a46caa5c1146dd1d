import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Env, Services, SignedIn } from "#context.ts";
import { makeCode } from "#domain/accounts/oauth-code.ts";
import { findSignedIn, signInPath } from "#signed-in.ts";
import { authorizePath, fieldsOf, readAsking, type Asking } from "./authorize-request.ts";
import { codePage, consentPage, noAccountPage, refusedPage, withPolicy } from "./consent-pages.ts";
import { issuerOf } from "./metadata.ts";
import { answerAt, outOfBand } from "./redirect-uri.ts";

/**
 * Where a person lets an app in. Stands behind `sameOrigin`, so that no other site can send the form. An app is
 * answered only when a person has pressed a button that names it: anybody may register one, and whoever follows a
 * link to us must not find themselves elsewhere (RFC 9700, 4.11.2).
 */
export function consentRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.use(authorizePath, bodyLimit({ maxSize: 64 * 1024 }), async (c, next) => {
    await next();
    c.header("cache-control", "no-store");
  });

  app.get(authorizePath, async (c) => {
    const query = new URL(c.req.url).searchParams;
    const person = await findSignedIn(services, c);
    speak(c, query.get("lang"), person);
    const asking = await readAsking(services.db, c.get("site").authority.id, query);
    if (asking.outcome !== "asks") return refusedPage(services, c, asking);
    if (!person || /^(true|1|on|yes)$/i.test(query.get("force_login") ?? "")) return toDoor(c, query);
    if (person.accounts.length === 0) return noAccountPage(services, c, asking, person);
    return consentPage(services, c, asking, person);
  });

  app.post(authorizePath, async (c) => {
    const form = await c.req.formData();
    const person = await findSignedIn(services, c);
    const text = (name: string) => {
      const value = form.get(name);
      return typeof value === "string" ? value : null;
    };
    speak(c, text("lang"), person);
    const asking = await readAsking(services.db, c.get("site").authority.id, form);
    if (asking.outcome !== "asks") return refusedPage(services, c, asking);
    if (!person) return toDoor(c, fieldsOf(asking, c.get("language")));
    if (text("answer") === "refuse") return refused(services, c, asking);
    if (person.accounts.length === 0) return noAccountPage(services, c, asking, person);
    const account = person.accounts.find(({ id }) => id === text("account"));
    if (!account || text("answer") !== "allow") return consentPage(services, c, asking, person, true);
    const { id } = c.get("site").authority;
    const given = { ...asking, app: asking.app.id, person: person.id, account: account.id };
    const code = await services.db.as(id, (tx) => makeCode(tx, id, given, services.clock()));
    if (asking.redirectUri === outOfBand) return codePage(services, c, asking, code);
    return answered(c, asking, { code });
  });

  return app;
}

function refused(services: Services, c: Context<Env>, asking: Asking): Response | Promise<Response> {
  if (asking.redirectUri === outOfBand)
    return refusedPage(services, c, { outcome: "refused", app: asking.app });
  return answered(c, asking, {
    error: "access_denied",
    error_description: "The resource owner or authorization server denied the request.",
  });
}

/** Back to the app. 303, so that the form is not sent along (RFC 9700, 4.12). */
function answered(c: Context<Env>, asking: Asking, answer: Record<string, string>): Response {
  const { redirectUri, state } = asking;
  withPolicy(c, redirectUri);
  return c.redirect(answerAt(redirectUri, { ...answer, state, iss: issuerOf(c.get("site")) }), 303);
}

/** To sign in, and back here; once signed in anew nobody is asked to do so again. */
function toDoor(c: Context<Env>, query: URLSearchParams): Response {
  const next = new URLSearchParams(query);
  next.delete("force_login");
  return c.redirect(signInPath(c, `${authorizePath}?${next.toString()}`), 303);
}

/** In the language that the app names, else the person's own. */
function speak(c: Context<Env>, wish: string | null, person: SignedIn | undefined): void {
  const { languages } = c.get("site").authority;
  const known = [wish?.slice(0, 2).toLowerCase(), person?.language];
  const language = known
    .map((one) => languages.find((other) => other === one))
    .find((one) => one !== undefined);
  if (language) c.set("language", language);
}

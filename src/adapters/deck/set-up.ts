import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { siteOf, type Env, type Services } from "#context.ts";
import { changeAuthority } from "#domain/authorities/change-authority.ts";
import {
  checkSetUpLink,
  hasAuthority,
  newSetUpLink,
  redeemSetUpLink,
} from "#domain/authorities/set-up-link.ts";
import { newKeyPair } from "#domain/accounts/new-key-pair.ts";
import { storeUpload } from "#domain/media/store-picture.ts";
import { openSession } from "#domain/people/session.ts";
import { makeLink } from "#domain/people/sign-in-link.ts";
import type { Language } from "#platform/i18n.ts";
import { setUpAuthority, type SetUp } from "#set-up-authority.ts";
import { accentScheme, accentStylesheet } from "#ui/colour.ts";
import { setSessionCookie } from "./guard.ts";
import { errorsIn, readSetUp, type SetUpValues } from "./set-up/read-set-up.ts";
import { elsewherePage, linkOverPage, notSetUpPage, setUpPage } from "./set-up/pages.ts";
import { deviceFrom } from "./sign-in/device.ts";
import { uploadedPicture } from "./uploaded-picture.ts";

/** An installation that holds no authority yet: everything waits for the link printed at the start. */
export function setUpRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const { db, clock } = services;
  let known = false;
  app.use(async (c, next) => {
    // Once there is an authority there always is one: no query a request for that.
    known ||= await db.system(hasAuthority);
    if (known) return next();
    c.header("cache-control", "no-store");
    return empty(c);
  });
  return app;

  async function empty(c: Context<Env>): Promise<Response> {
    const path = new URL(c.req.url).pathname.replace(/^\/(sv|en)(?=\/|$)/, "");
    const language = languageOf(c);
    const accent = /^\/set-up\/accent\/([0-9a-f]{6})\.css$/.exec(path)?.[1];
    if (accent) return accentFile(c, accent);
    const secret = /^\/set-up\/([\w-]{20,100})$/.exec(path)?.[1];
    if (!secret) return notSetUpPage(services, c, language, path === "" || path === "/" ? 200 : 503);
    if (!(await db.system((tx) => checkSetUpLink(tx, secret, clock()))))
      return linkOverPage(services, c, language);
    if (c.req.method !== "POST")
      return setUpPage(services, c, language, { values: firstValues(language), errors: [] });
    if (!fromOurselves(c))
      return c.text("Refused: this form was not sent from our own pages. Nothing was changed.\n", 403);
    return (await withinSize(c, async () => void (c.res = await submitted(c, secret, language)))) ?? c.res;
  }

  async function submitted(c: Context<Env>, secret: string, language: Language): Promise<Response> {
    const form = await c.req.parseBody();
    const values = readSetUp(form);
    const upload = await uploadedPicture(form["logo"]);
    const found = errorsIn(values, upload, language);
    const previewed = form["preview"] !== undefined;
    // Whoever looks at the colour is not done with the rest yet.
    const errors = previewed ? found.filter(({ id }) => id === "accent") : found;
    if (errors.length > 0 || previewed)
      return setUpPage(services, c, language, { values, errors, previewed: true });
    const keys = await newKeyPair();
    const created = await create(secret, values, keys).catch((error: unknown) => {
      if (error instanceof NotSetUp) return error.why;
      throw error;
    });
    if (created === "link-over") return linkOverPage(services, c, language);
    if (created.outcome !== "created")
      return setUpPage(services, c, language, {
        values,
        errors: errorsIn(values, upload, language, created.outcome),
      });
    known = true;
    const { authority, person } = created;
    services.log.info("an authority was set up", { authority: authority.id, domain: authority.domain });
    const logo =
      upload.outcome === "picture"
        ? await storeUpload(db, services.mediaStore, authority.id, { bytes: upload.bytes, person: person.id })
        : undefined;
    if (logo?.outcome === "stored")
      await db.as(authority.id, (tx) =>
        changeAuthority(tx, authority, { ...authority, logo: logo.id }, person.id),
      );
    // The picture may prove unreadable only now; everything else is kept, and the settings page says so.
    const next = logo && logo.outcome !== "stored" ? "/deck/settings/authority?done=logo-failed" : "/deck";
    if (c.req.header("host")?.toLowerCase() === authority.domain) {
      const device = deviceFrom(c.req.header("user-agent"));
      setSessionCookie(
        services,
        c,
        await db.as(authority.id, (tx) => openSession(tx, authority.id, person.id, device, clock())),
      );
      return c.redirect(next, 303);
    }
    // A cookie set here would not be sent there.
    const link = await db.as(authority.id, (tx) => makeLink(tx, authority.id, person.id, clock()));
    return elsewherePage(
      services,
      c,
      language,
      `${siteOf(services.config, authority).origin}/sign-in/${link}`,
    );
  }

  function create(secret: string, values: SetUpValues, keys: Awaited<ReturnType<typeof newKeyPair>>) {
    return db.system(async (tx) => {
      if (!(await redeemSetUpLink(tx, secret, clock()))) throw new NotSetUp("link-over");
      const created = await setUpAuthority(tx, { ...values, keys });
      if (created.outcome !== "created") throw new NotSetUp(created);
      return created;
    });
  }

  function firstValues(language: Language): SetUpValues {
    const { host } = services.config.url;
    return {
      name: "",
      municipality: "",
      languages: language === "sv" ? ["sv", "en"] : ["en", "sv"],
      accent: "#0b5c5f",
      domain: host,
      handleDomain: host,
      account: { handle: "", name: "", kind: "authority" },
      admin: { name: "", email: "" },
    };
  }
}

/** The address of the set-up page, good for a day and for one set-up; undefined once there is an authority. Earlier ones stop working. */
export async function makeSetUpLink(
  services: Pick<Services, "db" | "clock" | "config">,
): Promise<string | undefined> {
  const secret = await services.db.system((tx) => newSetUpLink(tx, services.clock()));
  return secret && `${services.config.url.origin}/set-up/${secret}`;
}

/** Thrown so that the transaction rolls back, and with it the use of the link. */
class NotSetUp extends Error {
  readonly why: SetUp | "link-over";
  constructor(why: SetUp | "link-over") {
    super("not set up");
    this.why = why;
  }
}

const withinSize = bodyLimit({ maxSize: 21 * 1024 * 1024 });

/** The installation has no host of its own yet, so the form must come from the very host it is sent to. */
function fromOurselves(c: Context<Env>): boolean {
  const origin = URL.parse(c.req.header("origin") ?? "");
  return origin !== null && origin.host === c.req.header("host")?.toLowerCase();
}

function languageOf(c: Context<Env>): Language {
  const inPath = /^\/(sv|en)(?=\/|$)/.exec(new URL(c.req.url).pathname)?.[1];
  if (inPath) return inPath as Language;
  return (c.req.header("accept-language") ?? "").toLowerCase().startsWith("en") ? "en" : "sv";
}

function accentFile(c: Context<Env>, hex: string): Response {
  const scheme = accentScheme(hex);
  if (scheme.outcome !== "ok") return c.text("not a colour\n", 404);
  return c.body(accentStylesheet(scheme.accent), 200, { "content-type": "text/css; charset=utf-8" });
}

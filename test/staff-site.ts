import { Hono } from "hono";
import type { Env, Services } from "#context.ts";
import { readConfig } from "#config.ts";
import { settingsRoutes } from "#adapters/deck/settings/routes.ts";
import { setUpRoutes } from "#adapters/deck/set-up.ts";
import { signInRoutes } from "#adapters/deck/sign-in/routes.ts";
import { makeLink } from "#domain/people/sign-in-link.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Database } from "#platform/database.ts";
import { silentLog } from "#platform/log.ts";
import { createMetrics } from "#platform/metrics.ts";
import { errorPage } from "#ui/error-page.ts";
import { hosted, routedPath, sameOrigin, secured } from "../src/frame.ts";

export type Letter = { to: string; subject: string; text: string };
export type StaffSite = {
  app: Hono<Env>;
  services: Services;
  /** What the mail server was given; wait for the next one before asking for it. */
  nextLetter(): Promise<Letter>;
  announced: string[];
  /** Moves the clock. */
  later(duration: Temporal.DurationLike): void;
  /** A browser with its own cookies, at a host. */
  browser(host: string, address?: string): Browser;
};
export type Browser = {
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(
    path: string,
    form?: Record<string, string | string[]> | FormData,
    headers?: Record<string, string>,
  ): Promise<Response>;
  head(path: string): Promise<Response>;
  signIn(authority: AuthorityId, person: PersonId): Promise<Browser>;
};

/** The pages of the door, the set-up and the settings, in the frame that they stand in. */
export function staffSite(
  db: Database,
  more: Partial<Services> & { url?: string; withoutMail?: boolean } = {},
): StaffSite {
  let now = Temporal.Instant.from("2026-11-22T10:00:00Z");
  const letters: Letter[] = [];
  const waiting: ((letter: Letter) => void)[] = [];
  const announced: string[] = [];
  const unused = () => Promise.reject(new Error("not for these pages"));
  const { url = "http://torg.test", withoutMail, ...own } = more;
  const services: Services = {
    config: readConfig({ TORG_URL: url, TORG_UNDO_SECONDS: "0" }),
    db,
    clock: () => now,
    log: silentLog,
    fetch: unused,
    assets: { href: (name) => `/assets/${name}`, read: () => Promise.resolve(undefined) },
    mediaStore: {
      write: () => Promise.resolve(),
      read: () => Promise.resolve(undefined),
      remove: () => Promise.resolve(),
    },
    mail: withoutMail
      ? undefined
      : (letter) => {
          const reader = waiting.shift();
          if (reader) reader(letter);
          else letters.push(letter);
          return Promise.resolve();
        },
    announce: (line) => void announced.push(line),
    metrics: createMetrics(),
    journal: {
      position: () => "0",
      onEntries: () => () => false,
      told: () => Promise.resolve(),
      lead: () => {},
      hear: () => {},
      stop: () => Promise.resolve(),
    },
    stopping: new AbortController().signal,
    random: () => 0.5,
    lookUpAccount: () => Promise.resolve(undefined),
    lookUpUrl: () => Promise.resolve(undefined),
    ...own,
  };
  const app = new Hono<Env>({ getPath: routedPath });
  app.use(secured, async (c, next) => {
    c.set("log", services.log);
    c.set("requestId", "test");
    c.set("address", c.req.header("x-test-address") ?? "192.0.2.1");
    await next();
  });
  app.route("/", setUpRoutes(services));
  app.use(hosted(services), sameOrigin);
  app.route("/", signInRoutes(services));
  app.route("/", settingsRoutes(services));
  app.notFound((c) => errorPage(services, c, 404));
  app.onError((error) => {
    throw error;
  });
  return {
    app,
    services,
    announced,
    nextLetter: () =>
      new Promise((resolve) => {
        const letter = letters.shift();
        if (letter) resolve(letter);
        else waiting.push(resolve);
      }),
    later: (duration) => void (now = now.add(duration)),
    browser: (host, address = "192.0.2.1") => browser(app, services, host, address),
  };
}

function browser(app: Hono<Env>, services: Services, host: string, address: string): Browser {
  const cookies = new Map<string, string>();
  const origin = `${services.config.url.protocol}//${host}`;
  const ask = async (path: string, init: RequestInit) => {
    const headers = new Headers(init.headers);
    headers.set("host", host);
    headers.set("x-test-address", address);
    if (cookies.size > 0)
      headers.set("cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    const answer = await app.request(origin + path, { ...init, headers });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  const self: Browser = {
    get: (path, headers = {}) => ask(path, { headers: { "sec-fetch-dest": "document", ...headers } }),
    head: (path) => ask(path, { method: "HEAD" }),
    post: (path, form = {}, headers = {}) =>
      ask(path, { method: "POST", body: bodyOf(form), headers: { origin, ...headers } }),
    async signIn(authority, person) {
      const secret = await services.db.as(authority, (tx) =>
        makeLink(tx, authority, person, services.clock()),
      );
      await self.post(`/sign-in/${secret}`);
      return self;
    },
  };
  return self;
}

function bodyOf(form: Record<string, string | string[]> | FormData): FormData | URLSearchParams {
  if (form instanceof FormData) return form;
  return new URLSearchParams(
    Object.entries(form).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, one]),
    ),
  );
}

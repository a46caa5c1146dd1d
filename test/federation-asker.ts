import type { TestContext } from "node:test";
import { Hono } from "hono";
import { federationRoutes } from "#adapters/federation/routes.ts";
import { siteOf, type Env, type Site } from "#context.ts";
import { testDatabase } from "./database.ts";
import { exampleAccount, exampleAuthority, exampleServices } from "./federation-world.ts";

export type Get = ReturnType<typeof asker>;

/** One authority with an account, and a way to ask its routes. */
export async function federationWorld(t: TestContext) {
  const { db } = await testDatabase(t);
  const services = exampleServices(t, db);
  const authority = await exampleAuthority(db);
  await exampleAccount(db, authority, "kommun", "authority");
  const account = await exampleAccount(db, authority, "kommunchef");
  const site = siteOf(services.config, authority);
  const now = Temporal.Instant.from("2026-11-22T09:00:00Z");
  return { db, services, authority, account, site, now, get: asker(services, site) };
}

/** Asks the routes as the frame hands requests to them, with a web adapter behind that answers "a page". */
export function asker(services: Parameters<typeof federationRoutes>[0], site: Site) {
  const app = new Hono<Env>();
  app.use(async (c, next) => {
    c.set("site", site);
    c.set("language", "sv");
    c.set("log", services.log);
    c.set("address", "192.0.2.1");
    await next();
  });
  app.route("/", federationRoutes(services));
  app.notFound((c) => c.text("a page"));
  return async (path: string, headers: Record<string, string> = {}) => {
    const host = site.authority.domain;
    const response = await app.request(`${site.origin}${path}`, { headers: { host, ...headers } });
    const text = await response.text();
    const json = (text.startsWith("{") ? JSON.parse(text) : {}) as Record<string, unknown>;
    return { status: response.status, headers: response.headers, text, json };
  };
}

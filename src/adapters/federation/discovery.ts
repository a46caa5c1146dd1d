import { Hono } from "hono";
import { cors } from "hono/cors";
import { accountUri, accountUrl, type Env, type Services, type Site } from "#context.ts";
import { findAccount, findOwnAccount, type Account } from "#domain/accounts/account.ts";
import { countOwn } from "#domain/posts/said-in-public.ts";
import type { Transaction } from "#platform/database.ts";
import { parseId } from "#platform/id.ts";
import { version } from "../../version.ts";
import { respondError, respondJson } from "./respond.ts";

/** How other servers find our accounts and learn what we are: WebFinger (RFC 7033), host-meta, NodeInfo 2.1. */
export function discoveryRoutes(services: Pick<Services, "db">): Hono<Env> {
  const { db } = services;
  const routes = new Hono<Env>();
  routes.use("/.well-known/*", cors({ origin: "*" }));
  routes.use("/nodeinfo/*", cors({ origin: "*" }));

  routes.get("/.well-known/webfinger", async (c) => {
    const site = c.get("site");
    const resource = c.req.query("resource");
    if (!resource) return respondError(c, 400, "the parameter resource is missing");
    const account = await db.read(site.authority.id, (tx) => findByResource(tx, site, resource));
    if (account === "malformed") return respondError(c, 400, "resource is neither acct: nor https:");
    if (!account || account.uri !== null || account.goneAt)
      return respondError(c, 404, "no account of that name is here");
    return respondJson(c, webFinger(site, account), { type: "application/jrd+json; charset=utf-8" });
  });

  routes.get("/.well-known/host-meta", (c) => {
    const template = `${c.get("site").origin}/.well-known/webfinger?resource={uri}`;
    const xml = `<?xml version="1.0" encoding="UTF-8"?>
<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0"><Link rel="lrdd" template="${template}"/></XRD>\n`;
    return c.body(xml, 200, {
      "content-type": "application/xrd+xml; charset=utf-8",
      "cache-control": "public, max-age=86400",
    });
  });

  routes.get("/.well-known/nodeinfo", (c) => {
    const rel = "http://nodeinfo.diaspora.software/ns/schema/2.1";
    const links = [{ rel, href: `${c.get("site").origin}/nodeinfo/2.1` }];
    return respondJson(c, { links }, { type: "application/json; charset=utf-8", maxAge: 86_400 });
  });

  routes.get("/nodeinfo/2.1", async (c) => {
    const { authority } = c.get("site");
    const { accounts, posts } = await db.read(authority.id, (tx) => countOwn(tx, authority.id));
    return respondJson(
      c,
      {
        version: "2.1",
        software: { name: "torg", version },
        protocols: ["activitypub"],
        services: { inbound: [], outbound: ["atom1.0", "rss2.0"] },
        openRegistrations: false,
        usage: { users: { total: accounts }, localPosts: posts },
        metadata: { nodeName: authority.name },
      },
      {
        type: 'application/json; profile="http://nodeinfo.diaspora.software/ns/schema/2.1#"; charset=utf-8',
        maxAge: 1800,
      },
    );
  });
  return routes;
}

/** acct:user@host with either of our hosts, the address of a profile, or the id of an actor. */
async function findByResource(
  tx: Transaction,
  site: Site,
  resource: string,
): Promise<Account | "malformed" | undefined> {
  const { authority } = site;
  const acct = /^(?:acct:)?@?([^@/:]+)@([^@/]+)$/i.exec(resource);
  if (acct) {
    const [, handle = "", host = ""] = acct;
    const ours = [authority.handleDomain, authority.domain].includes(host.toLowerCase());
    return ours ? findOwnAccount(tx, authority.id, handle) : undefined;
  }
  const url = /^https?:/i.test(resource) ? URL.parse(resource) : null;
  if (!url) return "malformed";
  if (![authority.handleDomain, authority.domain].includes(url.host)) return undefined;
  const handle = /^\/(?:(?:sv|en)\/)?@([a-z0-9_]+)\/?$/i.exec(url.pathname)?.[1];
  if (handle) return findOwnAccount(tx, authority.id, handle);
  const id = parseId<"account">(/^\/ap\/accounts\/(\d+)$/.exec(url.pathname)?.[1]);
  return id && findAccount(tx, authority.id, id);
}

function webFinger(site: Site, account: Account) {
  const self = accountUri(site, account.id);
  const page = accountUrl(site, account.handle);
  return {
    subject: `acct:${account.handle}@${site.authority.handleDomain}`,
    aliases: [page, self],
    links: [
      { rel: "http://webfinger.net/rel/profile-page", type: "text/html", href: page },
      { rel: "self", type: "application/activity+json", href: self },
    ],
  };
}

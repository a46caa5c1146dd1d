import { Hono, type Context } from "hono";
import { findAccount, isOwn } from "#domain/accounts/account.ts";
import { parseId } from "#platform/id.ts";
import type { Env, Services } from "#context.ts";
import { objectionTo } from "./check-activity.ts";
import { inboxDoorOf } from "./hold-back.ts";
import { readBody, type Body } from "./read-body.ts";
import { signedRequest } from "./signed-request-of.ts";
import { activityStore } from "./store-activity.ts";
import { TokenBuckets } from "./token-buckets.ts";
import { senderVerifier } from "./verify-sender.ts";

/** Where other servers hand in activities. Answered 202 only when committed; what is refused leaves a log line and nothing else. */
export function inboxRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const verify = senderVerifier(services);
  const store = activityStore(services.db);
  const senders = new TokenBuckets({ burst: 2000, perSecond: 500 });
  const door = inboxDoorOf(services);
  const ours = new Set<string>();

  app.on("POST", ["/ap/inbox", "/ap/accounts/:id/inbox"], door.guard);
  app.post("/ap/inbox", (c) => receive(c));
  app.post("/ap/accounts/:id/inbox", async (c) => {
    if (!(await isOurs(c, c.req.param("id")))) return refuse(c, 404, "unknown-account", c.req.path);
    return receive(c);
  });
  return app;

  async function receive(c: Context<Env>): Promise<Response> {
    if (!senders.take(c.get("address"), services.clock()))
      return refuse(c, 429, "too-many", c.get("address"));
    const body = await door.read(readBody(c.req.raw));
    if (body === "late") return refuse(c, 408, "slow-body", c.get("address"));
    if (!body.ok) return refuse(c, body.status, body.reason, "");
    const done = await door.work(() => take(c, body));
    return done === "too-busy" ? refuse(c, 503, done, c.get("address")) : done;
  }

  async function take(c: Context<Env>, body: Extract<Body, { ok: true }>): Promise<Response> {
    const site = c.get("site");
    const verified = await verify(site, signedRequest(c, body.raw), body.json);
    if (!verified.ok) return refuse(c, verified.status, verified.reason, verified.detail);
    const { sender } = verified;
    if (!sender) return accepted(c);
    const objection = objectionTo(body.json, sender.actor);
    if (objection) return refuse(c, 403, "not-its-own", `${sender.actor}: ${objection}`);
    const stored = await store(site.authority.id, {
      account: sender.account,
      json: body.json,
      raw: body.raw,
    }).catch((error: unknown) => {
      c.get("log").error("an activity could not be stored", { error, actor: sender.actor });
      return undefined;
    });
    if (stored === undefined) return refuse(c, 503, "not-stored", sender.actor);
    if (stored === "blocked") return refuse(c, 403, "blocked", sender.actor);
    return accepted(c);
  }

  /** Our accounts never vanish, so a process asks once for each. */
  async function isOurs(c: Context<Env>, id: string): Promise<boolean> {
    const authority = c.get("site").authority.id;
    const key = `${authority} ${id}`;
    const parsed = parseId<"account">(id);
    if (!parsed || ours.has(key)) return parsed !== undefined;
    const account = await services.db.read(authority, (tx) => findAccount(tx, authority, parsed));
    if (account && isOwn(account)) ours.add(key);
    return ours.has(key);
  }

  function refuse(
    c: Context<Env>,
    status: 400 | 401 | 403 | 404 | 408 | 413 | 415 | 429 | 503,
    reason: string,
    detail: string,
  ): Response {
    services.metrics.inboxRefused.inc({ reason });
    c.get("log").warn("an activity was refused", {
      status,
      reason,
      detail: detail.slice(0, 500),
      address: c.get("address"),
    });
    const later = { 429: "10", 503: reason === "too-busy" ? "15" : "60" }[status as number];
    if (later) c.header("retry-after", later);
    // The rest of a body that did not come is not waited for.
    if (status === 408) c.header("connection", "close");
    return c.text(`Refused: ${reason}\n`, status);
  }
}

function accepted(c: Context<Env>): Response {
  return c.body(null, 202);
}

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { readConfig } from "#config.ts";
import type { PostId } from "#domain/posts/post.ts";
import { receiveReaction } from "#domain/posts/receive-reaction.ts";
import { startWorker } from "#platform/jobs.ts";
import { silentLog } from "#platform/log.ts";
import { createSafeFetch } from "#platform/safe-fetch.ts";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { startClientWorld } from "#test/client-world.ts";
import { appRole, testDatabase } from "#test/database.ts";
import { fileScope } from "#test/file-scope.ts";
import { waitFor } from "#test/interop/wait-for.ts";
import { claimsOf, newDevice, opened, startPushService, type Device } from "#test/push-service.ts";
import { pushJobs } from "./push-job.ts";

const scope = fileScope();
const { db, ownerUrl } = await testDatabase(scope);
const fetch = createSafeFetch({ allowPrivateNetwork: true, userAgent: "Torg test" });
scope.after(() => fetch.close());
const config = readConfig({
  TORG_URL: "http://localhost",
  TORG_ALLOW_PRIVATE_NETWORK: "1",
  TORG_UNDO_SECONDS: "0",
});
const world = await startClientWorld(scope, db, { fetch, config });
const { authority, office } = world;
const id = authority.id;
const worker = await startWorker({
  db,
  databaseUrl: ownerUrl,
  role: appRole,
  handlers: pushJobs(world.services),
  log: silentLog,
});
scope.after(() => worker.stop());

const { received, answers, urlOf, arrivedAt } = await startPushService(scope);

const device = async () => ({ ...newDevice(), token: await world.token(["read", "push"]) });

type Wishes = { endpoint?: string; standard?: boolean; data?: object };

/** A device that has asked to be told at a path, of mentions and favourites unless it says otherwise. */
async function subscribed(path: string, wishes: Wishes = {}): Promise<Device & { token: string }> {
  const one = await device();
  const { endpoint = urlOf(path), standard = true, data } = wishes;
  const answer = await world.api("POST", "/api/v1/push/subscription", {
    token: one.token,
    json: {
      subscription: { endpoint, keys: one.keys, standard },
      data: data ?? { alerts: { mention: true, favourite: true } },
    },
  });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return one;
}

const show = (token: string) => world.api("GET", "/api/v1/push/subscription", { token });
const favour = async (post: PostId, name: string) =>
  db.as(id, (tx) =>
    receiveReaction(tx, id, {
      reaction: "favourite",
      network: "fediverse",
      uri: `https://social.test/likes/${name}`,
      account: world.asa,
      post,
      entry: null,
    }),
  );

test("a device is told of a mention, encrypted for it alone and signed by the authority", async () => {
  const phone = await subscribed("/a");
  const said = await world.hear("Öppnar simhallen snart?");
  const came = await arrivedAt("/a");
  const { text, message } = opened(came, phone);
  assert.equal(came.headers["content-encoding"], "aes128gcm");
  assert.equal(came.headers["ttl"], String(48 * 3_600));
  assert.equal(came.headers["urgency"], "high");
  const [, token = "", key = ""] =
    /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(came.headers.authorization ?? "") ?? [];
  assert.equal(key, (await show(phone.token)).body["server_key"]);
  const claims = claimsOf(token, key);
  assert.equal(claims["aud"], new URL(urlOf("/")).origin);
  assert.equal(claims["sub"], "mailto:kommun@example.se");
  const [told] = (
    await world.api<{ id: string; status: { id: string } }[]>("GET", "/api/v1/notifications", phone)
  ).body;
  assert.equal(told?.status.id, said);
  assert.match(text, new RegExp(`"notification_id":${told?.id}[,}]`));
  assert.deepEqual(
    { ...message, notification_id: undefined },
    {
      notification_id: undefined,
      access_token: "",
      preferred_locale: "sv",
      notification_type: "mention",
      icon: `${world.origin}/avatars/original/missing.png`,
      title: "asa skrev till er",
      body: "Öppnar simhallen snart?",
    },
  );
});

test("a device that asks for it by the older draft is told by that", async () => {
  const phone = await subscribed("/old", { standard: false });
  await world.hear("Som förr");
  const came = await arrivedAt("/old");
  assert.equal(came.headers["content-encoding"], "aesgcm");
  assert.equal(opened(came, phone).message.body, "Som förr");
  const token = /^WebPush (.+)$/.exec(came.headers.authorization ?? "")?.[1] ?? "";
  const key = /p256ecdsa=([\w-]+)/.exec(String(came.headers["crypto-key"]))?.[1] ?? "";
  assert.equal(claimsOf(token, key)["sub"], "mailto:kommun@example.se");
});

test("a device is told of what it has asked for, from those it has asked for", async () => {
  const [wide, narrow] = [
    await subscribed("/wide"),
    await subscribed("/narrow", { data: { alerts: { favourite: true } } }),
  ];
  await subscribed("/known", { data: { alerts: { mention: true, favourite: true }, policy: "followed" } });
  await subscribed("/none", { data: { alerts: { mention: true, favourite: true }, policy: "none" } });
  const post = await world.say(office, "Till alla");
  await world.hear("Ett svar");
  assert.equal(opened(await arrivedAt("/wide"), wide).message.notification_type, "mention");
  await favour(post, "1");
  assert.equal(opened(await arrivedAt("/wide", 2), wide).message.notification_type, "favourite");
  const told = opened(await arrivedAt("/narrow"), narrow).message;
  assert.deepEqual(
    [told.notification_type, told.title, told.body],
    ["favourite", "asa gillade ert inlägg", "Till alla"],
  );
  assert.deepEqual(
    received.filter(({ path }) => path === "/known" || path === "/none"),
    [],
  );
});

test("what is said in confidence is not shown outside the app", async () => {
  const phone = await subscribed("/secret");
  await world.hear("Mitt barn är sjukt", { visibility: "direct" });
  const { text, message } = opened(await arrivedAt("/secret"), phone);
  assert.equal(message.body, "Öppna appen för att läsa.");
  assert.doesNotMatch(text, /sjukt/);
});

test("a device that is gone is told no more", async () => {
  answers.set("/gone", (response) => void response.writeHead(410).end());
  const phone = await subscribed("/gone");
  await world.hear("Är någon där?");
  await arrivedAt("/gone");
  await waitFor(async () => (await show(phone.token)).status === 404, {
    what: "the end of the subscription",
  });
});

test("a push service in trouble is left in peace as long as it asks, and told again then", async () => {
  answers.set("/busy", (response) => void response.writeHead(503, { "retry-after": "600" }).end());
  const phone = await subscribed("/busy");
  await world.hear("Snart igen");
  await arrivedAt("/busy");
  const rest = () =>
    db.as(id, async (tx) => {
      const [row] = await tx<{ failures: number; waits: boolean; runs: boolean }[]>`
        select failures, rest_until > clock_timestamp() + interval '500 seconds' as waits, exists (
          select from graphile_worker.jobs where key = 'push ' || push_subscription.id
          and run_at > clock_timestamp() + interval '500 seconds') as runs
        from push_subscription where authority = ${id} and endpoint = ${urlOf("/busy")}`;
      return row?.waits && row.runs ? row : undefined;
    });
  assert.equal((await waitFor(rest, { what: "a rest" })).failures, 1);
  answers.delete("/busy");
  await db.as(id, (tx) =>
    tx`update push_subscription set rest_until = null where authority = ${id}`.execute(),
  );
  await world.hear("Nu då");
  await arrivedAt("/busy", 3);
  assert.deepEqual(
    received.filter(({ path }) => path === "/busy").map((one) => opened(one, phone).message.body),
    ["Snart igen", "Snart igen", "Nu då"],
  );
});

test("a push service that answers nothing keeps no other waiting", async () => {
  answers.set("/dead", () => {});
  for (let n = 0; n < 6; n++) await subscribed("/dead", { endpoint: urlOf("/dead", "localhost") });
  const phone = await subscribed("/alive");
  await world.hear("Till den som svarar");
  assert.equal(opened(await arrivedAt("/alive"), phone).message.body, "Till den som svarar");
  assert.ok(received.filter(({ path }) => path === "/dead").length <= 2);
});

test("what a token no longer speaks for is not told to its device", async () => {
  await subscribed("/revoked");
  const last = await subscribed("/still");
  await db.as(id, (tx) =>
    tx`update access_token set revoked_at = clock_timestamp() where authority = ${id}
    and id = (select token from push_subscription where authority = ${id} and endpoint = ${urlOf("/revoked")})`.execute(),
  );
  await world.hear("Till den som är kvar");
  assert.equal(opened(await arrivedAt("/still"), last).message.body, "Till den som är kvar");
  await waitFor(
    () =>
      db.as(id, async (tx) => {
        const rows =
          await tx`select from push_subscription where authority = ${id} and endpoint = ${urlOf("/revoked")}`;
        return rows.length === 0;
      }),
    { what: "the end of the subscription" },
  );
  assert.deepEqual(
    received.filter(({ path }) => path === "/revoked"),
    [],
  );
});

test("a subscription is made, shown, changed and ended by its token", async () => {
  const phone = await device();
  const asked = {
    "subscription[endpoint]": urlOf("/kept"),
    "subscription[keys][p256dh]": phone.keys.p256dh,
    "subscription[keys][auth]": Buffer.from(phone.secret).toString("base64"),
    "data[alerts][mention]": "true",
    "data[policy]": "followed",
  };
  assert.equal((await show(phone.token)).status, 404);
  const made = await world.api("POST", "/api/v1/push/subscription", { token: phone.token, form: asked });
  assert.equal(made.status, 200);
  assertEntity("WebPushSubscription", made.body);
  assert.deepEqual([made.body["standard"], made.body["policy"]], [false, "followed"]);
  assert.deepEqual((await show(phone.token)).body, made.body);
  const change = { json: { data: { alerts: { follow: true } }, policy: "all" }, token: phone.token };
  const changed = await world.api<{ alerts: Record<string, boolean>; policy: string }>(
    "PUT",
    "/api/v1/push/subscription",
    change,
  );
  assert.deepEqual(
    [changed.body.alerts["mention"], changed.body.alerts["follow"], changed.body.policy],
    [false, true, "all"],
  );
  assert.deepEqual((await world.api("DELETE", "/api/v1/push/subscription", { token: phone.token })).body, {});
  assert.equal((await show(phone.token)).status, 404);
  assert.equal((await world.api("PUT", "/api/v1/push/subscription", change)).status, 404);
});

test("what no device could be told by is refused, and so is a token without the scope", async () => {
  const phone = await device();
  const keys = phone.keys;
  const wrong = [
    { endpoint: "mailto:anna@example.se", keys },
    { endpoint: "", keys },
    { endpoint: urlOf("/x"), keys: { ...keys, p256dh: randomBytes(65).toString("base64url") } },
    {
      endpoint: urlOf("/x"),
      keys: { ...keys, p256dh: Buffer.concat([Buffer.from([4]), randomBytes(64)]).toString("base64") },
    },
    { endpoint: urlOf("/x"), keys: { ...keys, auth: "kort" } },
    { endpoint: urlOf("/x") },
  ];
  for (const subscription of wrong)
    assert.equal(
      (await world.api("POST", "/api/v1/push/subscription", { token: phone.token, json: { subscription } }))
        .status,
      422,
    );
  const without = await world.token(["read"]);
  assert.equal((await show(without)).status, 403);
  assert.equal((await world.api("GET", "/api/v1/push/subscription")).status, 401);
});

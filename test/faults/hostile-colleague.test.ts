import assert from "node:assert/strict";
import { test } from "node:test";
import sharp from "sharp";
import type { Endpoint } from "#adapters/api/endpoint.ts";
import { endpoints } from "#adapters/api/endpoints.ts";
import { grantAccount } from "#domain/accounts/grants.ts";
import { createLog } from "#platform/log.ts";
import { testDatabase } from "../database.ts";
import { startClientWorld } from "../client-world.ts";
import { fileScope } from "../file-scope.ts";
import { waitFor } from "../interop/wait-for.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const failures: string[] = [];
const log = createLog({
  level: "error",
  write: (line) => void failures.push(line),
  now: () => Temporal.Now.instant(),
});
const world = await startClientWorld(scope, db, { log });
const { authority, office, voice, asa } = world;
const all = ["read", "write", "follow", "push", "profile"];
const secret = "Hemlighetsord";

/** Anna speaks for the office; Bo for the authority's own voice alone. */
const anna = await world.token(all);
const bo = await world.addColleague();
await db.as(authority.id, (tx) =>
  grantAccount(tx, authority.id, { person: bo, account: voice.id }, undefined),
);
const bos = await world.token(all, { person: bo, account: voice });
const things = await annasThings();

const asked = endpoints.filter(({ path }) => !path.includes("/streaming"));
const withId = asked.filter(({ path }) => /:\w+/.test(path));
/** What answers everyone alike, since there never is anything. */
const alike =
  /^(DELETE \/api\/v1\/suggestions\/|POST \/api\/v1\/notifications\/requests\/|POST \/api\/v2\/notifications\/:group_key\/dismiss)/;

test("a colleague of another office cannot see, change or take away what is of this one", async () => {
  const before = await kept();
  const tries = Object.entries(things).flatMap(([what, id]) =>
    [bos, undefined].map((token) => ({ what, id, token })),
  );
  for (const endpoint of withId)
    await Promise.all(
      tries.map(async ({ what, id, token }) => {
        const name = `${endpoint.method} ${endpoint.path} with ${what}`;
        const { status, text } = await ask(endpoint, id, token);
        assert.ok(!text.includes(secret), `${name} tells: ${text}`);
        assert.ok(
          status >= 400 || alike.test(name) || text === "[]",
          `${name} is answered ${status} ${text}`,
        );
        assert.ok(status < 500, name);
      }),
    );
  assert.deepEqual(await kept(), before);
});

test("lists, searches and settings of one account hold nothing of another's", async () => {
  const ids = `id[]=${things.confided}&id[]=${things.forFollowers}&id[]=${asa}`;
  const addresses = [
    `${world.origin}/posts/${things.confided}`,
    `${world.origin}/ap/posts/${things.forFollowers}`,
    secret,
  ];
  const queries = addresses.flatMap((q) => [`q=${encodeURIComponent(q)}`, `url=${encodeURIComponent(q)}`]);
  for (const endpoint of asked.filter(({ method, path }) => method === "GET" && !/:\w+/.test(path)))
    for (const query of [ids, ...queries])
      for (const token of [bos, undefined]) {
        const { status, text } = await ask(endpoint, "", token, `?${query}&resolve=false`);
        assert.ok(status < 500 && !text.includes(secret), `${endpoint.path}?${query}: ${status} ${text}`);
      }
  for (const list of ["posts", "threads", "changes", "accounts", `posts/${things.forFollowers}`])
    for (const format of ["json", "csv"]) {
      const text = await (await fetch(`${world.origin}/api/open/v1/${list}?format=${format}`)).text();
      assert.ok(!text.includes(secret) && !text.includes(things.confided), list);
    }
});

test("who works here is told to no program", async () => {
  for (const endpoint of asked.filter(({ method }) => method === "GET"))
    for (const id of [office.id, asa, things.planned, things.notification]) {
      const { text } = await ask(endpoint, id, anna, "?q=anna&acct=kommunchef&timeline[]=home");
      assert.doesNotMatch(text, /Anna Exempel|Bo Exempel|(anna|bo1)@example/, endpoint.path);
    }
});

test("an id that cannot be one names nothing, and nothing fails over it", async () => {
  const wrong = [
    "9223372036854775808",
    "9999999999999999999",
    "0",
    "-1",
    "1e18",
    "%00",
    "%ff",
    "__proto__",
    "a%0d%0aX: y",
    "1".repeat(300),
    "..%2f..",
  ];
  for (const endpoint of withId)
    for (const id of wrong) {
      const { status, type } = await ask(endpoint, id, anna);
      const name = `${endpoint.method} ${endpoint.path} with ${id}`;
      assert.ok(status < 500, `${name}: ${status}`);
      assert.ok(status < 400 || type.startsWith("application/json"), `${name}: ${type}`);
    }
  assert.deepEqual(failures, []);
});

test("nothing is kept that is longer than anyone writes, or deeper", async () => {
  const long = "ord ".repeat(100_000);
  const open = await world.api<{ id: string }>("POST", "/api/v1/statuses", {
    token: anna,
    json: { status: "Kort" },
  });
  const tries: [string, string, object | string][] = [
    ["POST", "/api/v1/statuses", { status: long }],
    ["POST", "/api/v1/statuses", { status: "Kort", spoiler_text: long }],
    ["PUT", `/api/v1/statuses/${open.body.id}`, { status: "Kort", spoiler_text: long }],
    ["POST", "/api/v1/statuses", { status: { text: [long] } }],
    ["POST", "/api/v1/lists", { title: long }],
    ["PUT", `/api/v1/lists/${things.list}`, { title: long }],
    ["POST", "/api/v2/filters", { title: long, context: ["home"] }],
    ["POST", `/api/v2/filters/${things.filter}/keywords`, { keyword: long }],
    ["PUT", `/api/v1/media/${things.media}`, { description: long }],
    ["POST", `/api/v1/accounts/${asa}/note`, { comment: long }],
    ["POST", "/api/v1/domain_blocks", { domain: long }],
    ["POST", "/api/v1/reports", { account_id: asa, comment: long }],
    ["PATCH", "/api/v1/accounts/update_credentials", { note: long }],
    ["PATCH", "/api/v1/accounts/update_credentials", { display_name: long }],
    ["POST", "/api/v1/apps", { client_name: long, redirect_uris: "https://app.example/" }],
    ["POST", "/api/v1/apps", { client_name: "x", redirect_uris: `https://app.example/${"x".repeat(9_000)}` }],
    ["POST", "/api/v1/statuses", `{"status":${"[".repeat(200_000)}${"]".repeat(200_000)}}`],
    [
      "POST",
      "/api/v1/statuses",
      '{"__proto__":{"status":"Kort"},"constructor":{"prototype":{"status":"Kort"}}}',
    ],
    ["POST", "/api/v1/statuses", '{"status":"a\\u0000b"}'],
  ];
  const before = await kept();
  for (const [method, path, body] of tries) {
    const answer = await fetch(world.origin + path, {
      method,
      headers: { authorization: `Bearer ${anna}`, "content-type": "application/json" },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    assert.equal(
      answer.status,
      422,
      `${method} ${path} ${JSON.stringify(body).slice(0, 60)}: ${text.slice(0, 200)}`,
    );
  }
  assert.deepEqual(await kept(), before);
  assert.deepEqual(failures, []);
});

async function ask({ method, path }: Endpoint, id: string, token: string | undefined, query = "") {
  const answer = await fetch(world.origin + path.replaceAll(/:\w+/g, id) + query, {
    method,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    redirect: "manual",
  });
  const type = answer.headers.get("content-type") ?? "";
  return { status: answer.status, type, text: await answer.text() };
}

async function annasThings() {
  const make = async (method: string, path: string, json: object) => {
    const made = await world.api<{ id: string }>(method, path, { token: anna, json });
    assert.equal(made.status, 200, `${path} ${failures.join()}`);
    return made.body.id;
  };
  const confided = await world.hear(`${secret} i förtroende`, { visibility: "direct" });
  const forFollowers = await world.say(office, `${secret} för följare`, { visibility: "followers" });
  const open = await world.say(office, "Öppet");
  const filter = await make("POST", "/api/v2/filters", {
    title: secret,
    context: ["home"],
    keywords_attributes: [{ keyword: secret }],
  });
  const keywords = await world.api<{ id: string }[]>("GET", `/api/v2/filters/${filter}/keywords`, {
    token: anna,
  });
  const picture = new FormData();
  const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } })
    .png()
    .toBuffer();
  picture.set("file", new Blob([new Uint8Array(bytes)]), "a.png");
  picture.set("description", secret);
  const upload = await world.api<{ id: string }>("POST", "/api/v2/media", {
    token: anna,
    multipart: picture,
  });
  const notification = await waitFor(
    async () =>
      (await world.api<{ id: string }[]>("GET", "/api/v1/notifications", { token: anna })).body[0]?.id,
    { what: "a notification" },
  );
  await make("POST", `/api/v1/accounts/${asa}/note`, { comment: secret });
  return {
    confided,
    forFollowers,
    filter,
    keyword: keywords.body[0]?.id ?? "",
    filtered: await make("POST", `/api/v2/filters/${filter}/statuses`, { status_id: open }),
    list: await make("POST", "/api/v1/lists", { title: secret }),
    planned: await make("POST", "/api/v1/statuses", {
      status: secret,
      scheduled_at: Temporal.Now.instant().add({ hours: 5 }).toString(),
    }),
    media: upload.body.id,
    notification,
    group: `ungrouped-${notification}`,
  };
}

/** What Anna has, as she sees it. */
async function kept(): Promise<unknown[]> {
  const paths = ["v2/filters", "v1/lists", "v1/scheduled_statuses", "v1/notifications", "v1/conversations"];
  const more = [`v1/media/${things.media}`, `v1/statuses/${things.forFollowers}`];
  return Promise.all(
    [...paths, ...more].map(
      async (path) => (await world.api<unknown>("GET", `/api/${path}`, { token: anna })).body,
    ),
  );
}

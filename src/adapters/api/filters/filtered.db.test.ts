import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { startClientWorld } from "#test/client-world.ts";
import { testDatabase } from "#test/database.ts";
import { fileScope } from "#test/file-scope.ts";
import type { Filter } from "../entities/filter.ts";
import type { Status } from "../entities/status.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startClientWorld(scope, db);
const { authority } = world;
const token = await world.token(["read", "write"]);

const make = async (keyword: string, filter_action: string, context: string[] = ["public"]) => {
  const form = { title: keyword, context, filter_action, "keywords_attributes[0][keyword]": keyword };
  return (await world.api<Filter>("POST", "/api/v2/filters", { token, form })).body;
};
const read = (query: Record<string, string> = {}, as = token) =>
  world.api<Status[]>("GET", "/api/v1/timelines/public", { token: as, query });
const find = async (id: string) => (await read()).body.find((one) => one.id === id);

beforeEach(() => db.as(authority.id, (tx) => tx`delete from filter where authority = ${authority.id}`));

test("a warning names the filter and the words that met, to the account alone", async () => {
  const post = await world.hear("I dag: BÅTMÄSSA i hamnen");
  const filter = await make("båtmässa", "warn");
  const shown = await find(post);
  assertEntity("Status", shown);
  const { keywords: _, statuses: __, ...bare } = filter;
  assert.deepEqual(shown?.filtered, [{ filter: bare, keyword_matches: ["båtmässa"], status_matches: null }]);
  for (const one of shown?.filtered ?? []) assertEntity("FilterResult", one);
  const other = (await read({}, await world.token(["read"], { account: world.voice }))).body;
  assert.deepEqual(other.find(({ id }) => id === post)?.filtered, []);
});

test("what is to be hidden is left out where the filter holds, and places lead on past it", async () => {
  const before = await world.hear("Före");
  const hidden = await world.hear("En båtmässa till");
  await make("båtmässa", "hide");
  const { body, headers } = await read({ limit: "1" });
  assert.deepEqual(body, []);
  assert.match(headers.get("link") ?? "", new RegExp(`max_id=${hidden}`));
  assert.equal((await read({ limit: "1", max_id: hidden })).body[0]?.id, before);
  const single = await world.api<Status>("GET", `/api/v1/statuses/${hidden}`, { token });
  assert.equal(single.status, 200);
  assert.equal(single.body.filtered?.[0]?.filter.filter_action, "hide");
});

test("a filter holds in its contexts, until it ends, and never for what the account said itself", async () => {
  const post = await world.hear("Om regattan");
  const own = await world.say(world.office, "Om regattan");
  const filter = await make("regattan", "blur", ["home"]);
  assert.deepEqual((await find(post))?.filtered, []);
  await world.api("PUT", `/api/v2/filters/${filter.id}`, { token, form: { context: ["public"] } });
  assert.equal((await find(post))?.filtered?.[0]?.filter.filter_action, "blur");
  assert.deepEqual((await find(own))?.filtered, []);
  await db.as(
    authority.id,
    (tx) => tx`update filter set expires_at = '2020-01-01' where authority = ${authority.id}`,
  );
  assert.deepEqual((await find(post))?.filtered, []);
});

test("a single post is met by its id", async () => {
  const post = await world.hear("Vad som helst");
  const { body: filter } = await world.api<Filter>("POST", "/api/v2/filters", {
    token,
    form: { title: "Ett inlägg", context: ["public"] },
  });
  await world.api("POST", `/api/v2/filters/${filter.id}/statuses`, { token, form: { status_id: post } });
  const [met] = (await find(post))?.filtered ?? [];
  assert.deepEqual([met?.status_matches, met?.keyword_matches], [[post], null]);
});

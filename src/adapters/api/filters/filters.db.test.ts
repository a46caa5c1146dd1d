import assert from "node:assert/strict";
import { test } from "node:test";
import { hearKept } from "#domain/accounts/kept.ts";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { startClientWorld, type Asked } from "#test/client-world.ts";
import { testDatabase } from "#test/database.ts";
import { fileScope } from "#test/file-scope.ts";
import { mostFilters, mostKeywords } from "#domain/timelines/change-filters.ts";
import type { Filter, FilterKeyword, FilterStatus, V1Filter } from "../entities/filter.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startClientWorld(scope, db);
const token = await world.token(["read:filters", "write:filters"]);
const stranger = await world.token(["read", "write"], { account: world.voice });
const at = "/api/v2/filters";

const ask = <Body = Filter>(method: string, path: string, asked: Asked = {}) =>
  world.api<Body>(method, path, { token, ...asked });
const make = async (form: Asked["form"]) => {
  const { status, body } = await ask("POST", at, { form: form ?? {} });
  assert.equal(status, 200);
  return body;
};
const words = (filter: Filter) => filter.keywords?.map(({ keyword, whole_word }) => [keyword, whole_word]);

test("a filter is made with its keywords, read, changed and removed", async () => {
  const sent = new URLSearchParams([
    ["title", "Val"],
    ["context[]", "home"],
    ["context[]", "public"],
    ["expires_in", "3600"],
    ["keywords_attributes[][keyword]", "foo"],
    ["keywords_attributes[][whole_word]", "false"],
    ["keywords_attributes[][keyword]", "bår"],
    ["keywords_attributes[][whole_word]", "true"],
  ]);
  const { body: made } = await ask("POST", `${at}?${sent.toString()}`);
  assertEntity("Filter", made);
  assert.deepEqual([made.title, made.context, made.filter_action], ["Val", ["home", "public"], "warn"]);
  assert.deepEqual(words(made), [
    ["foo", false],
    ["bår", true],
  ]);
  assert.ok(
    made.expires_at && Temporal.Instant.from(made.expires_at).epochMilliseconds > Date.now() + 3_500_000,
  );
  assert.deepEqual(await ask("GET", `${at}/${made.id}`).then(({ body }) => body), made);
  const [foo, bar] = made.keywords ?? [];
  const changes = new URLSearchParams([
    ["filter_action", "hide"],
    ["expires_in", ""],
    ["keywords_attributes[][id]", foo?.id ?? ""],
    ["keywords_attributes[][_destroy]", "true"],
    ["keywords_attributes[][id]", bar?.id ?? ""],
    ["keywords_attributes[][keyword]", "baz"],
  ]);
  const { body: changed } = await ask("PUT", `${at}/${made.id}?${changes.toString()}`);
  assert.deepEqual([changed.filter_action, changed.expires_at, changed.title], ["hide", null, "Val"]);
  assert.deepEqual(changed.keywords, [{ id: bar?.id, keyword: "baz", whole_word: true }]);
  assert.equal((await ask<Filter[]>("GET", at)).body.length, 1);
  assert.deepEqual((await ask("DELETE", `${at}/${made.id}`)).body, {});
  assert.equal((await ask("GET", `${at}/${made.id}`)).status, 404);
});

test("keywords and posts of a filter are added, read, changed and removed", async () => {
  const filter = await make({ title: "Delar", context: ["home"] });
  const { body: word } = await ask<FilterKeyword>("POST", `${at}/${filter.id}/keywords`, {
    json: { keyword: "snö", whole_word: false },
  });
  assertEntity("FilterKeyword", word);
  const path = `${at}/keywords/${word.id}`;
  const put = await ask<FilterKeyword>("PUT", path, { form: { keyword: "slask" } });
  assert.deepEqual(put.body, { id: word.id, keyword: "slask", whole_word: false });
  assert.deepEqual((await ask("GET", path)).body, put.body);
  assert.deepEqual((await ask("GET", `${at}/${filter.id}/keywords`)).body, [put.body]);
  assert.equal((await ask("PUT", path, { form: { keyword: " " } })).status, 422);
  const post = await world.hear("Ett inlägg");
  const add = () => ask<FilterStatus>("POST", `${at}/${filter.id}/statuses`, { form: { status_id: post } });
  const { body: kept } = await add();
  assertEntity("FilterStatus", kept);
  assert.equal(kept.status_id, post);
  assert.deepEqual((await add()).body, kept);
  assert.deepEqual((await ask("GET", `${at}/statuses/${kept.id}`)).body, kept);
  assert.deepEqual((await ask("GET", `${at}/${filter.id}/statuses`)).body, [kept]);
  assert.equal((await ask("DELETE", `${at}/statuses/${kept.id}`)).status, 200);
  assert.equal((await ask("DELETE", path)).status, 200);
  const { body: empty } = await ask("GET", `${at}/${filter.id}`);
  assert.deepEqual([empty.keywords, empty.statuses], [[], []]);
  const unseen = await world.hear("Till kommunen", { visibility: "direct", mentioned: [world.voice.id] });
  const refused = await ask("POST", `${at}/${filter.id}/statuses`, { form: { status_id: unseen } });
  assert.equal(refused.status, 404);
});

test("another account's filters are not there", async () => {
  const form = { title: "Mitt", context: ["home"], "keywords_attributes[0][keyword]": "ord" };
  const filter = await make(form);
  const word = filter.keywords?.[0]?.id ?? "";
  const as = { token: stranger };
  for (const [method, path] of [
    ["GET", `${at}/${filter.id}`],
    ["PUT", `${at}/${filter.id}`],
    ["DELETE", `${at}/${filter.id}`],
    ["GET", `${at}/${filter.id}/keywords`],
    ["GET", `${at}/${filter.id}/statuses`],
    ["GET", `${at}/keywords/${word}`],
    ["DELETE", `${at}/keywords/${word}`],
    ["DELETE", `/api/v1/filters/${word}`],
  ] as const)
    assert.equal((await ask(method, path, as)).status, 404, `${method} ${path}`);
  const put = await ask("PUT", `${at}/keywords/${word}`, { ...as, form: { keyword: "x" } });
  assert.equal(put.status, 404);
  const foreign = { "keywords_attributes[0][id]": word, "keywords_attributes[0][keyword]": "x" };
  const own = await ask("POST", at, { ...as, form: { title: "T", context: ["home"] } });
  assert.equal((await ask("PUT", `${at}/${own.body.id}`, { ...as, form: foreign })).status, 404);
  assert.deepEqual((await ask("GET", `${at}/keywords/${word}`)).body, filter.keywords?.[0]);
});

test("what cannot be a filter is refused with all that is wrong", async () => {
  const { status, body } = await ask<{ error: string }>("POST", at, { form: {} });
  assert.equal(status, 422);
  assert.equal(
    body.error,
    "Validation failed: Title can't be blank, Context can't be blank, Context None or invalid context supplied",
  );
  const wrong: Asked["form"][] = [
    { title: "T", context: ["nowhere"] },
    { title: "T", context: ["home"], filter_action: "burn" },
    { title: "x".repeat(201), context: ["home"] },
    { title: "T", context: ["home"], "keywords_attributes[0][keyword]": "" },
    { title: "T", context: ["home"], "keywords_attributes[0][keyword]": "x".repeat(201) },
  ];
  for (const form of wrong) assert.equal((await ask("POST", at, form ? { form } : {})).status, 422);
});

test("older apps see each keyword as a filter, and change no more than is theirs", async () => {
  const v1 = "/api/v1/filters";
  const form = { phrase: "fotboll", context: ["home", "thread"], irreversible: "true", whole_word: "true" };
  const { body: made } = await ask<V1Filter>("POST", v1, { form });
  assertEntity("V1_Filter", made);
  assert.deepEqual([made.phrase, made.irreversible, made.whole_word], ["fotboll", true, true]);
  assert.deepEqual((await ask("GET", `${v1}/${made.id}`)).body, made);
  const put = await ask<V1Filter>("PUT", `${v1}/${made.id}`, {
    form: { phrase: "handboll", context: ["home"], irreversible: "false" },
  });
  assert.deepEqual([put.body.phrase, put.body.irreversible, put.body.context], ["handboll", false, ["home"]]);
  const all = (await ask<V1Filter[]>("GET", v1)).body;
  assert.ok(all.some(({ id }) => id === made.id));
  const several = await make({
    title: "Två",
    context: ["home"],
    "keywords_attributes[0][keyword]": "ett",
    "keywords_attributes[1][keyword]": "två",
  });
  const one = several.keywords?.[0]?.id ?? "";
  const wider = { phrase: "ett", context: ["home", "public"] };
  const refused = await ask<{ error: string }>("PUT", `${v1}/${one}`, { form: wider });
  assert.equal(refused.status, 422);
  assert.match(refused.body.error, /flera sökord/);
  const renamed = await ask<V1Filter>("PUT", `${v1}/${one}`, { form: { phrase: "tre", context: ["home"] } });
  assert.equal(renamed.body.phrase, "tre");
  assert.deepEqual((await ask("DELETE", `${v1}/${one}`)).body, {});
  assert.equal((await ask("GET", `${at}/${several.id}`)).body.keywords?.length, 1);
  const blank = await ask<{ error: string }>("POST", v1, { form: { context: ["home"] } });
  assert.equal(blank.body.error, "Validation failed: Phrase can't be blank");
});

test("apps hear that filters have changed", async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const ear = await hearKept(db, ({ account, what }) => resolve(`${account} ${what}`));
  await make({ title: "Nytt", context: ["home"] });
  assert.equal(await promise, `${world.office.id} filters`);
  await ear.stop();
});

test("so many keywords may an account have in all, and one too many leaves no filter behind", async () => {
  const json = (count: number, title: string) => ({
    json: {
      title,
      context: ["home"],
      keywords_attributes: Array.from({ length: count }, (_, n) => ({ keyword: `nr${n}` })),
    },
  });
  const before = (await ask<Filter[]>("GET", at)).body;
  const used = before.reduce((sum, { keywords }) => sum + (keywords?.length ?? 0), 0);
  const full = await ask("POST", at, json(mostKeywords - used, "Full"));
  assert.equal(full.body.keywords?.length, mostKeywords - used);
  const refused = await ask<{ error: string }>("POST", at, json(1, "En till"));
  assert.equal(refused.status, 422);
  assert.match(refused.body.error, /högst 1000 sökord/);
  const v1 = await ask("POST", "/api/v1/filters", { form: { phrase: "en till", context: ["home"] } });
  assert.equal(v1.status, 422);
  const more = await ask("POST", `${at}/${full.body.id}/keywords`, { form: { keyword: "en till" } });
  assert.equal(more.status, 422);
  assert.equal((await ask<Filter[]>("GET", at)).body.length, before.length + 1);
  await ask("DELETE", `${at}/${full.body.id}`);
});

test("an account has as many filters as can be searched in reasonable time, and hears why no more", async () => {
  const have = (await ask<Filter[]>("GET", at)).body.length;
  for (let n = have; n < mostFilters; n += 1) await make({ title: `Nr ${n}`, context: ["home"] });
  const { status, body } = await ask<{ error: string }>("POST", at, {
    form: { title: "En till", context: ["home"] },
  });
  assert.equal(status, 422);
  assert.match(body.error, /redan 100 filter/);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { startClientWorld } from "#test/client-world.ts";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { testDatabase } from "#test/database.ts";
import { fileScope } from "#test/file-scope.ts";
import type { Account } from "../entities/account.ts";
import type { Status } from "../entities/status.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startClientWorld(scope, db);
const { office, voice } = world;
const token = await world.token(["read", "write"]);
const other = await world.token(["read", "write"], { account: voice });
type Refusal = { error: string };
const act = (id: string, what: string, as = token, form: Record<string, string> = {}) =>
  world.api<Status & Refusal>("POST", `/api/v1/statuses/${id}/${what}`, { token: as, form });
const list = <Entity = Status>(path: string, query: Record<string, string> = {}) =>
  world.api<Entity[]>("GET", `/api/v1/${path}`, { token, query });
const idsOf = (entities: { id: string }[]) => entities.map(({ id }) => id);

test("a favourite, a bookmark and a muted conversation are shown, twice is once, and all can be taken back", async () => {
  const post = await world.hear("Tack för bron");
  for (const [done, undone, sign] of [
    ["favourite", "unfavourite", "favourited"],
    ["bookmark", "unbookmark", "bookmarked"],
    ["mute", "unmute", "muted"],
  ] as const) {
    for (const _ of [1, 2]) {
      const { status, body } = await act(post, done);
      assert.deepEqual([status, body[sign]], [200, true], done);
      assertEntity("Status", body);
    }
    const theirs = await world.api<Status>("GET", `/api/v1/statuses/${post}`, { token: other });
    assert.equal(theirs.body[sign], false, "each account for itself");
    for (const _ of [1, 2]) assert.equal((await act(post, undone)).body[sign], false);
  }
});

test("a boost is answered as the boost around the post, and its id stands for the post everywhere", async () => {
  const post = await world.hear("Läs om bron");
  const { status, body: boost } = await act(post, "reblog");
  assert.deepEqual([status, boost.reblog?.id, boost.reblog?.reblogged], [200, post, true]);
  assert.deepEqual([boost.account.id, boost.id === post], [office.id, false]);
  assertEntity("Status", boost);
  assert.equal((await act(post, "reblog")).body.id, boost.id);
  assert.deepEqual(
    [(await act(boost.id, "favourite")).body.id, (await act(boost.id, "bookmark")).body.id],
    [post, post],
  );
  const shown = await world.api<Status>("GET", `/api/v1/statuses/${boost.id}`, { token });
  assert.equal(shown.body.reblog?.id, post);
  const by = await list<Account>(`statuses/${boost.id}/reblogged_by`);
  assert.deepEqual(idsOf(by.body), [office.id]);
  for (const account of by.body) assertEntity("Account", account);
  const answered = await world.api<Status>("POST", "/api/v1/statuses", {
    token,
    form: { status: "Just det", in_reply_to_id: boost.id },
  });
  assert.equal(answered.body.in_reply_to_id, post);
  assert.equal((await world.api("DELETE", `/api/v1/statuses/${boost.id}`, { token: other })).status, 404);
  const gone = await world.api<Status>("DELETE", `/api/v1/statuses/${boost.id}`, { token });
  assert.deepEqual([gone.status, gone.body.reblog?.id], [200, post]);
  assert.equal((await world.api("GET", `/api/v1/statuses/${boost.id}`, { token })).status, 404);
  assert.equal((await world.api<Status>("GET", `/api/v1/statuses/${post}`, { token })).body.reblogged, false);
  await act(post, "reblog");
  assert.equal((await act(post, "unreblog")).body.reblogged, false);
});

test("what is not for all is not boosted, and no boost is for some", async () => {
  const post = await world.hear("Bara till er", { visibility: "direct" });
  assert.equal((await act(post, "reblog")).status, 422);
  const open = await world.hear("Till alla");
  const refused = await act(open, "reblog", token, { visibility: "private" });
  assert.deepEqual([refused.status, /följare/.test(refused.body.error)], [422, true]);
  assert.equal((await act(open, "reblog", token, { visibility: "unlisted" })).status, 200);
});

test("what is kept and thanked for is listed by when that was, page by page, whatever comes meanwhile", async () => {
  const posts = [];
  for (const text of ["ett", "två", "tre"]) posts.push(await world.hear(text));
  const [one = "", two = "", three = ""] = posts;
  for (const [path, what, sign] of [
    ["bookmarks", "bookmark", "bookmarked"],
    ["favourites", "favourite", "favourited"],
  ] as const) {
    const before = new Set(idsOf((await list(path)).body));
    for (const post of [two, three, one]) await act(post, what);
    const first = await list(path, { limit: "2" });
    assert.deepEqual(idsOf(first.body), [one, three]);
    await act(await world.hear("fyra"), what);
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
    const second = await world.api<Status[]>("GET", next, { token });
    assert.equal(second.body[0]?.id, two);
    assert.ok(second.body.slice(1).every(({ id }) => before.has(id)));
    const newer = /<([^>]+)>; rel="prev"/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
    assert.equal((await world.api<Status[]>("GET", newer, { token })).body[0]?.content, "<p>fyra</p>");
    assert.ok((await list(path)).body.every((status) => status[sign]));
  }
  const by = await list<Account>(`statuses/${one}/favourited_by`, { limit: "1" });
  assert.deepEqual(idsOf(by.body), [office.id]);
});

test("five of one's own public posts can be pinned", async () => {
  const posts = [];
  for (const text of ["a", "b", "c", "d", "e", "f"]) posts.push(await world.say(office, text));
  const [first = "", ...rest] = posts;
  const pinned = await act(first, "pin");
  assert.deepEqual([pinned.status, pinned.body.pinned], [200, true]);
  await Promise.all(rest.slice(0, 3).map((post) => act(post, "pin")));
  const raced = await Promise.all(rest.slice(3).map((post) => act(post, "pin")));
  assert.deepEqual(
    raced.map(({ status }) => status).toSorted((one, other) => one - other),
    [200, 422],
  );
  assert.equal((await act(first, "pin")).status, 200, "again is no other");
  assert.equal((await act(first, "unpin")).body.pinned, false);
  const late = raced.findIndex(({ status }) => status === 422);
  assert.equal((await act(rest[3 + late] ?? "", "pin")).body.pinned, true);
  assert.equal((await act(await world.hear("Annans"), "pin")).status, 422);
  const secret = await world.say(office, "Hej @asa@social.test", { visibility: "direct" });
  assert.equal((await act(secret, "pin")).status, 422);
});

test("what is not there cannot be acted on, and what Torg does not offer says so", async () => {
  const hidden = await world.hear("Bara till er", { visibility: "direct", mentioned: [voice.id] });
  for (const what of ["favourite", "unfavourite", "reblog", "bookmark", "mute", "pin", "unpin"])
    for (const id of [hidden, "100000000000000000"]) assert.equal((await act(id, what)).status, 404, what);
  const post = await world.hear("Hello");
  assert.equal((await act(post, "translate")).status, 404);
  assert.equal((await world.api("GET", "/api/v1/polls/100000000000000000")).status, 404);
  assert.equal((await world.api("POST", "/api/v1/polls/100000000000000000/votes", { token })).status, 404);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { readConfig } from "#config.ts";
import { findToken } from "#domain/accounts/find-token.ts";
import { systemClock } from "#platform/clock.ts";
import { startClientWorld } from "#test/client-world.ts";
import { countingReads } from "#test/count-queries.ts";
import { testDatabase } from "#test/database.ts";
import { fileScope } from "#test/file-scope.ts";
import { waitFor } from "#test/interop/wait-for.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
let now = systemClock().round("second");
/** With Mastodon's own limits. */
const world = await startClientWorld(scope, db, {
  clock: () => now,
  config: readConfig({ TORG_URL: "http://localhost:3000" }),
});
const home = (token: string) => world.api("GET", "/api/v1/timelines/home", { token });

test("what a token stands for is one question to the database", async () => {
  const token = await world.token(["read"]);
  const { id } = world.authority;
  const counting = countingReads(db);
  const found = await counting.db.read(id, (tx) => findToken(tx, id, token));
  assert.equal(counting.queries.count, 1);
  assert.deepEqual(found?.holder?.account, world.office);
  assert.equal(found?.holder?.person.email, "anna@example.se");
});

test("the day of a token's use is noted once, aside, and never in the journal", async () => {
  const token = await world.token(["read"]);
  const { id } = world.authority;
  const look = () =>
    db.read(id, async (tx) => {
      const found = await findToken(tx, id, token);
      const [entries] = await tx<
        { count: string }[]
      >`select count(*) as count from journal where authority = ${id}`;
      const [row] = await tx<{ xmin: string }[]>`
        select xmin::text from access_token where authority = ${id} and id = ${found?.id ?? "0"}`;
      return { day: found?.lastUsedOn, entries: entries?.count, written: row?.xmin };
    });
  const before = await look();
  assert.equal(before.day, null);
  await home(token);
  const day = now.toString().slice(0, 10);
  const noted = await waitFor(async () => ((await look()).day === day ? look() : undefined), {
    what: "the day",
  });
  await home(token);
  assert.deepEqual(await look(), noted);
  assert.equal(noted.entries, before.entries);
});

test("a token may ask three hundred times in five minutes, and is told how many are left", async () => {
  const token = await world.token(["read"]);
  const first = await home(token);
  assert.equal(first.headers.get("x-ratelimit-limit"), "300");
  assert.equal(first.headers.get("x-ratelimit-remaining"), "299");
  assert.equal(
    first.headers.get("x-ratelimit-reset"),
    now.add({ minutes: 5 }).toString({ fractionalSecondDigits: 6 }),
  );
  await many(299, () => home(token));
  const refused = await home(token);
  assert.equal(refused.status, 429);
  assert.equal(refused.body["error"], "Too many requests");
  assert.equal(refused.headers.get("retry-after"), "300");
  assert.equal(refused.headers.get("access-control-allow-origin"), "*");
  assert.equal((await home(await world.token(["read"]))).status, 200, "another token is not concerned");
  now = now.add({ minutes: 5 });
  assert.equal((await home(token)).status, 200);
});

test("pictures and what is taken away have limits of their own", async () => {
  const token = await world.token(["write"]);
  const remove = () => world.api("DELETE", "/api/v1/statuses/100000000000000001", { token });
  assert.equal((await remove()).headers.get("x-ratelimit-limit"), "30");
  await many(29, remove);
  assert.equal((await remove()).status, 429);
  const upload = await world.api("POST", "/api/v2/media", { token, form: {} });
  assert.equal(upload.headers.get("x-ratelimit-remaining"), "29");
});

test("an address that tries tokens is stopped, and the tokens that it has in use are not", async () => {
  const strict = await startClientWorld(scope, (await testDatabase(scope)).db, {
    config: world.services.config,
  });
  const token = await strict.token(["read"]);
  const own = () => strict.api("GET", "/api/v1/preferences", { token });
  assert.equal((await own()).status, 200);
  const ask = (guess: string) => strict.api("GET", "/api/v1/preferences", { token: guess });
  await many(20, () => ask("the-same-over-and-over"));
  await many(299, (nth) => ask(`guess${nth}`));
  assert.equal((await ask("onemore")).status, 429);
  assert.equal((await own()).status, 200);
  assert.equal((await strict.api("GET", "/api/v1/instance")).status, 200, "nor is anybody without one");
});

test("where no token is looked at, one that is made up is nobody else", async () => {
  const strict = await startClientWorld(scope, (await testDatabase(scope)).db, {
    config: world.services.config,
  });
  const form = { client_name: "Provapp", redirect_uris: "https://app.example/" };
  const register = (nth: number) => strict.api("POST", "/api/v1/apps", { form, token: `made-up-${nth}` });
  await many(25, register);
  assert.equal((await register(26)).status, 429);
});

async function many(times: number, ask: (nth: number) => Promise<unknown>): Promise<void> {
  for (let done = 0; done < times; done += 10)
    await Promise.all(Array.from({ length: Math.min(10, times - done) }, (_, index) => ask(done + index)));
}

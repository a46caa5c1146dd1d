import assert from "node:assert/strict";
import { test } from "node:test";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Database } from "#platform/database.ts";
import { testDatabase } from "#test/database.ts";
import { createHostTurns } from "./host-turns.ts";

const authority = "1" as unknown as AuthorityId;
const nothing = () => Promise.resolve();

test("of many hosts asked for at once, those that somebody is at are taken and the others are not", async (t) => {
  const { db } = await testDatabase(t);
  const held = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const elsewhere = createHostTurns(db);
  const there = elsewhere.take(authority, "b.test", () => (begun.resolve(), held.promise));
  await begun.promise;
  const here = createHostTurns(db);
  const worked: string[] = [];
  const ask = () =>
    Promise.all(
      ["a.test", "b.test", "c.test"].map((host) =>
        here.take(authority, host, async () => void worked.push(host)),
      ),
    );
  assert.deepEqual(await ask(), ["done", "taken", "done"]);
  assert.deepEqual(worked, ["a.test", "c.test"]);
  held.resolve();
  await there;
  assert.deepEqual(await ask(), ["done", "done", "done"]);
});

test("a hundred hosts are locked in one statement and given up in one, and none is left locked", async (t) => {
  const { db } = await testDatabase(t);
  let statements = 0;
  const turns = createHostTurns({ alone: counted(db, () => statements++) });
  const hosts = Array.from({ length: 100 }, (_, n) => `${n}.test`);
  const all = await Promise.all(hosts.map((host) => turns.take(authority, host, nothing)));
  assert.deepEqual(new Set(all), new Set(["done"]));
  assert.equal(statements, 2);
  const [left] = await db.system(
    (tx) => tx`select count(*)::int as count from pg_locks
    where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
  );
  assert.equal(left?.["count"], 0);
});

test("whoever asks for a host that this process is at has it looked at once more", async (t) => {
  const { db } = await testDatabase(t);
  const turns = createHostTurns(db);
  const held = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  let times = 0;
  const work = () => {
    begun.resolve();
    return ++times === 1 ? held.promise : nothing();
  };
  const first = turns.take(authority, "a.test", work);
  await begun.promise;
  assert.equal(await turns.take(authority, "a.test", work), "again");
  held.resolve();
  assert.equal(await first, "done");
  assert.equal(times, 2);
});

test("a session that is cut takes neither the process nor another's connection with it", async (t) => {
  const { db } = await testDatabase(t);
  const turns = createHostTurns(db);
  const held = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const first = turns.take(authority, "a.test", () => (begun.resolve(), held.promise));
  await begun.promise;
  const cut = await db.system(
    (tx) => tx<{ cut: boolean }[]>`select pg_terminate_backend(pid, 5000) as cut from pg_locks
      where locktype = 'advisory' and classid = 7467003
      and database = (select oid from pg_database where datname = current_database())`,
  );
  assert.deepEqual([...cut], [{ cut: true }]);
  held.resolve();
  // Whether the cut is noticed before the host is given up or by it.
  await first.catch(() => {});
  assert.equal(await turns.take(authority, "a.test", nothing), "done");
  const elsewhere = createHostTurns(db);
  assert.equal(await elsewhere.take(authority, "a.test", nothing), "done");
});

/** A connection by itself, and word of each statement on it. */
function counted(db: Database, count: () => void): Database["alone"] {
  return () =>
    new Proxy(db.alone(), {
      apply: (target, self, asked) => (count(), Reflect.apply(target, self, asked)),
    });
}

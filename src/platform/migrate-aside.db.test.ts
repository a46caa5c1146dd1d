import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { after, test } from "node:test";
import { addressOf, connectAs } from "#test/database.ts";
import { migrate } from "./migrate.ts";

const name = `test_${randomUUID().replaceAll("-", "")}`;
const admin = connectAs("postgres", "torg");
await admin.unsafe(`create database ${name} owner torg`);
const url = addressOf("torg", name);
const files = await readdir(new URL("../../migrations/", import.meta.url));
await migrate(url, () => {}, new Set(files.filter((file) => file < "0022")));
const [writer, other] = [connectAs("torg", name), connectAs("torg", name)];
after(async () => {
  await Promise.all([writer.end(), other.end()]);
  await admin.unsafe(`drop database ${name} with (force)`);
  await admin.end();
});

test("an index on a large table is built while others write, by one of several that start, and begun anew if it was broken off", async () => {
  // What a build leaves behind that was broken off: the name is taken.
  await other`create index addressed_post on addressed (why)`;
  const holding = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const long = writer.begin(async (tx) => {
    await tx`lock table addressed in row exclusive mode`;
    held.resolve();
    await holding.promise;
  });
  await held.promise;
  const started = Promise.all([migrate(url), migrate(url)]);
  while (!(await waitsForWriter())) continue;
  await other.begin(async (tx) => {
    await tx`set local lock_timeout = '2s'`;
    await tx`lock table addressed in row exclusive mode`;
  });
  holding.resolve();
  await Promise.all([long, started]);
  const indexes = await other<{ indexdef: string; valid: boolean }[]>`
    select pg_get_indexdef(indexrelid) as indexdef, indisvalid as valid from pg_index
    where indexrelid in ('addressed_post'::regclass, 'post_search_own_newest'::regclass, 'post_media_post'::regclass)`;
  assert.equal(indexes.length, 3);
  assert.ok(indexes.every(({ valid }) => valid));
  assert.ok(indexes.some(({ indexdef }) => indexdef.endsWith("addressed USING btree (authority, post)")));
});

async function waitsForWriter(): Promise<boolean> {
  const [row] = await other<{ waits: boolean }[]>`
    select exists (select from pg_stat_activity where datname = ${name} and wait_event_type = 'Lock') as waits`;
  return row?.waits ?? false;
}

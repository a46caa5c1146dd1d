import assert from "node:assert/strict";
import { test } from "node:test";
import type { TenantId } from "./database.ts";
import { createKnownRows } from "./known-rows.ts";

const [one, other] = ["1", "2"] as TenantId[] as [TenantId, TenantId];
type Row = { id: string; mark: string; words: string };

function start() {
  let time = 0;
  const asked: string[][] = [];
  const known = createKnownRows<Row>({ maxBytes: 100_000, now: () => time });
  const read = (mark: string) => (ids: string[]) => {
    asked.push(ids);
    return Promise.resolve(ids.toReversed().map((id) => ({ id, mark, words: `${id} as of ${mark}` })));
  };
  return { known, read, asked, later: (ms: number) => void (time += ms) };
}

test("rows are read once for each version, and given in the order asked for", async () => {
  const { known, read, asked } = start();
  const at = (mark: string, ...ids: string[]) => ids.map((id) => ({ id, mark }));
  const first = await known.rows(one, at("m1", "a", "b", "c"), read("m1"));
  assert.deepEqual(
    first.map(({ id }) => id),
    ["a", "b", "c"],
  );
  const changed = [...at("m1", "c"), ...at("m2", "b"), ...at("m1", "a")];
  const second = await known.rows(one, changed, read("m2"));
  assert.deepEqual(
    second.map(({ words }) => words),
    ["c as of m1", "b as of m2", "a as of m1"],
  );
  assert.equal(second[0], first[2], "the same version is the same object");
  assert.deepEqual(asked, [["a", "b", "c"], ["b"]]);
  await known.rows(one, changed, read("m3"));
  assert.equal(asked.length, 2);
});

test("one authority's rows are not another's, and nothing is known for ever", async () => {
  const { known, read, asked, later } = start();
  const marked = [{ id: "a", mark: "m" }];
  await known.rows(one, marked, read("m"));
  await known.rows(other, marked, read("m"));
  assert.equal(asked.length, 2);
  later(60 * 60_000);
  await known.rows(one, marked, read("m"));
  assert.equal(asked.length, 3);
});

test("a row that is gone when it is read is left out", async () => {
  const { known } = start();
  assert.deepEqual(await known.rows(one, [{ id: "a", mark: "m" }], () => Promise.resolve([])), []);
});

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { measureRows } from "./measure-rows.ts";
import type { Row } from "./row.ts";
import type { ListedRow } from "./rows.ts";

const root = await mkdtemp(join(tmpdir(), "torg-rows-"));
after(() => rm(root, { recursive: true }));

const listed = (
  name: string,
  measure: Row["measure"],
  length: Pick<ListedRow, "rounds" | "seconds"> = {},
) => ({
  name,
  load: () => Promise.resolve({ name, work: "", limit: "", target: {}, measure }),
  ...length,
});
const counted = (name: string, length = {}) =>
  listed(
    name,
    ({ rounds, seconds }) => Promise.resolve([{ unit: "", ours: [rounds, seconds], limits: [] }]),
    length,
  );

test("a row that fails does not keep the others from being measured, and what it had open is closed", async (t) => {
  t.mock.method(console, "error", () => {});
  const closed: string[] = [];
  const fails = listed("fails", async (bench) => {
    bench.after(() => void closed.push("fails"));
    throw new Error("no");
  });
  const { lines, times, failed } = await measureRows([counted("a"), fails, counted("b")], {
    root,
    length: {},
  });
  assert.deepEqual([lines.map(({ row }) => row), failed, closed], [["a", "b"], ["fails"], ["fails"]]);
  assert.deepEqual(
    times.map(({ row }) => row),
    ["a", "fails", "b"],
  );
});

test("a row says how often it is measured, unless it is said for all", async (t) => {
  t.mock.method(console, "error", () => {});
  const long = counted("long", { rounds: 3 });
  const spread = async (length: { rounds?: number }) =>
    (await measureRows([long, counted("short")], { root, length })).lines.map((line) => line.spread[1]);
  assert.deepEqual(await spread({}), [3, 5]);
  assert.deepEqual(await spread({ rounds: 7 }), [7, 7]);
});

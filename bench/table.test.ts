import assert from "node:assert/strict";
import { test } from "node:test";
import type { Row } from "./row.ts";
import { comparedLines } from "./against.ts";
import { lineOf, median, printed, printedBesides } from "./table.ts";

const row: Row = {
  name: "page",
  work: "",
  limit: "",
  target: { ratio: { atLeast: 0.7 } },
  measure: () => Promise.resolve([]),
};

test("a ratio is that of the rounds, each with the limit that was measured beside it", () => {
  const line = lineOf(row, { unit: "a second", ours: [70, 40, 90], limits: [100, 50, 100] });
  assert.equal(line.ratio, 0.8);
  assert.deepEqual(line.spread, [0.7, 0.9]);
  assert.equal(line.holds, true);
  assert.equal(line.target, "ratio ≥ 0.7");
});

test("a row with a target for its own figure holds only when both do", () => {
  const both: Row = { ...row, target: { ratio: { atLeast: 0.5 }, value: { atLeast: 1_500 } } };
  const measured = { unit: "a second", ours: [1_400], limits: [2_000] };
  assert.equal(lineOf(both, measured).holds, false);
  assert.equal(lineOf(both, { ...measured, ours: [1_600] }).holds, true);
});

test("what has no limit is held to its own figure", () => {
  const memory: Row = { ...row, target: { value: { atMost: 150 } } };
  const line = lineOf(memory, { part: "idle", unit: "MiB", ours: [151], limits: [] });
  assert.deepEqual([line.row, line.ratio, line.holds], ["page, idle", null, false]);
  assert.match(printed([line]), /NO/);
});

test("a median of an even number lies between the two in the middle", () => {
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.equal(median([3, 1, 2]), 2);
});

test("two versions are compared line by line, and what one lacks has no ratio", () => {
  const line = (name: string, value: number) => ({
    ...lineOf({ ...row, name }, { unit: "ms", ours: [value], limits: [] }),
  });
  const compared = comparedLines(
    [line("start", 100), line("start", 140), line("new", 1)],
    [line("start", 240)],
  );
  assert.deepEqual(compared[0], { row: "start", unit: "ms", now: 120, before: 240, ratio: 0.5 });
  assert.equal(compared[1]?.ratio, null);
  assert.match(printedBesides(compared, "v1"), /^row +now +v1 +unit +ratio\nstart +120 +240 +ms +0\.50\n/);
});

import assert from "node:assert/strict";
import { setImmediate as nextTurn } from "node:timers/promises";
import { test } from "node:test";
import { createLineWriter } from "./line-writer.ts";

test("the lines of one turn are written together, in their order, and those of the next apart", async () => {
  const written: string[] = [];
  const lines = createLineWriter((text) => void written.push(text));
  lines.write("a\n");
  lines.write("b\n");
  assert.deepEqual(written, []);
  await nextTurn();
  lines.write("c\n");
  await nextTurn();
  assert.deepEqual(written, ["a\nb\n", "c\n"]);
});

test("what waits is written before the process ends, and once", async () => {
  const written: string[] = [];
  const lines = createLineWriter((text) => void written.push(text));
  lines.write("last\n");
  lines.flush();
  await nextTurn();
  assert.deepEqual(written, ["last\n"]);
});

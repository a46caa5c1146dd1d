import assert from "node:assert/strict";
import { test } from "node:test";
import { createLineWriter } from "./line-writer.ts";

test("lines are written together a moment after the first, in their order", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const written: string[] = [];
  const lines = createLineWriter((text) => void written.push(text));
  lines.write("a\n");
  lines.write("b\n");
  assert.deepEqual(written, []);
  t.mock.timers.tick(50);
  lines.write("c\n");
  t.mock.timers.tick(50);
  assert.deepEqual(written, ["a\nb\n", "c\n"]);
});

test("many lines do not wait", () => {
  const written: string[] = [];
  const lines = createLineWriter((text) => void written.push(text));
  lines.write("x".repeat(70_000));
  assert.equal(written.length, 1);
});

test("what waits is written before the process ends, and once", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const written: string[] = [];
  const lines = createLineWriter((text) => void written.push(text));
  lines.write("last\n");
  lines.flush();
  t.mock.timers.tick(50);
  assert.deepEqual(written, ["last\n"]);
});

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

/** Prints how many MiB the process is smaller by, and keeps the last piece, which holds the heap open. */
const program = `
  const { returnFreeMemory } = await import(${JSON.stringify(import.meta.resolve("./return-free-memory.ts"))});
  const pieces = Array.from({ length: 20_000 }, () => new Uint8Array(4_096));
  const last = new Uint8Array(4_096);
  const before = process.memoryUsage.rss();
  await returnFreeMemory(async () => {
    pieces.length = 0;
    gc();
    // The pieces themselves are freed beside the program.
    await new Promise((resolve) => setTimeout(resolve, 200));
  });
  console.log((before - process.memoryUsage.rss()) / 1_048_576, last.length);`;

test("what the C library has freed goes back to the system, without a word about how", () => {
  const args = ["--expose-gc", "--input-type=module", "--eval", program];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  assert.equal(stderr, "");
  const given = Number.parseFloat(stdout);
  const least = process.platform === "linux" ? 40 : -1;
  assert.ok(given > least, `${given} MiB went back`);
});

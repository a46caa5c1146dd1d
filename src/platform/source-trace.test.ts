import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createLog } from "./log.ts";
import { sourceTrace } from "./source-trace.ts";

const root = mkdtempSync(join(tmpdir(), "torg trace "));
after(() => rmSync(root, { recursive: true }));
const folder = join(root, "dist/server");
mkdirSync(folder, { recursive: true });
const bundle = pathToFileURL(join(folder, "start-ABC.js")).href;
const source = pathToFileURL(join(root, "src/start.ts")).href;
// From the bundle's first letter on: line 7, column 3 of the source; from its eleventh on: line 8, column 3.
const map = { version: 3, sources: ["../../src/start.ts"], names: [], mappings: "AAME,UACA" };
writeFileSync(join(folder, "start-ABC.js.map"), JSON.stringify(map));

test("a trace through the bundle names the sources", () => {
  const of = (one: string, other: string) =>
    `Error: no\n    at f (${one})\n    at async ${other}\n    at node:internal/timers:1:2`;
  for (let time = 0; time < 2; time++)
    assert.equal(sourceTrace(of(`${bundle}:1:4`, `${bundle}:1:12`)), of(`${source}:7:3`, `${source}:8:3`));
});

test("what has no map, or is no part of the bundle, is left as it is", () => {
  const stack = `Error: no\n    at ${bundle.replace("ABC", "DEF")}:1:4\n    at ${source}:2:2`;
  assert.equal(sourceTrace(stack), stack);
});

test("an error in the log tells where it was in the sources", () => {
  const lines: string[] = [];
  const now = () => Temporal.Instant.fromEpochMilliseconds(0);
  const error = new Error("no");
  error.stack = `Error: no\n    at ${bundle}:1:4`;
  createLog({ level: "info", write: (line) => void lines.push(line), now }).error("failed", { error });
  assert.match(lines.join(""), /src\/start\.ts:7:3/);
});

test("Node keeps no places of the sources for a Torg that runs", () => {
  const told = "console.log(process.getBuiltinModule('node:module').getSourceMapsSupport().enabled)";
  const program = fileURLToPath(new URL("../../bin/torg.mjs", import.meta.url));
  const args = ["--import", `data:text/javascript,process.on("exit",()=>${told})`, program, "--help"];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  assert.equal(stderr, "");
  assert.match(stdout, /\nfalse\n$/);
});

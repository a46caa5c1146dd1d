import assert from "node:assert/strict";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { test, type TestContext } from "node:test";
import { mendPostgres } from "./mend-postgres.mjs";

const installed = fileURLToPath(
  new URL("../node_modules/postgres/src/connection.js.original", import.meta.url),
);

test("the library is mended, once however often it is asked for, and what it was stays beside it", (t) => {
  const { root, file } = library(t);
  mendPostgres(root);
  const mended = readFileSync(file, "utf8");
  assert.equal(mended.split("Whoever asks a lost connection all the same is refused").length, 2);
  mendPostgres(root);
  assert.equal(readFileSync(file, "utf8"), mended);
  assert.deepEqual(readFileSync(`${file}.original`), readFileSync(installed));
  assert.deepEqual(readdirSync(dirname(file)).toSorted(), ["connection.js", "connection.js.original"]);
});

test("what was interrupted half-way is made whole by the next", (t) => {
  const { root, file } = library(t);
  mendPostgres(root);
  const mended = readFileSync(file, "utf8");
  writeFileSync(file, mended.slice(0, 100));
  mendPostgres(root);
  assert.equal(readFileSync(file, "utf8"), mended);
});

test("another library is refused and left as it is", (t) => {
  const { root, file } = library(t);
  writeFileSync(file, "export default 1;\n");
  assert.throws(() => mendPostgres(root), /is another than/);
  assert.equal(readFileSync(file, "utf8"), "export default 1;\n");
});

/** As npm puts it there. */
function library(t: TestContext): { root: string; file: string } {
  const root = mkdtempSync(join(tmpdir(), "torg-mend-"));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  const file = join(root, "node_modules/postgres/src/connection.js");
  mkdirSync(dirname(file), { recursive: true });
  copyFileSync(installed, file);
  return { root, file };
}

import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";

type ServerBundle = { freshBundle: () => string | undefined; describeFile: (path: string) => string };

const root = mkdtempSync(join(tmpdir(), "torg-bundle-"));
after(() => rmSync(root, { recursive: true }));
mkdirSync(join(root, "scripts"));
mkdirSync(join(root, "dist/server"), { recursive: true });
const script = join(root, "scripts/server-bundle.mjs");
cpSync(join(import.meta.dirname, "server-bundle.mjs"), script);
const { freshBundle, describeFile } = (await import(pathToFileURL(script).href)) as ServerBundle;

test("without a bundle the sources are run", () => {
  assert.equal(freshBundle(), undefined);
});

test("a bundle is run while it is of exactly the sources that are there, and never after", () => {
  const source = join(root, "one.ts");
  writeFileSync(source, "export const one = 1;");
  const files = { "one.ts": describeFile("one.ts"), "package-lock.json": describeFile("package-lock.json") };
  writeFileSync(join(root, "dist/server/made-of.json"), JSON.stringify({ entry: "torg.js", files }));
  assert.equal(freshBundle(), pathToFileURL(join(root, "dist/server/torg.js")).href);
  writeFileSync(source, "export const one = 12;");
  assert.equal(freshBundle(), undefined, "a source was changed");
  writeFileSync(source, "export const one = 2;");
  utimesSync(source, 1, 1);
  assert.equal(freshBundle(), undefined, "as long as before, at another time");
  rmSync(source);
  assert.equal(freshBundle(), undefined, "a source was taken away");
});

test("what was not there when the bundle was made, and is now, counts as a change", () => {
  const files = { "one.ts": "none" };
  writeFileSync(join(root, "dist/server/made-of.json"), JSON.stringify({ entry: "torg.js", files }));
  assert.notEqual(freshBundle(), undefined);
  writeFileSync(join(root, "one.ts"), "");
  assert.equal(freshBundle(), undefined);
});

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test, type TestContext } from "node:test";
import { pathToFileURL } from "node:url";

const house = dirname(import.meta.dirname);

test("parts of the bundle before stay for whoever still runs it, and older ones go", (t) => {
  const { root, make, parts } = copyOf(t);
  const last: string[] = [];
  for (const word of ["one", "two", "three"]) {
    writeFileSync(join(root, "src/commands/run-command.ts"), `export const said = "${word}";`);
    assert.equal(make().stderr, "");
    const entry = parts().find((name) => name.endsWith(".js") && !last.includes(name));
    assert.ok(entry, "another bundle");
    assert.deepEqual(
      last.slice(0, -1).filter((name) => parts().includes(name)),
      [],
      "older ones",
    );
    assert.deepEqual(
      last.slice(-1).filter((name) => !parts().includes(name)),
      [],
      "the one before",
    );
    last.push(entry);
    for (const name of parts()) utimesSync(join(root, "dist/server", name), 1, 1);
  }
});

test("a bundle that cannot be made keeps nobody from starting, and leaves nothing behind", (t) => {
  const { root, make } = copyOf(t);
  mkdirSync(join(root, "dist"));
  writeFileSync(join(root, "dist/server"), "no folder");
  const { status, stderr } = make();
  assert.equal(status, 0, stderr);
  assert.match(stderr, /^Torg could not be made ready to start faster, and starts from its sources: .*\n$/);
  assert.deepEqual(readdirSync(join(root, "dist")), ["server"]);
});

test("what a killed build has left is removed a day later, and the folder of one at work is not", (t) => {
  const { root, make } = copyOf(t);
  const names = ["server.4711", "server.4712", "client.4713.old", "server.backup"];
  for (const name of names) {
    mkdirSync(join(root, "dist", name), { recursive: true });
    writeFileSync(join(root, "dist", name, "torg.js"), "");
    if (name !== "server.4712") utimesSync(join(root, "dist", name), 1, 1);
  }
  assert.equal(make().stderr, "");
  assert.deepEqual(readdirSync(join(root, "dist")).toSorted(), ["server", ...names.slice(1)].toSorted());
});

/** A program of one file, with what makes its bundle. */
function copyOf(t: TestContext) {
  const root = mkdtempSync(join(tmpdir(), "torg-build-"));
  t.after(() => rmSync(root, { recursive: true }));
  for (const name of ["build-server", "server-bundle", "remove-old", "install", "mend-postgres"])
    cpSync(join(house, `scripts/${name}.mjs`), join(root, `scripts/${name}.mjs`));
  symlinkSync(join(house, "node_modules"), join(root, "node_modules"));
  mkdirSync(join(root, "src/commands"), { recursive: true });
  writeFileSync(join(root, "src/commands/run-command.ts"), "export const said = 0;");
  const script = pathToFileURL(join(root, "scripts/build-server.mjs")).href;
  const program = `await (await import(${JSON.stringify(script)})).buildServerIfChanged();`;
  return {
    root,
    make: () => spawnSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" }),
    parts: () => readdirSync(join(root, "dist/server")),
  };
}

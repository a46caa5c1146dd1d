import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { documentPath, endpointRows, withTable } from "./client-api-table.ts";

const rows = endpointRows();

test("every endpoint of the client API is asked by a test", () => {
  const untested = rows
    .filter(({ tests }) => tests.length === 0)
    .map(({ method, path }) => `${method} ${path}`);
  assert.deepEqual(untested, []);
});

test("no endpoint is there twice", () => {
  const names = rows.map(({ method, path }) => `${method} ${path.replaceAll(/:\w+/g, ":")}`);
  assert.deepEqual(
    names.filter((name, index) => names.indexOf(name) !== index),
    [],
  );
});

test("the table in docs/client-api.md is the one that scripts/client-api-table.mjs writes", () => {
  const document = readFileSync(documentPath, "utf8");
  assert.ok(document === withTable(document), "run node scripts/client-api-table.mjs");
});

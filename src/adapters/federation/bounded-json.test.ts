import assert from "node:assert/strict";
import { test } from "node:test";
import { parseBoundedJson } from "./bounded-json.ts";

test("an object of reasonable depth is read, brackets in its strings do not count", () => {
  const text = JSON.stringify({ a: [{ b: `"${"[".repeat(100)}\\` }] });
  assert.deepEqual(parseBoundedJson(text), JSON.parse(text));
});

test("what is too deep, no object or no JSON is nothing", () => {
  const deep = `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
  for (const text of [deep, "[]", "null", "1", '"a"', "{", ""])
    assert.equal(parseBoundedJson(text), undefined);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { cleanText } from "./clean-text.ts";
import { recognise } from "./recognise.ts";

test("letters keep their marks, also where a writing piles several", () => {
  assert.equal(cleanText("A\u030a o\u0308 e\u0323\u0302"), "Å ö ệ");
});

test("a pile of marks that no writing has is cut, and takes no time", () => {
  const begin = performance.now();
  assert.equal(cleanText(`a${"\u0301\u0323".repeat(100_000)}b`).length, 32 - 1);
  assert.ok(performance.now() - begin < 500);
});

test("an address that ends in nothing but brackets takes no time", () => {
  const begin = performance.now();
  recognise(`https://a${")".repeat(2030)} `.repeat(100));
  assert.ok(performance.now() - begin < 500);
});

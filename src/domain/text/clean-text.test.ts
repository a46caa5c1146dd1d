import assert from "node:assert/strict";
import { test } from "node:test";
import { assertGrowsLinearly } from "#test/grows-linearly.ts";
import { cleanText } from "./clean-text.ts";
import { recognise } from "./recognise.ts";

test("letters keep their marks, also where a writing piles several", () => {
  assert.equal(cleanText("A\u030a o\u0308 e\u0323\u0302"), "Å ö ệ");
});

test("a pile of marks that no writing has is cut, and takes no time", () => {
  assert.equal(cleanText(`a${"\u0301\u0323".repeat(100_000)}b`).length, 32 - 1);
  assertGrowsLinearly((size) => cleanText(`a${"\u0301\u0323".repeat(size)}b`), 50_000);
});

test("an address that ends in nothing but brackets takes no time", () => {
  assertGrowsLinearly((size) => recognise(`https://a${")".repeat(size)} `.repeat(20)), 1000);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { parseDictionary, serializeInnerList } from "./structured-fields.ts";

test("inner lists, strings, numbers, tokens, bytes and flags are read", () => {
  const members = parseDictionary(
    'a=("x" "y;z";sf);created=1;keyid="k\\"q\\\\" ,\tb=:aGVq:, c;p=tok/en, d=?0, e=-5',
  );
  const a = members?.get("a");
  assert.ok(a && "items" in a);
  assert.deepEqual(
    a.items.map((item) => item.value),
    ["x", "y;z"],
  );
  assert.equal(a.parameters.get("keyid"), 'k"q\\');
  assert.equal(serializeInnerList(a), '("x" "y;z";sf);created=1;keyid="k\\"q\\\\"');
  assert.deepEqual(members?.get("b"), { value: Buffer.from("hej"), parameters: new Map() });
  assert.deepEqual(members?.get("c"), { value: true, parameters: new Map([["p", { token: "tok/en" }]]) });
  assert.deepEqual(members?.get("d"), { value: false, parameters: new Map() });
  assert.deepEqual(members?.get("e"), { value: -5, parameters: new Map() });
});

test("spacing is brought into the one canonical form, which is what gets signed", () => {
  const member = parseDictionary('a=(  "x"   "y"  ); created=1')?.get("a");
  assert.ok(member && "items" in member);
  assert.equal(serializeInnerList(member), '("x" "y");created=1');
});

test("malformed fields give nothing", () => {
  for (const text of [
    'a=("x"',
    'a=("x""y")',
    "a=",
    "A=1",
    'a="x',
    "a=1,",
    "a=1 b=2",
    "a=:!:",
    'a=("å")',
    "=1",
  ])
    assert.equal(parseDictionary(text), undefined, text);
  assert.equal(parseDictionary("")?.size, 0);
});

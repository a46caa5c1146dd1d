import assert from "node:assert/strict";
import { test } from "node:test";
import { holds, readScopes, scopes, usualScopes } from "./scopes.ts";
import { scopesInWords } from "#ui/scope-words.ts";

test("scopes are read however they are parted, once each", () => {
  assert.deepEqual(readScopes("read write:statuses+push  read\n"), ["read", "write:statuses", "push"]);
  assert.deepEqual(readScopes(""), []);
  for (const bad of ["everything", "read:", "READ", "read:statuses:x", "constructor", "admin", "admin:read:"])
    assert.equal(readScopes(`read ${bad}`), undefined, bad);
});

test("a whole holds its parts and nothing else holds them", () => {
  assert.ok(holds(["read"], "read:statuses"));
  assert.ok(holds(["follow"], "write:mutes"));
  assert.ok(!holds(["follow"], "read"));
  assert.ok(!holds(["read:statuses"], "read"));
  assert.ok(!holds(["read", "write"], "profile"));
  assert.ok(!holds(["read", "write"], "push"));
});

test("read is usual, and whoever has not that has what it has", () => {
  assert.deepEqual(usualScopes(["read", "write"]), ["read"]);
  assert.deepEqual(usualScopes(["read:lists"]), ["read:lists"]);
});

test("each scope is said in words, in both languages, and what is within another is not said twice", () => {
  for (const language of ["sv", "en"] as const) {
    for (const scope of scopes) assert.notDeepEqual(scopesInWords([scope], language), [scope]);
    assert.equal(scopesInWords(["read", "read:statuses", "profile", "push"], language).length, 2);
  }
});

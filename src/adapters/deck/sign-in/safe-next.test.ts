import assert from "node:assert/strict";
import { test } from "node:test";
import { safeNext } from "./safe-next.ts";

const origin = "https://torg.example.se";

test("a path of this site is kept with its query", () => {
  assert.equal(safeNext("/deck/follow?account=1", origin), "/deck/follow?account=1");
  assert.equal(safeNext("/en/deck", origin), "/en/deck");
});

test("nothing that a browser could read as another host leads there", () => {
  for (const wish of [
    "//evil.example",
    "/\\evil.example",
    "/..//evil.example",
    "/.//evil.example",
    "/a/../..//evil.example",
    "/%2e%2e//evil.example",
    "/%2E//evil.example",
    "https://evil.example/",
    "/\t/evil.example",
    "javascript:alert(1)",
    "/sign-out",
    "",
  ])
    assert.equal(safeNext(wish, origin), "/deck", wish);
});

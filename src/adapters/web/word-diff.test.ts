import assert from "node:assert/strict";
import { test } from "node:test";
import { serverOf } from "./server-of.ts";
import { wordDiff } from "./word-diff.ts";

const shown = (before: string, after: string) =>
  wordDiff(before, after)
    .map(({ kind, text }) => (kind === "same" ? text : kind === "added" ? `{+${text}+}` : `{-${text}-}`))
    .join("");

test("a change of words is shown where it is", () => {
  assert.equal(shown("Vi öppnar den 12 mars.", "Vi öppnar den 13 mars."), "Vi öppnar den {-12-}{+13+} mars.");
  assert.equal(shown("a b c", "a c"), "a {-b -}c");
  assert.equal(shown("", "nytt"), "{+nytt+}");
  assert.equal(shown("lika", "lika"), "lika");
});

test("both texts can be put together again from the difference, also when it is huge", () => {
  const words = (seed: number) => Array.from({ length: 4_000 }, (_, n) => `ord${(n * seed) % 97}`).join(" ");
  for (const [before, after] of [
    ["ett två tre fyra", "två ett fyra tre fem"],
    [words(3), words(7)],
  ] as const) {
    const parts = wordDiff(before, after);
    assert.equal(
      parts
        .filter((part) => part.kind !== "added")
        .map((part) => part.text)
        .join(""),
      before,
    );
    assert.equal(
      parts
        .filter((part) => part.kind !== "removed")
        .map((part) => part.text)
        .join(""),
      after,
    );
  }
});

test("a server is read from what people type, and nothing else is led to", () => {
  assert.equal(serverOf(" @Anna@mastodon.example "), "mastodon.example");
  assert.equal(serverOf("https://mastodon.example/@anna?x=1"), "mastodon.example");
  assert.equal(serverOf("ö.example"), "xn--nda.example");
  for (const typed of [
    "",
    "localhost",
    "10.0.0.1",
    "a b.example",
    "user:pass@",
    "https://u@evil.example",
    "[::1]",
    "mastodon.example:81",
  ])
    assert.equal(serverOf(typed), undefined, typed);
});

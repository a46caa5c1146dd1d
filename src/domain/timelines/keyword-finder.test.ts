import assert from "node:assert/strict";
import { test } from "node:test";
import { keywordFinder, searchable } from "./keyword-finder.ts";

const meets = (text: string, keyword: string, wholeWord = true) =>
  keywordFinder({ keyword, wholeWord })(searchable([text]));

test("a whole word is met by itself and not by a longer one, Swedish letters included", () => {
  assert.ok(meets("En liten ö i havet", "ö"));
  assert.ok(!meets("En liten kö i havet", "ö"));
  assert.ok(!meets("Ökad takt", "ö"));
  assert.ok(meets("Val, val och val.", "val"));
  assert.ok(!meets("Valet är klart", "val"));
  assert.ok(!meets("Åkervalen", "val"));
  assert.ok(meets("omval och sedan val", "val"));
});

test("a part of a word is met where that is asked for", () => {
  assert.ok(meets("Valborg", "val", false));
  assert.ok(!meets("Vårborg", "val", false));
});

test("case, composition and blanks make no difference", () => {
  assert.ok(meets("ÅRSREDOVISNING", "årsredovisning"));
  assert.ok(meets("a\u030Arsredovisning", "årsredovisning"));
  assert.ok(meets("två  ord", "två ord"));
});

test("signs at the ends of a keyword need no boundary of their own", () => {
  assert.ok(meets("läs på https://t.co/abc", "https://t.co/"));
  assert.ok(meets("Idag #sol och regn", "#sol"));
  assert.ok(!meets("Idag #solen", "#sol"));
  assert.ok(meets("a😀b", "😀"));
  assert.ok(meets("😀val😀", "val"));
  assert.ok(!meets("𝒳val", "𐐷val"));
  assert.ok(!meets("𐐷val", "val"));
});

test("what looks like a pattern is taken as it is written", () => {
  assert.ok(!meets("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a+)+$"));
  assert.ok(meets("skriv (a+)+$ här", "(a+)+$"));
  assert.ok(!meets("vad som helst", ".*", false));
  assert.ok(!meets("vad som helst", "  ", false));
});

test("a long text with many near misses is searched once through", () => {
  assert.ok(!meets("aa".repeat(100_000), "a"));
});

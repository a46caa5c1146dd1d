import assert from "node:assert/strict";
import { test } from "node:test";
import { assertGrowsLinearly } from "#test/grows-linearly.ts";
import { recognise } from "./recognise.ts";

const kinds = (text: string): string[] =>
  recognise(text, (handle) => ({ href: `https://example.net/${handle}` })).flatMap((inline) => {
    if (inline.kind === "link") return [inline.href];
    if (inline.kind === "tag") return [`#${inline.name}`];
    return inline.kind === "mention" ? [inline.handle] : [];
  });

const cases: [text: string, found: string[]][] = [
  ["Nytt om #skolan och #förskola.", ["#skolan", "#förskola"]],
  ["#Åmål2030, (#öppna_data)", ["#Åmål2030", "#öppna_data"]],
  ["nr #1 av #2026", []],
  ["a#b &#229; https://example.se/#skolan", ["https://example.se/#skolan"]],
  ["Se https://example.se/sida.", ["https://example.se/sida"]],
  ["(https://sv.wikipedia.org/wiki/Torg_(plats))", ["https://sv.wikipedia.org/wiki/Torg_(plats)"]],
  ["gå till www.example.se/bad!", ["https://www.example.se/bad"]],
  ["HTTPS://EXAMPLE.SE", ["https://example.se/"]],
  ["javascript:alert(1) ftp://example.se https://a:b@example.se/", []],
  ["@anna@example.se: hej", ["@anna@example.se"]],
  ["@anna@127.0.0.1:8102, hej", ["@anna@127.0.0.1:8102"]],
  ["@kommunchef. Hej", ["@kommunchef"]],
  ["(@a_b.c@räksmörgås.se)", ["@a_b.c@räksmörgås.se"]],
  ["skriv till anna@example.se", []],
  ["https://example.net/@anna/1", ["https://example.net/@anna/1"]],
  ["pris 5@3 @ # @@", []],
];

for (const [text, found] of cases) {
  test(`“${text}” holds ${found.join(" and ") || "nothing"}`, () => assert.deepEqual(kinds(text), found));
}

test("text is kept whole around what is found", () => {
  assert.deepEqual(recognise("a #b, c"), [
    { kind: "text", text: "a " },
    { kind: "tag", name: "b" },
    { kind: "text", text: ", c" },
  ]);
});

test("a handle that stands for nobody stays text", () => {
  assert.deepEqual(
    recognise("hej @ingen", () => undefined),
    [{ kind: "text", text: "hej @ingen" }],
  );
});

test("long hostile text takes no long time", () => {
  for (const piece of ["@a", "www.", "#·", "https://(", "@a@a.", "((((", "@a-"])
    assertGrowsLinearly((size) => recognise(piece.repeat(size)), 5_000);
});

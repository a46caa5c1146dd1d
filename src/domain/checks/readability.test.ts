import assert from "node:assert/strict";
import { test } from "node:test";
import { assertGrowsLinearly } from "#test/grows-linearly.ts";
import { longSentences, readability } from "./readability.ts";

const easy =
  "Vi bygger en ny skola i Katrineholm. Den ska vara klar i augusti. Har du frågor? Skriv till oss.";
const hard =
  "Kommunstyrelsen beslutade att remittera tjänsteskrivelsen angående revidering av riktlinjerna för sociala medier till samtliga nämnder för yttrande.";

test("LIX is words per sentence and the share of long words", () => {
  assert.deepEqual(counted(easy), { words: 19, sentences: 4, longWords: 2, lix: "15.28", band: "very-easy" });
  assert.deepEqual(counted(hard), {
    words: 17,
    sentences: 1,
    longWords: 11,
    lix: "81.71",
    band: "very-hard",
  });
});

test("the bands begin at 30, 40, 50 and above 60", () => {
  const band = (words: number) => readability(`${"ord ".repeat(words).trim()}.`)?.band;
  assert.deepEqual([29, 30, 39, 40, 49, 50, 60, 61].map(band), [
    "very-easy",
    "easy",
    "easy",
    "medium",
    "medium",
    "hard",
    "hard",
    "very-hard",
  ]);
});

test("times, abbreviations, addresses, mentions and tags do not count as sentences or words", () => {
  assert.deepEqual(
    readability("Öppet 9.30 t.ex. https://example.se/en.lang.sida! @kommun #simhallen")?.words,
    3,
  );
  assert.equal(readability("Klockan 9.30 öppnar vi. Välkommen!")?.sentences, 2);
  assert.deepEqual(readability("Rubrik\n\nEn mening"), readability("Rubrik. En mening."));
});

test("a text without words has no LIX", () => {
  assert.equal(readability(""), undefined);
  assert.equal(readability("https://example.se 🎉"), undefined);
});

test("a list's lines are sentences of their own", () => {
  assert.equal(readability("Ta med:\n- badkläder\n- handduk\n- hänglås")?.sentences, 4);
});

test("sentences of more than 25 words are pointed out, and which", () => {
  const long = `${"ord ".repeat(25)}slut.`;
  assert.deepEqual(longSentences(`Kort mening. ${long} Kort igen.`), [long]);
  assert.deepEqual(longSentences(`${"ord ".repeat(24)}slut.`), []);
});

function counted(text: string) {
  const found = readability(text);
  return found && { ...found, lix: found.lix.toFixed(2) };
}

test("a text made to be read again and again is read once", () => {
  for (const [before, piece] of [
    ["@a", "."],
    ["#", ".a"],
    ["a", "'"],
    [".", '"'],
    ["\n", " "],
    ["kl.", " "],
    ["", "@a."],
  ] as const)
    assertGrowsLinearly((size) => {
      readability(`${before}${piece.repeat(size)}a`);
      longSentences(`${before}${piece.repeat(size)}a`);
    }, 4_000);
});

test("a mention at the end of a sentence ends it", () => {
  assert.equal(readability("Fråga @anna@ex.se. Hon vet.")?.sentences, 2);
});

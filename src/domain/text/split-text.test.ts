import assert from "node:assert/strict";
import { test } from "node:test";
import { characterCount, partsToSend, splitText } from "./split-text.ts";

test("a text that has room stays one part", () => {
  assert.deepEqual(splitText("Hej på dig.\n\nVälkommen.", 100), ["Hej på dig.\n\nVälkommen."]);
  assert.deepEqual(splitText("   ", 100), []);
});

test("a long text is cut at paragraphs first, then at sentences, then between words", () => {
  assert.deepEqual(splitText("Ett stycke om skolan.\n\nEtt annat om simhallen.", 30), [
    "Ett stycke om skolan.",
    "Ett annat om simhallen.",
  ]);
  assert.deepEqual(splitText("Skolan öppnar i mars. Simhallen öppnar i maj.", 30), [
    "Skolan öppnar i mars.",
    "Simhallen öppnar i maj.",
  ]);
  assert.deepEqual(splitText("ett två tre fyra fem sex", 12), ["ett två tre", "fyra fem sex"]);
});

test("a line of three dashes parts where it stands, and several make no empty part", () => {
  assert.deepEqual(splitText("Först\n---\n\n---\nSedan\r\n---", 100), ["Först", "Sedan"]);
  assert.deepEqual(splitText("a --- b", 100), ["a --- b"]);
});

test("no address, mention or tag is cut, even one that is longer than a part", () => {
  const address = `https://exempel.se/${"x".repeat(40)}`;
  assert.deepEqual(splitText(`Läs mer på ${address} i dag`, 30), ["Läs mer på", address, "i dag"]);
  assert.deepEqual(splitText(`Läs:${address}`, 20), ["Läs:", address]);
  assert.deepEqual(splitText("Fråga @kommunchef@exempel.se om #simhallen nu", 24), [
    "Fråga",
    "@kommunchef@exempel.se",
    "om #simhallen nu",
  ]);
});

test("a word without end is cut between whole characters, and nothing is lost", () => {
  assert.deepEqual(splitText("👩‍👧‍👦".repeat(5), 2), ["👩‍👧‍👦👩‍👧‍👦", "👩‍👧‍👦👩‍👧‍👦", "👩‍👧‍👦"]);
  const text = Array.from({ length: 400 }, (_, n) => `ord${n}${n % 9 === 8 ? "." : ""}`).join(" ");
  const parts = splitText(text, 120);
  assert.equal(parts.join(" "), text);
  assert.ok(parts.every((part) => characterCount(part) <= 120));
});

test("a huge text is split in time that grows with its length", () => {
  const parts = splitText("En mening om ingenting alls. ".repeat(7_000), 500);
  assert.ok(parts.length > 400);
});

test("only a short post that asks for it is split", () => {
  const text = "Ett\n---\nTvå";
  assert.deepEqual(partsToSend({ text, split: true, article: false }), ["Ett", "Två"]);
  assert.deepEqual(partsToSend({ text, split: true, article: true }), [text]);
  assert.deepEqual(partsToSend({ text, split: false, article: false }), [text]);
});

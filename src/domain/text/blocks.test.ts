import assert from "node:assert/strict";
import { test } from "node:test";
import { type Block, collectLinks, collectMentions, collectTags, excerpt, plainText } from "./blocks.ts";
import { blocksFromMarkdown } from "./from-markdown.ts";
import { blocksFromPlain } from "./from-plain.ts";

const resolveMention = (handle: string) => ({ href: `https://example.net/${handle}` });

test("plain text keeps paragraphs, lists and quotes apart", () => {
  const blocks = blocksFromMarkdown("# Rubrik\n\nEtt **två**\n\n1. a\n2. b\n   - c\n\n> citat\n\n---");
  assert.equal(plainText(blocks), "Rubrik\n\nEtt två\n\n1. a\n2. b\n  • c\n\n> citat");
});

test("an excerpt is one line cut between words", () => {
  const blocks = blocksFromPlain("Simhallen öppnar\n\nigen på måndag, klockan sju.");
  assert.equal(excerpt(blocks, 200), "Simhallen öppnar igen på måndag, klockan sju.");
  assert.equal(excerpt(blocks, 34), "Simhallen öppnar igen på måndag…");
  assert.ok(excerpt(blocks, 20).length <= 20);
});

test("an excerpt never leaves half a character", () => {
  const family: Block[] = blocksFromPlain("👨‍👩‍👧‍👦👨‍👩‍👧‍👦");
  assert.equal(excerpt(family, 13), "👨‍👩‍👧‍👦…");
});

test("tags, mentions and links are collected once each", () => {
  const source =
    "#Skola #skola #bad @a@example.net @A@example.net\n\n- #lista https://example.se/ https://example.se/";
  const blocks = blocksFromMarkdown(source, { resolveMention });
  assert.deepEqual(collectTags(blocks), ["Skola", "bad", "lista"]);
  assert.deepEqual(
    collectMentions(blocks).map(({ handle }) => handle),
    ["@a@example.net"],
  );
  assert.deepEqual(collectLinks(blocks), ["https://example.se/"]);
});

test("blocks survive JSON", () => {
  const blocks = blocksFromMarkdown("# A\n\n*b* `c` ~~d~~ @e\n\n![f](media:1)\n\n3. g", { resolveMention });
  assert.deepEqual(JSON.parse(JSON.stringify(blocks)), blocks);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { blocksFromHtml } from "./from-html.ts";
import { blocksFromMarkdown } from "./from-markdown.ts";
import { blocksFromPlain } from "./from-plain.ts";
import { activityPubHtml } from "./to-activitypub-html.ts";

const options = { tagHref: (name: string) => `https://example.se/taggar/${name}` };
const resolveMention = (handle: string) => ({
  href: "https://example.com/@bo",
  handle: `${handle}@example.com`,
});

test("a short post reads as Mastodon writes it", () => {
  assert.equal(
    activityPubHtml(blocksFromPlain("Hej @bo\n#bad", { resolveMention }), options),
    '<p>Hej <span class="h-card" translate="no"><a href="https://example.com/@bo" class="u-url mention">' +
      '@<span>bo</span></a></span><br><a href="https://example.se/taggar/bad" class="mention hashtag" ' +
      'rel="tag">#<span>bad</span></a></p>',
  );
});

test("a long address is parted so that it copies whole and shows short", () => {
  assert.equal(
    activityPubHtml(blocksFromPlain("https://example.se/en/lang/vag/till/sidan"), options),
    '<p><a href="https://example.se/en/lang/vag/till/sidan" rel="nofollow noopener" target="_blank">' +
      '<span class="invisible">https://</span><span class="ellipsis">example.se/en/lang/vag/till/si</span>' +
      '<span class="invisible">dan</span></a></p>',
  );
});

test("an article keeps headings, lists, quotes, and images as links", () => {
  const blocks = blocksFromMarkdown("# A\n\n- b\n\n> c\n\n![d](media:1)");
  assert.equal(
    activityPubHtml(blocks, { ...options, imageHref: (media) => `https://example.se/media/${media}` }),
    '<h2>A</h2><ul><li>b</li></ul><blockquote><p>c</p></blockquote><p><a href="https://example.se/media/1">d</a></p>',
  );
});

test("what we send comes back as the blocks that it was", () => {
  const source =
    "## A\n\nHej @bo, **läs** om #bad:\n\n1. ett\n2. `två`\n\n> tre\n\n---\n\n[mer](https://example.se/mer)";
  const blocks = blocksFromMarkdown(source, { resolveMention });
  const tags = [{ name: "#bad", href: "https://example.se/taggar/bad" }];
  const back = blocksFromHtml(activityPubHtml(blocks, options), { tags });
  const withoutHref = JSON.parse(JSON.stringify(back).replace(',"href":"https://example.se/taggar/bad"', ""));
  assert.deepEqual(withoutHref, blocks);
});

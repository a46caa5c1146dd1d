import assert from "node:assert/strict";
import { test } from "node:test";
import { blocksFromPlain } from "./from-plain.ts";

test("an empty line parts paragraphs and a line end is a break", () => {
  assert.deepEqual(blocksFromPlain("ett\r\ntvå\n \n\ntre\n"), [
    {
      kind: "paragraph",
      inlines: [{ kind: "text", text: "ett" }, { kind: "break" }, { kind: "text", text: "två" }],
    },
    { kind: "paragraph", inlines: [{ kind: "text", text: "tre" }] },
  ]);
});

test("Markdown's characters and HTML mean nothing", () => {
  const text = "*viktigt* # 1. - > `x` <b>fet</b> &amp; [a](b)";
  assert.deepEqual(blocksFromPlain(text), [{ kind: "paragraph", inlines: [{ kind: "text", text }] }]);
});

test("nothing typed gives no blocks", () => assert.deepEqual(blocksFromPlain(" \n\n\t"), []));

test("control characters and bidirectional overrides are removed, joiners stay", () => {
  assert.deepEqual(blocksFromPlain("a\u0000b\u202Ec\u2066 👩‍🚒 \uD800"), [
    { kind: "paragraph", inlines: [{ kind: "text", text: "abc 👩‍🚒 \uFFFD" }] },
  ]);
});

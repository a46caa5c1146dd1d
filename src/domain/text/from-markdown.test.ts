import assert from "node:assert/strict";
import { test } from "node:test";
import { blocksFromMarkdown } from "./from-markdown.ts";
import { renderBlocks } from "./to-html.ts";

const render = (source: string): string =>
  renderBlocks(
    blocksFromMarkdown(source, {
      resolveMention: (handle) =>
        handle === "@anna" ? { href: "https://example.se/@anna", handle: "@anna@example.se" } : undefined,
    }),
    {
      tagHref: (name) => `/taggar/${encodeURIComponent(name)}`,
      image: (media) => ({ src: `/media/${media}`, width: 4, height: 3 }),
    },
  );

const cases: [title: string, source: string, html: string][] = [
  ["headings are demoted", "# a\n## b\n### c\n###### d", "<h2>a</h2><h3>b</h3><h4>c</h4><h4>d</h4>"],
  [
    "marks nest",
    "**a *b*** `<c>` ~~d~~",
    "<p><strong>a <em>b</em></strong> <code>&lt;c&gt;</code> <s>d</s></p>",
  ],
  [
    "lists nest and number",
    "3. a\n   - b\n4. c",
    '<ol start="3"><li>a<ul><li>b</li></ul></li><li>c</li></ol>',
  ],
  ["quotes hold blocks", "> a\n>\n> b", "<blockquote><p>a</p><p>b</p></blockquote>"],
  ["code is kept as it is", "```ts\n#a <b>\n```", '<pre><code class="language-ts">#a &lt;b&gt;</code></pre>'],
  ["a hard break is a break, a soft one a space", "a  \nb\nc", "<p>a<br>b c</p>"],
  ["a rule is a rule", "a\n\n---", "<p>a</p><hr>"],
  ["HTML is text", "<b onclick=x>a</b>", "<p>&lt;b onclick=x&gt;a&lt;/b&gt;</p>"],
  [
    "a link is a link",
    "[a *b*](https://example.se/c)",
    '<p><a href="https://example.se/c">a <em>b</em></a></p>',
  ],
  ["mail links are allowed", "[post](mailto:a@example.se)", '<p><a href="mailto:a@example.se">post</a></p>'],
  ["a dangerous link is its text", "[a](javascript:alert(1)) [b](data:x) [c](/d)", "<p>a b c</p>"],
  [
    "a bare address is linked once, its hash no tag",
    "https://example.se/a_b_c#skolan.",
    '<p><a href="https://example.se/a_b_c#skolan">example.se/a_b_c#skolan</a>.</p>',
  ],
  [
    "a long bare address is shortened and links in full",
    "https://www.example.se/en/mycket/lang/vag/till/en/sida/med/namn",
    '<p><a href="https://www.example.se/en/mycket/lang/vag/till/en/sida/med/namn">' +
      "example.se/en/mycket/lang/vag/till/en/si…</a></p>",
  ],
  [
    "tags are linked, also first on a line and in emphasis",
    "#skolan och *#öppna*",
    '<p><a href="/taggar/skolan" class="hashtag" rel="tag">#skolan</a> och ' +
      '<a href="/taggar/%C3%B6ppna" class="hashtag" rel="tag">#öppna</a></p>',
  ],
  [
    "code and link text hold no tags",
    "`#a` [#b](https://example.se/)",
    '<p><code>#a</code> <a href="https://example.se/">#b</a></p>',
  ],
  [
    "a known mention is linked, an unknown one is text",
    "@anna @bo",
    '<p><a href="https://example.se/@anna" class="mention" title="@anna@example.se">@anna</a> @bo</p>',
  ],
  [
    "an image of ours parts its paragraph",
    'a ![katt "x"](media:12) b',
    '<p>a</p><figure><img src="/media/12" width="4" height="3" alt="katt &quot;x&quot;" loading="lazy" decoding="async"></figure><p>b</p>',
  ],
  [
    "any other image is a link",
    "![katt](https://example.com/k.png)",
    '<p><a href="https://example.com/k.png">katt</a></p>',
  ],
];

for (const [title, source, html] of cases)
  test(title, () =>
    assert.equal(
      render(source).replace(/ <\/p>|(?<=<p>) /g, (m) => m.trim()),
      html,
    ),
  );

test("deep nesting does not throw", () => {
  assert.doesNotThrow(() => render(`${">".repeat(5000)} a`));
  assert.doesNotThrow(() => render(`${"[".repeat(5000)}a`));
});

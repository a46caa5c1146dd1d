import assert from "node:assert/strict";
import { test } from "node:test";
import { plainText } from "./blocks.ts";
import { blocksFromHtml, type FromHtmlOptions } from "./from-html.ts";
import { renderBlocks } from "./to-html.ts";

const render = (html: string, options?: FromHtmlOptions): string =>
  renderBlocks(blocksFromHtml(html, options), { tagHref: (name) => `/t/${name}` });

const cases: [title: string, source: string, html: string][] = [
  ["paragraphs and breaks stay", "<p>a<br>b</p>\n<p>c</p>", "<p>a<br>b</p><p>c</p>"],
  ["two breaks part paragraphs", "a<br> <br/>b", "<p>a</p><p>b</p>"],
  ["white space is one space", "<p> a \n\t b <b> c</b> </p>", "<p>a b <strong>c</strong></p>"],
  ["unknown elements are their text", "<p><blink>a</blink> <x-y>b</x-y></p>", "<p>a b</p>"],
  [
    "an element named like a property is its text",
    "<constructor>a</constructor><b __proto__=x>b</b>",
    "<p>a<strong>b</strong></p>",
  ],
  ["headings keep 2 to 4", "<h2>a</h2><h3>b</h3><h6>c</h6>", "<h2>a</h2><h3>b</h3><h4>c</h4>"],
  ["headings under a level 1 are demoted", "<h1>a</h1><h2>b</h2>", "<h2>a</h2><h3>b</h3>"],
  [
    "lists nest",
    "<ol start=3><li>a<ul><li><p>b</p></li></ul></li></ol>",
    '<ol start="3"><li>a<ul><li>b</li></ul></li></ol>',
  ],
  ["a list item by itself is a paragraph", "<li>a</li>", "<p>a</p>"],
  ["quotes stay", "<blockquote>a<p>b</p></blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>"],
  [
    "code keeps its lines",
    '<pre><code class="language-js">a\n  b&lt;</code></pre>',
    '<pre><code class="language-js">a\n  b&lt;</code></pre>',
  ],
  [
    "marks are known by either name",
    "<b>a</b><i>b</i><del>c</del><code>d</code>",
    "<p><strong>a</strong><em>b</em><s>c</s><code>d</code></p>",
  ],
  [
    "scripts, styles and frames vanish with what they hold",
    "a<script>b</script><style>c</style><svg><text>d</text></svg><iframe>e</iframe><math>f</math><template>g</template><noscript>h</noscript>i",
    "<p>ai</p>",
  ],
  [
    "an image is a link with its description",
    '<img src="https://example.com/a.png" alt="katt">',
    '<p><a href="https://example.com/a.png">katt</a></p>',
  ],
  [
    "an emoji image is its name",
    '<p>hej <img class="emoji" src="https://example.com/a.png" alt=":katt:"></p>',
    "<p>hej :katt:</p>",
  ],
  [
    "a table is a paragraph a row",
    "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
    "<p>a b</p><p>c</p>",
  ],
  ["a quote for those without quotes vanishes", '<p class="quote-inline">RE: x</p><p>a</p>', "<p>a</p>"],
  [
    "a link around blocks is a link",
    '<a href="https://example.com/"><h3>a</h3><p>b</p></a>',
    '<p><a href="https://example.com/"> a b</a></p>',
  ],
  [
    "the hidden parts of an address go",
    '<a href="https://example.com/abc/def"><span class="invisible">https://</span><span class="ellipsis">example.com/abc</span><span class="invisible">/def</span></a>',
    '<p><a href="https://example.com/abc/def">example.com/abc…</a></p>',
  ],
  [
    "a Mastodon mention",
    '<p><span class="h-card" translate="no"><a href="https://example.com/@bo" class="u-url mention">@<span>bo</span></a></span> hej</p>',
    '<p><a href="https://example.com/@bo" class="mention" title="@bo@example.com">@bo</a> hej</p>',
  ],
  [
    "signs before their links are not doubled",
    '@<a href="https://example.com/bo" class="u-url mention">@bo</a> #<a class="mention hashtag" href="https://example.com/t/bad">bad</a>',
    '<p><a href="https://example.com/bo" class="mention" title="@bo@example.com">@bo</a> <a href="/t/bad" class="hashtag" rel="tag">#bad</a></p>',
  ],
  [
    "a link that only says mention is a link",
    '<a class="mention" href="https://example.com/">läs mer här</a>',
    '<p><a href="https://example.com/">läs mer här</a></p>',
  ],
];

for (const [title, source, html] of cases) test(title, () => assert.equal(render(source), html));

test("a mention is known by the list beside it, by address or by name on the same host", () => {
  const account = "0000000000000000042";
  const mentions = [
    { name: "@bo@example.com", href: "https://social.example.com/users/bo", account },
    { name: "@eva", href: "https://social.example.com/users/eva" },
  ];
  assert.deepEqual(blocksFromHtml('<a href="https://social.example.com/users/bo">@bo</a>', { mentions }), [
    {
      kind: "paragraph",
      inlines: [
        { kind: "mention", handle: "@bo@example.com", href: "https://social.example.com/users/bo", account },
      ],
    },
  ]);
  assert.deepEqual(blocksFromHtml('<a href="https://social.example.com/@eva">@eva</a>', { mentions }), [
    {
      kind: "paragraph",
      inlines: [
        { kind: "mention", handle: "@eva@social.example.com", href: "https://social.example.com/@eva" },
      ],
    },
  ]);
});

test("a tag is known by the list beside it", () => {
  const tags = [{ name: "#skola", href: "https://example.com/tags/skola" }];
  assert.deepEqual(blocksFromHtml('<a href="https://example.com/tags/skola">#Skola</a>', { tags }), [
    { kind: "paragraph", inlines: [{ kind: "tag", name: "Skola", href: "https://example.com/tags/skola" }] },
  ]);
});

test("entities that hide control characters are cleaned too, and no character is cut in half", () => {
  const long = "👍".repeat(10_000);
  assert.equal(plainText(blocksFromHtml(`<p>x&#x202e;y&#8;z${long}`)), `xyz${long}`);
});

test("text beyond the bound is left out", () => {
  assert.equal(plainText(blocksFromHtml("a".repeat(300_000))).length, 200_000);
});

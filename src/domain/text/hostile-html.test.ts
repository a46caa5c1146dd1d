import assert from "node:assert/strict";
import { test } from "node:test";
import { assertGrowsLinearly } from "#test/grows-linearly.ts";
import { Parser } from "htmlparser2";
import { blocksFromHtml } from "./from-html.ts";
import { activityPubHtml } from "./to-activitypub-html.ts";
import { renderBlocks } from "./to-html.ts";

const bad = [
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "java\tscript:alert(1)",
  "java&#10;script:alert(1)",
  "&#1;javascript:alert(1)",
  " \u0000javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:x",
  "file:///etc/passwd",
  "//evil.example",
  "/relative",
  "https://user:pass@evil.example/",
  "blob:https://evil.example/1",
  'https://evil.example/"onmouseover="alert(1)',
  "https://evil.example/'><script>alert(1)</script>",
  "http://[::1",
];

const pieces = [
  "<script>alert(1)</script>",
  "<scr<script>ipt>alert(1)</scr</script>ipt>",
  "<svg onload=alert(1)><script>alert(1)</script></svg>",
  "<svg><p><style><img src=x onerror=alert(1)>",
  "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
  "<img src=x onerror=alert(1)//",
  "<p class='\" onclick=\"alert(1)' onclick=alert(1) style='background:url(javascript:1)'>x",
  '<pre><code class="language-x&quot; onload=&quot;alert(1)">y</code></pre>',
  "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
  "<textarea></textarea><script>1</script>",
  "<plaintext><script>",
  "<iframe srcdoc='<script>1</script>'></iframe>",
  "<form action=javascript:1><input autofocus onfocus=alert(1)><button formaction=javascript:1>k",
  "<base href=https://evil.example><meta http-equiv=refresh content=0><link rel=stylesheet href=x>",
  "<!--><script>alert(1)</script>-->",
  "<![CDATA[<script>alert(1)</script>]]>",
  "<?xml <script>alert(1)</script>?>",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "<a href='https://example.com/' class='mention' onclick=x>@<script>x</script>\"><b onload=1>bo</a>",
  "<ol start='1\" onload=\"x'><li>a</ol>",
  "</p></div></script></a></a>",
  "<p><a href='x'><ul><li><a href=y><h1><table><td>",
  ...bad.flatMap((href) => [
    `<a href="${href}">x</a>`,
    `<a class="u-url mention" href='${href}'>@x</a>`,
    `<a class="hashtag" rel=tag href="${href}">#x</a>`,
    `<img src="${href}" alt='"><script>1</script>'>`,
  ]),
];

for (const piece of pieces) {
  test(`harmless once rendered: ${JSON.stringify(piece)}`, () => {
    assertHarmless(piece);
  });
}

test("every two hostile pieces side by side and inside each other are harmless", () => {
  for (const one of pieces) for (const other of pieces) assertHarmless(`${one}${other}<p>${one}<b>${other}`);
});

test("random garbage never throws and is harmless", () => {
  const alphabet = [
    "<",
    ">",
    "/",
    "'",
    '"',
    "=",
    " ",
    "a",
    "p",
    "script",
    "on",
    "&#",
    ";",
    "!--",
    "-->",
    "ul",
    "li",
  ];
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  for (let round = 0; round < 500; round++) {
    assertHarmless(Array.from({ length: 80 }, () => alphabet[random(alphabet.length)] ?? "").join(""));
  }
});

test("depth and size are bounded", () => {
  for (const open of [
    "<div>",
    "<b>",
    "<ul><li>",
    "<blockquote>",
    "<a href=https://example.com/>",
    "<x>",
    "<p>",
  ]) {
    const html = assertHarmless(`${open.repeat(100_000)}djupt${"</div></b>".repeat(1000)}`);
    assert.ok(html.length < 1_000_000);
  }
  assertHarmless(`<a href="https://example.com/${"a".repeat(500_000)}">x</a>`);
  assertHarmless(`<a ${"x=1 ".repeat(200_000)}>x</a>`);
  assertHarmless("&".repeat(900_000));
  assertHarmless("</p>".repeat(200_000));
  assertHarmless("<div>".repeat(990) + "</q>".repeat(200_000));
  assertGrowsLinearly((size) => blocksFromHtml("<div><b>".repeat(size)), 20_000);
});

test("text far deeper than the bound is kept", () => {
  assert.match(assertHarmless(`${"<div>".repeat(900)}djupt`), /djupt/u);
});

function assertHarmless(source: string): string {
  const blocks = blocksFromHtml(source);
  const page = renderBlocks(blocks, { tagHref: () => "/t", linkRel: "nofollow noopener ugc" });
  assertAllowed(page, source);
  assertAllowed(activityPubHtml(blocks, { tagHref: () => "https://example.se/t" }), source);
  return page;
}

function assertAllowed(html: string, source: string): void {
  assert.ok(!/<script/iu.test(html), source);
  const parser = new Parser({
    onopentag(name, attributes) {
      assert.ok(ELEMENTS.has(name), `<${name}> from ${source}`);
      for (const [attribute, value] of Object.entries(attributes)) {
        assert.ok(ATTRIBUTES.has(attribute), `${attribute}= from ${source}`);
        if (attribute === "href" && value !== "/t") assert.match(value, /^https?:\/\/[^\s"<>]+$/u, source);
      }
    },
    oncomment() {
      assert.fail(`a comment from ${source}`);
    },
  });
  parser.end(html);
}

const ELEMENTS = new Set("p br a strong em code s pre ul ol li blockquote h2 h3 h4 hr span".split(" "));
const ATTRIBUTES = new Set("href rel class title start target translate".split(" "));

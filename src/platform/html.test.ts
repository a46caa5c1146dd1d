import assert from "node:assert/strict";
import { test } from "node:test";
import { attributes, escape, html, join, raw } from "./html.ts";

test("What is put in is escaped, in text and in quoted attributes", () => {
  const evil = `"><script>alert('x')</script>&`;
  assert.equal(
    html`<p title="${evil}">${evil}</p>`.text,
    `<p title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;">&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;</p>`,
  );
});

test("Nested HTML and lists of it pass through, lists of text are escaped", () => {
  const items = ["a", "<b>"].map((item) => html`<i>${item}</i>`);
  assert.equal(html`<b>${items}</b>`.text, "<b><i>a</i><i>&lt;b&gt;</i></b>");
  assert.equal(html`${["<", [">", raw("<hr>")]]}`.text, "&lt;&gt;<hr>");
});

test("Null, undefined and false render nothing; zero and the empty text render as they are", () => {
  assert.equal(html`[${null}${undefined}${false}${""}${0}${12n}]`.text, "[012]");
});

test("Joining skips what renders to nothing and escapes the separator", () => {
  assert.equal(join(["a", null, false, html`<b>b</b>`], " & ").text, "a &amp; <b>b</b>");
  assert.equal(join([], ", ").text, "");
});

test("Attributes are quoted, bare when true, and left out when false or missing", () => {
  assert.equal(
    html`<input${attributes({ name: 'a"b', required: true, disabled: false, value: undefined, size: 3 })}>`
      .text,
    '<input name="a&quot;b" required size="3">',
  );
});

test("An object that only looks like HTML cannot smuggle markup in", () => {
  const forged = JSON.parse('{"text":"<script>"}') as unknown;
  assert.throws(() => html`${forged as string}`);
  assert.equal(escape("inget att göra"), "inget att göra");
});

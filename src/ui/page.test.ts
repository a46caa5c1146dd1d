import assert from "node:assert/strict";
import { test } from "node:test";
import { html } from "#platform/html.ts";
import { publicPage, type PublicPageView } from "./page.ts";
import { uiWords } from "./words.ts";

const view: PublicPageView = {
  language: "sv",
  authority: {
    name: "Exempel & kommun",
    accent: { light: "#0b5c5f", dark: "#6cc7c4", onLight: "#ffffff", onDark: "#10110f" },
    accentHref: "/assets/authority-1.css",
    languages: ["sv", "en"],
  },
  assets: { styles: ["/assets/site.css"], scripts: [] },
  links: {
    home: "/",
    accounts: "/accounts",
    search: "/search",
    about: "/about",
    privacy: "/privacy",
    accessibility: "/accessibility",
    guidelines: "/guidelines",
  },
  title: "Sök",
  current: "search",
  main: html`<h1>Sök</h1>`,
  alternates: [
    { language: "sv", href: "/search" },
    { language: "en", href: "/en/search" },
  ],
  feeds: [{ href: "/feed.rss", title: "Flöde", type: "application/rss+xml" }],
  openGraph: { type: "website", url: "https://exempel.example/search" },
  robots: "noindex",
};

test("A page is a whole document with its language, landmarks and the way past the menu", () => {
  const text = publicPage(view).text;
  assert.match(text, /^<!doctype html>\n<html lang="sv">/s);
  assert.match(text, /<title>Sök – Exempel &amp; kommun<\/title>/s);
  assert.match(text, /<a class="skip" href="#main">/s);
  for (const landmark of ["<header", "<nav", "<main", "<footer"])
    assert.ok(text.includes(landmark), landmark);
  assert.match(text, /<a href="\/search" aria-current="page">/s);
});

test("The authority's colour comes last, by a linked stylesheet and not inline", () => {
  const text = publicPage(view).text;
  assert.ok(text.indexOf("/assets/site.css") < text.indexOf("/assets/authority-1.css"));
  assert.doesNotMatch(text, /\sstyle=|<style|<script/s);
});

test("The other language, the feed and what robots may do are said", () => {
  const text = publicPage(view).text;
  assert.match(text, /<a href="\/en\/search" hreflang="en" lang="en" rel="alternate"\s*>.*English/s);
  assert.doesNotMatch(text, /lang="sv" rel="alternate"/s);
  assert.match(text, /<link rel="alternate" type="application\/rss\+xml" title="Flöde"/s);
  assert.match(text, /<meta name="robots" content="noindex"/s);
  assert.match(text, /<meta property="og:title" content="Sök"/s);
});

test("Every word of the interface is there in both languages, and none is empty", () => {
  const walk = (sv: object, en: object, path: string): void => {
    assert.deepEqual(Object.keys(sv), Object.keys(en), path);
    for (const [key, word] of Object.entries(sv)) {
      const other = (en as Record<string, unknown>)[key];
      if (typeof word === "object") walk(word as object, other as object, `${path}.${key}`);
      else assert.ok(word !== "" && other !== "", `${path}.${key}`);
    }
  };
  walk(uiWords.sv, uiWords.en, "uiWords");
});

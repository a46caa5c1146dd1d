import assert from "node:assert/strict";
import { test } from "node:test";
import type { Site } from "#context.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import type { IncomingPost } from "#domain/posts/receive-post.ts";
import { plainText } from "#domain/text/blocks.ts";
import { accountsNamed, readNote } from "./read-note.ts";

const everyone = "https://www.w3.org/ns/activitystreams#Public";
const elsa = "https://social.example/users/elsa";
const me = "https://torg.example/ap/accounts/100000000000000001";
const ours = "100000000000000001" as AccountId;
const now = Temporal.Instant.from("2026-11-22T12:00:00Z");
const context = {
  site: { origin: "https://torg.example", authority: {} } as unknown as Site,
  now,
  author: { id: "100000000000000009" as AccountId, uri: elsa, followers: `${elsa}/followers` },
  entry: null,
  accountOf: (uri: string) => (uri === me ? ours : undefined),
};
const note = { id: `${elsa}/1`, type: "Note", attributedTo: elsa, content: "<p>Hej</p>", to: everyone };

const documents: [string, Record<string, unknown>, Partial<IncomingPost> & { text?: string }][] = [
  [
    "Mastodon: a reply with a mention, a tag, a warning and a picture",
    {
      ...note,
      url: "https://social.example/@elsa/1",
      summary: "Trafik",
      sensitive: true,
      inReplyTo: "https://torg.example/ap/posts/100000000000000002",
      published: "2026-11-20T08:00:00Z",
      updated: "2026-11-20T09:00:00Z",
      to: [`${elsa}/followers`, me],
      cc: [everyone],
      content: `<p><span class="h-card"><a href="https://torg.example/@kommunchef" class="u-url mention">@<span>kommunchef</span></a></span> när? <a href="https://social.example/tags/buss" class="mention hashtag" rel="tag">#<span>buss</span></a></p>`,
      contentMap: {
        sv: `<p><span class="h-card"><a href="https://torg.example/@kommunchef" class="u-url mention">@<span>kommunchef</span></a></span> när? <a href="https://social.example/tags/buss" class="mention hashtag" rel="tag">#<span>buss</span></a></p>`,
      },
      tag: [
        { type: "Mention", href: me, name: "@kommunchef@torg.example" },
        { type: "Hashtag", href: "https://social.example/tags/buss", name: "#buss" },
      ],
      attachment: [
        {
          type: "Document",
          mediaType: "image/jpeg",
          url: "https://files.social.example/b.jpg",
          name: "En buss",
          blurhash: "U",
          width: 1,
          height: 1,
        },
      ],
    },
    {
      text: "@kommunchef@torg.example när? #buss",
      kind: "note",
      visibility: "unlisted",
      language: "sv",
      warning: "Trafik",
      url: "https://social.example/@elsa/1",
      inReplyTo: {
        uri: "https://torg.example/ap/posts/100000000000000002",
        own: "100000000000000002" as never,
      },
      pictures: [{ url: "https://files.social.example/b.jpg", alt: "En buss" }],
      mentioned: [ours],
      publishedAt: Temporal.Instant.from("2026-11-20T08:00:00Z"),
      editedAt: Temporal.Instant.from("2026-11-20T09:00:00Z"),
    },
  ],
  [
    "Mastodon: to followers only",
    { ...note, to: [`${elsa}/followers`], cc: [] },
    { visibility: "followers", mentioned: [] },
  ],
  [
    "Mastodon: a question",
    {
      ...note,
      type: "Question",
      oneOf: [
        { type: "Note", name: "Ja" },
        { type: "Note", name: "Nej" },
      ],
    },
    { text: `Hej\n\n• Ja\n• Nej\n\n${elsa}/1` },
  ],
  [
    "snac2: a direct note, no cc, an image by extension of its Document",
    {
      ...note,
      id: "https://snac.example/elsa/p/1.2",
      content: "<p>Hej</p>",
      to: [me],
      cc: [],
      attachment: [{ type: "Image", url: "https://snac.example/elsa/s/a.png", name: "" }],
      summary: "",
    },
    {
      visibility: "direct",
      mentioned: [ours],
      warning: null,
      pictures: [{ url: "https://snac.example/elsa/s/a.png", alt: "" }],
    },
  ],
  [
    "GoToSocial: single values, a content map alone",
    { ...note, content: undefined, contentMap: { en: "<p>Hello</p>" }, to: "as:Public" },
    { text: "Hello", language: "en", visibility: "public" },
  ],
  [
    "Misskey: with its own fields, an emoji as text",
    {
      ...note,
      content: "<p>Hej :blobcat:</p>",
      _misskey_content: "Hej :blobcat:",
      source: { content: "x", mediaType: "text/x.misskeymarkdown" },
      quoteUrl: null,
      tag: [{ type: "Emoji", name: ":blobcat:", icon: { type: "Image", url: "https://mk.example/e.png" } }],
      sensitive: false,
      attachment: [],
    },
    { text: "Hej :blobcat:", pictures: [], warning: null },
  ],
  [
    "Pleroma: url lists, a context, sensitive without a summary",
    {
      ...note,
      actor: elsa,
      context: "https://pl.example/contexts/1",
      sensitive: true,
      summary: "",
      attachment: [
        {
          type: "Document",
          mediaType: "image/png",
          url: [{ type: "Link", href: "https://pl.example/a.png", mediaType: "image/png" }],
          name: "a",
        },
      ],
      to: ["Public"],
    },
    {
      warning: "Sensitive content",
      pictures: [{ url: "https://pl.example/a.png", alt: "a" }],
      visibility: "public",
    },
  ],
  [
    "PeerTube: a video in Markdown, with links to the page and the files",
    {
      ...note,
      id: "https://tube.example/videos/watch/1",
      type: "Video",
      name: "Budget 2027",
      mediaType: "text/markdown",
      content: "**Nytt**",
      language: { identifier: "sv", name: "Swedish" },
      attributedTo: [
        { type: "Person", id: elsa },
        { type: "Group", id: "https://tube.example/c/nytt" },
      ],
      url: [
        { type: "Link", mediaType: "text/html", href: "https://tube.example/w/1" },
        { type: "Link", mediaType: "video/mp4", href: "https://tube.example/1.mp4" },
      ],
    },
    {
      text: "Budget 2027\n\nNytt",
      title: "Budget 2027",
      url: "https://tube.example/w/1",
      language: "sv",
      kind: "note",
    },
  ],
  [
    "WordPress: an article whose summary is no warning",
    {
      ...note,
      id: "https://blogg.example/?p=1",
      type: "Article",
      name: "Om skolan",
      summary: "En ingress",
      content: "<h2>Rubrik</h2><p>Text</p>",
      url: "https://blogg.example/om-skolan/",
      attachment: [
        { type: "Image", mediaType: "image/jpeg", url: "https://blogg.example/a.jpg", name: "Skolan" },
      ],
    },
    { kind: "article", title: "Om skolan", warning: null, text: "Rubrik\n\nText" },
  ],
  [
    "Lemmy: a page with a cover",
    {
      ...note,
      type: "Page",
      name: "Fråga",
      image: { type: "Image", url: "https://lemmy.example/i.png" },
      attachment: [{ type: "Link", href: "https://nyhet.example/" }],
    },
    {
      kind: "article",
      pictures: [{ url: "https://lemmy.example/i.png", alt: "" }],
      text: "Hej\n\nhttps://nyhet.example/",
    },
  ],
  [
    "a film attached to a note",
    {
      ...note,
      attachment: [
        { type: "Document", mediaType: "video/mp4", url: "https://social.example/f.mp4", name: "En film" },
      ],
    },
    { text: "Hej\n\nEn film", pictures: [] },
  ],
  [
    "times that cannot be",
    { ...note, published: "2036-01-01T00:00:00Z", updated: "0001-01-01T00:00:00Z" },
    { publishedAt: now, editedAt: null },
  ],
  ["an answer to itself", { ...note, inReplyTo: `${elsa}/1` }, { inReplyTo: null }],
  [
    "addresses that may not be followed",
    {
      ...note,
      url: "javascript:alert(1)",
      attachment: [{ type: "Image", url: "file:///etc/passwd" }],
      content: '<a href="javascript:x">Hej</a><img src=x onerror=y>',
    },
    { url: null, pictures: [], text: "Hej" },
  ],
];

for (const [what, document, { text, ...expected }] of documents)
  test(`a post is read as sent by ${what}`, () => {
    const read = readNote(document, context);
    assert.ok(read);
    for (const [name, value] of Object.entries(expected)) {
      const found: unknown = read[name as keyof IncomingPost];
      if (value instanceof Temporal.Instant) assert.equal(String(found), String(value), name);
      else assert.deepEqual(found, value, name);
    }
    if (text !== undefined) assert.equal(plainText(read.blocks), text);
  });

test("the addressing of the activity counts when its object has none", () => {
  const bare = { ...note, to: undefined };
  assert.equal(readNote(bare, { ...context, activity: { to: [everyone] } })?.visibility, "public");
  assert.equal(readNote(bare, context)?.visibility, "direct");
});

test("a vote in a poll and an empty note are nothing to read", () => {
  assert.equal(
    readNote({ ...note, content: undefined, name: "Ja", inReplyTo: `${elsa}/0` }, context),
    undefined,
  );
  assert.equal(readNote({ ...note, content: "<p></p>" }, context), undefined);
  assert.equal(readNote({ ...note, type: "Person" }, context), undefined);
});

test("whom a post names is bounded", () => {
  const tag = Array.from({ length: 5000 }, (_, index) => ({
    type: "Mention",
    href: `https://social.example/${index}`,
  }));
  assert.equal(accountsNamed({ ...note, tag }).length, 100);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Media } from "#domain/media/media.ts";
import { account, alice, parts, picture, site } from "#test/federation-examples.ts";
import { noteDocument, tombstoneDocument } from "./note.ts";
import { publicAudience } from "./context.ts";

const author = "https://torg.example.se/ap/accounts/222222222222222222";
const followers = `${author}/followers`;
const uri = "https://torg.example.se/ap/posts/555555555555555555";

test("a short post becomes a Note with its words in every form that peers read", () => {
  const note = noteDocument(site, parts());
  assert.deepEqual(note, {
    id: uri,
    type: "Note",
    attributedTo: author,
    to: [publicAudience],
    cc: [followers],
    content: "<p>Hej</p>",
    contentMap: { sv: "<p>Hej</p>" },
    source: { content: "Hej", mediaType: "text/plain" },
    published: "2026-11-22T08:00:00Z",
    url: "https://torg.example.se/@kommunchef/555555555555555555",
    replies: `${uri}/replies`,
    "torg:capacity": "office",
  });
});

test("each visibility is addressed as peers tell them apart", () => {
  const addressed = (visibility: "public" | "unlisted" | "followers" | "direct") => {
    const { to, cc } = noteDocument(site, parts({ visibility }, { mentioned: [alice] }));
    return { to, cc };
  };
  assert.deepEqual(addressed("public"), { to: [publicAudience], cc: [followers, alice.uri] });
  assert.deepEqual(addressed("unlisted"), { to: [followers], cc: [publicAudience, alice.uri] });
  assert.deepEqual(addressed("followers"), { to: [followers], cc: [alice.uri] });
  assert.deepEqual(addressed("direct"), { to: [alice.uri], cc: [] });
});

test("mentions and tags are named, and their links lead somewhere from outside", () => {
  const colleague = account({ handle: "skolchef" });
  const note = noteDocument(
    site,
    parts(
      {
        blocks: [
          {
            kind: "paragraph",
            inlines: [
              { kind: "mention", handle: "@skolchef", href: "/@skolchef" },
              { kind: "tag", name: "Skolan" },
              { kind: "link", href: "/about", inlines: [{ kind: "text", text: "om oss" }] },
            ],
          },
        ],
      },
      { mentioned: [colleague, alice] },
    ),
  );
  assert.deepEqual(note["tag"], [
    { type: "Mention", href: author, name: "@skolchef@example.se" },
    { type: "Mention", href: alice.uri, name: "@alice@a.test:8102" },
    { type: "Hashtag", href: "https://torg.example.se/tags/skolan", name: "#Skolan" },
  ]);
  const content = String(note["content"]);
  for (const href of ["/@skolchef", "/tags/skolan", "/about"])
    assert.ok(content.includes(`href="https://torg.example.se${href}"`), content);
});

test("a reply names what it answers, an edit when, a warning what is behind it", () => {
  const editedAt = Temporal.Instant.from("2026-11-22T09:00:00Z");
  const note = noteDocument(
    site,
    parts({ editedAt, warning: "Val & röst" }, { parentUri: "https://a.test/p/1" }),
  );
  assert.equal(note["inReplyTo"], "https://a.test/p/1");
  assert.equal(note["updated"], "2026-11-22T09:00:00Z");
  assert.equal(note["summary"], "Val & röst");
  assert.equal(note["sensitive"], true);
});

test("pictures beside and within the text are attached once each, with alternative text and size", () => {
  const media = new Map<string, Media>([
    [
      picture,
      {
        id: picture,
        state: "ready" as const,
        type: "image/webp",
        width: 40,
        height: 30,
        bytes: 1,
        sourceUrl: null,
        description: null,
        focus: null,
      },
    ],
  ]);
  const blocks = [{ kind: "image" as const, media: picture, alt: "En skola" }];
  const attachments = [{ media: picture, alt: "En skola" }];
  const note = noteDocument(site, parts({ blocks, attachments }, { media }));
  const url = `https://torg.example.se/media/${picture}/full.webp`;
  assert.deepEqual(note["attachment"], [
    { type: "Document", mediaType: "image/webp", url, name: "En skola", width: 40, height: 30 },
  ]);
  assert.ok(String(note["content"]).includes(url));
  assert.equal(noteDocument(site, parts({ attachments }))["attachment"], undefined);
});

test("an article carries its title, its whole text and a summary", () => {
  const article = noteDocument(
    site,
    parts({ kind: "article", title: "Om skolan", sourceType: "markdown", source: "Hej" }),
  );
  assert.equal(article["type"], "Article");
  assert.equal(article["name"], "Om skolan");
  assert.equal(article["summary"], "<p>Hej</p>");
  assert.equal(article["sensitive"], undefined);
  assert.deepEqual(article["source"], { content: "Hej", mediaType: "text/markdown" });
});

test("a removed post leaves a tombstone with nothing of what it said", () => {
  const deletedAt = Temporal.Instant.from("2026-11-22T10:00:00Z");
  const tombstone = tombstoneDocument(site, parts({ deletedAt }).post);
  assert.deepEqual(tombstone, { id: uri, type: "Tombstone", deleted: "2026-11-22T10:00:00Z" });
});

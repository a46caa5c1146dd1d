import assert from "node:assert/strict";
import { test } from "node:test";
import type { RemoteAccount } from "#domain/accounts/save-remote-account.ts";
import { readActor } from "./read-actor.ts";

const pem = "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n";
const base = "https://social.example/users/elsa";
const key = { id: `${base}#main-key`, owner: base, publicKeyPem: pem };

const documents: [string, Record<string, unknown>, Partial<RemoteAccount>][] = [
  [
    "Mastodon",
    {
      "@context": [
        "https://www.w3.org/ns/activitystreams",
        { toot: "http://joinmastodon.org/ns#", indexable: "toot:indexable" },
      ],
      id: base,
      type: "Person",
      followers: `${base}/followers`,
      inbox: `${base}/inbox`,
      outbox: `${base}/outbox`,
      preferredUsername: "elsa",
      name: "Elsa :verified:",
      summary:
        '<p>Läser allt. <a href="https://social.example/tags/bygd" class="mention hashtag" rel="tag">#<span>bygd</span></a></p>',
      url: "https://social.example/@elsa",
      manuallyApprovesFollowers: true,
      indexable: true,
      publicKey: key,
      tag: [],
      attachment: [
        {
          type: "PropertyValue",
          name: "Webb",
          value:
            '<a href="https://elsa.example/" rel="me"><span class="invisible">https://</span><span>elsa.example</span></a>',
        },
        { type: "PropertyValue", name: "Pronomen", value: "hon" },
      ],
      endpoints: { sharedInbox: "https://social.example/inbox" },
      icon: { type: "Image", mediaType: "image/png", url: "https://files.social.example/e.png" },
      image: { type: "Image", url: "https://files.social.example/h.png" },
    },
    {
      uri: base,
      handle: "elsa",
      domain: "social.example",
      name: "Elsa :verified:",
      url: "https://social.example/@elsa",
      locked: true,
      indexable: true,
      automated: false,
      sharedInbox: "https://social.example/inbox",
      publicKeyId: key.id,
      publicKey: pem,
      avatarUrl: "https://files.social.example/e.png",
      headerUrl: "https://files.social.example/h.png",
      fields: [
        { name: "Webb", value: "https://elsa.example/" },
        { name: "Pronomen", value: "hon" },
      ],
    },
  ],
  [
    "snac2",
    {
      id: "https://snac.example/elsa",
      type: "Person",
      preferredUsername: "elsa",
      name: "Elsa",
      url: "https://snac.example/elsa",
      summary: "",
      inbox: "https://snac.example/elsa/inbox",
      endpoints: { sharedInbox: "https://snac.example/shared-inbox" },
      publicKey: {
        id: "https://snac.example/elsa#main-key",
        owner: "https://snac.example/elsa",
        publicKeyPem: pem,
      },
    },
    { handle: "elsa", domain: "snac.example", publicKey: pem, biography: [], fields: [] },
  ],
  [
    "GoToSocial, whose key has a document of its own",
    {
      id: base,
      type: "Person",
      preferredUsername: "elsa",
      inbox: `${base}/inbox`,
      publicKey: { id: `${base}/main-key`, owner: base, publicKeyPem: pem },
    },
    { publicKeyId: `${base}/main-key`, publicKey: pem, name: "elsa" },
  ],
  [
    "Misskey, a bot",
    {
      id: "https://mk.example/users/9abc",
      type: "Service",
      preferredUsername: "elsa_bot",
      name: null,
      summary: null,
      inbox: "https://mk.example/users/9abc/inbox",
      icon: { type: "Image", url: "https://mk.example/a.webp", sensitive: false, name: null },
      isCat: true,
    },
    {
      handle: "elsa_bot",
      domain: "mk.example",
      name: "elsa_bot",
      automated: true,
      avatarUrl: "https://mk.example/a.webp",
      publicKey: null,
    },
  ],
  [
    "PeerTube, a channel with several pictures",
    {
      id: "https://tube.example/video-channels/nytt",
      type: "Group",
      preferredUsername: "nytt",
      inbox: "https://tube.example/inbox",
      url: ["https://tube.example/c/nytt"],
      icon: [
        { type: "Image", mediaType: "image/png", url: "https://tube.example/48.png" },
        { type: "Image", url: "https://tube.example/120.png" },
      ],
      attributedTo: [{ type: "Person", id: base }],
    },
    { handle: "nytt", url: "https://tube.example/c/nytt", avatarUrl: "https://tube.example/48.png" },
  ],
  [
    "WordPress, named by a query",
    {
      id: "https://blogg.example/?author=1",
      type: "Person",
      preferredUsername: "elsa",
      inbox: "https://blogg.example/wp-json/activitypub/1.0/actors/1/inbox",
      url: "https://blogg.example/author/elsa/",
    },
    { uri: "https://blogg.example/?author=1", handle: "elsa", url: "https://blogg.example/author/elsa/" },
  ],
  [
    "one with a key that is another's",
    {
      id: base,
      type: "Person",
      preferredUsername: "elsa",
      publicKey: { ...key, owner: "https://social.example/users/other" },
    },
    { publicKey: null, publicKeyId: null },
  ],
  [
    "one with hostile values",
    {
      id: base,
      type: ["Person"],
      preferredUsername: "elsa",
      name: "a\u202Eb\u0000<b>\n".repeat(100),
      url: "javascript:alert(1)",
      icon: "data:image/png;base64,AAAA",
      inbox: { a: 1 },
      summary: "<script>x</script><p onclick=x>hej</p>",
      attachment: Array.from({ length: 500 }, () => ({ type: "PropertyValue", name: "n", value: "v" })),
    },
    {
      url: null,
      avatarUrl: null,
      inbox: null,
      biography: [{ kind: "paragraph", inlines: [{ kind: "text", text: "hej" }] }],
    },
  ],
];

for (const [what, document, expected] of documents)
  test(`an actor is read as sent by ${what}`, () => {
    const read = readActor(document);
    assert.ok(read);
    for (const [name, value] of Object.entries(expected))
      assert.deepEqual(read[name as keyof RemoteAccount], value, name);
    assert.ok(read.name.length <= 100 && read.fields.length <= 16);
  });

test("of several keys the one asked for is taken", () => {
  const second = { id: `${base}#second`, owner: base, publicKeyPem: "second" };
  assert.equal(
    readActor({ id: base, type: "Person", preferredUsername: "elsa", publicKey: [key, second] }, second.id)
      ?.publicKey,
    "second",
  );
});

for (const [what, document] of [
  ["no id", { type: "Person", preferredUsername: "elsa" }],
  ["another type", { id: base, type: "Note", preferredUsername: "elsa" }],
  ["a name that cannot be one", { id: base, type: "Person", preferredUsername: "el sa@<b>" }],
] as const)
  test(`a document with ${what} is no actor`, () => assert.equal(readActor(document), undefined));

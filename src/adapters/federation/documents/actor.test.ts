import assert from "node:assert/strict";
import { test } from "node:test";
import type { Media } from "#domain/media/media.ts";
import { actorDocument } from "./actor.ts";
import { account, authorityAccount, picture, site } from "#test/federation-examples.ts";

const office = account();
const siblings = [authorityAccount, office];
const uri = "https://torg.example.se/ap/accounts/222222222222222222";

test("an office is an actor that every client treats as an account", () => {
  const actor = actorDocument(site, { account: office, siblings, media: new Map() });
  assert.equal(actor["id"], uri);
  assert.equal(actor["type"], "Person");
  assert.equal(actor["preferredUsername"], "kommunchef");
  assert.equal(actor["summary"], "<p>Leder &lt;förvaltningen&gt;</p>");
  assert.equal(actor["inbox"], `${uri}/inbox`);
  assert.deepEqual(actor["endpoints"], { sharedInbox: "https://torg.example.se/ap/inbox" });
  assert.deepEqual(actor["publicKey"], { id: `${uri}#main-key`, owner: uri, publicKeyPem: "PEM" });
  assert.equal(actor["published"], "2026-01-02T03:04:05Z");
  assert.equal(actor["icon"], undefined);
});

test("office and authority point to each other, for programs and for people", () => {
  const authorityUri = "https://torg.example.se/ap/accounts/333333333333333333";
  const lower = actorDocument(site, { account: office, siblings, media: new Map() });
  assert.equal(lower["torg:authority"], authorityUri);
  assert.match(JSON.stringify(lower["attachment"]), /Del av.*Exempelkommun/);
  const upper = actorDocument(site, { account: authorityAccount, siblings, media: new Map() });
  assert.equal(upper["type"], "Organization");
  assert.deepEqual(upper["torg:offices"], [uri]);
  assert.match(JSON.stringify(upper["attachment"]), /@kommunchef/);
});

test("a field that is an address becomes a link with rel=me, any other is escaped", () => {
  const fields = [
    { name: "Webb", value: "https://example.se/om?a=1&b=2" },
    { name: "Skript", value: '<script>alert("x")</script>' },
    { name: "Nej", value: "javascript:alert(1)" },
  ];
  const actor = actorDocument(site, { account: account({ fields }), siblings: [], media: new Map() });
  const link =
    '<a href="https://example.se/om?a=1&amp;b=2" target="_blank" rel="me nofollow noopener">example.se/om?a=1&amp;b=2</a>';
  assert.deepEqual(actor["attachment"], [
    { type: "PropertyValue", name: "Webb", value: link },
    { type: "PropertyValue", name: "Skript", value: "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;" },
    { type: "PropertyValue", name: "Nej", value: "javascript:alert(1)" },
  ]);
});

test("pictures are named once they are here", () => {
  const media = {
    id: picture,
    state: "ready" as const,
    type: "image/webp",
    width: 4,
    height: 4,
    bytes: 1,
    sourceUrl: null,
    description: null,
    focus: null,
  };
  const subject = account({ avatar: picture, header: picture });
  const actor = actorDocument(site, {
    account: subject,
    siblings: [],
    media: new Map<string, Media>([[picture, media]]),
  });
  const url = `https://torg.example.se/media/${picture}/full.webp`;
  assert.deepEqual(actor["icon"], { type: "Image", mediaType: "image/webp", url, width: 4, height: 4 });
  const waiting = new Map<string, Media>([[picture, { ...media, state: "waiting" as const }]]);
  assert.equal(actorDocument(site, { account: subject, siblings: [], media: waiting })["image"], undefined);
});

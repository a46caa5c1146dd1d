import assert from "node:assert/strict";
import { test } from "node:test";
import { publishPost } from "#domain/posts/publish-post.ts";
import { findFollowBetween, requestFollow } from "#domain/relationships/follows.ts";
import { homeTimeline } from "#domain/timelines/home-timeline.ts";
import { exampleAuthority } from "#test/example.ts";
import { waitFor } from "#test/interop/wait-for.ts";
import { startWholeTorg } from "#test/whole/torg.ts";
import { fileScope } from "#test/file-scope.ts";

/** https without a certificate, and names that resolve nowhere: no socket could carry this. */
const scope = fileScope();
const torg = await startWholeTorg(
  scope,
  {},
  { TORG_URL: "https://torg.example", TORG_ALLOW_PRIVATE_NETWORK: "0" },
);
const { services } = torg.torg;
const one = await exampleAuthority(torg.db, { domain: "ett.example" });
const two = await exampleAuthority(torg.db, { domain: "tva.example", handleDomain: "handtag.example" });

test("authorities of one installation follow and hear each other without leaving the process", async () => {
  const known = await services.lookUpAccount(one.authority, "@kommunchef@handtag.example");
  assert.ok(known, "found by the handle's own host");
  assert.equal(known.domain, "handtag.example");
  const { id } = one.authority;
  await torg.db.as(id, (tx) =>
    requestFollow(tx, id, { follower: one.office.id, followed: known, person: one.person }),
  );
  const follow = () => torg.db.read(id, (tx) => findFollowBetween(tx, id, one.office.id, known.id));
  await waitFor(async () => (await follow())?.state === "accepted", { what: "an accepted follow" });

  const post = {
    kind: "note" as const,
    sourceType: "plain" as const,
    source: "Hälsning från grannen",
    language: "sv",
    attachments: [],
    account: two.office.id,
    person: two.person,
    visibility: "public" as const,
    capacity: "office" as const,
  };
  await torg.db.as(two.authority.id, (tx) => publishPost(tx, two.authority, post, services.clock()));
  const home = () => torg.db.read(id, (tx) => homeTimeline(tx, id, [one.office.id], { limit: 10 }));
  const heard = await waitFor(
    async () => (await home()).find((item) => item.source.includes("Hälsning från grannen")),
    { what: "the neighbour's post" },
  );
  assert.equal(heard.account, known.id);
});

test("what is not among us, another scheme included, still goes out by the guarded door", async () => {
  const answer = await services.fetch("http://ett.example/");
  assert.equal(!answer.ok && answer.reason, "bad-url");
});

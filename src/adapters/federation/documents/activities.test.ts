import assert from "node:assert/strict";
import { test } from "node:test";
import * as activities from "./activities.ts";
import { activityStreams, publicAudience } from "./context.ts";
import { account, alice, authorityAccount, parts, site } from "#test/federation-examples.ts";

const actor = "https://torg.example.se/ap/accounts/222222222222222222";
const uri = "https://torg.example.se/ap/posts/555555555555555555";
const theirs = { id: "777777777777777777" as never, uri: "https://a.test:8102/p/1" };
const act = { id: "888888888888888888", account: account(), post: theirs, author: alice };

test("a Create holds the post and has a name that can be fetched", () => {
  const made = activities.create(site, parts());
  assert.equal(made["id"], `${uri}/activity`);
  assert.equal(made["type"], "Create");
  assert.equal(made["actor"], actor);
  assert.deepEqual(made["to"], [publicAudience]);
  assert.ok(Array.isArray(made["@context"]) && made["@context"][0] === activityStreams);
  const object = made["object"] as Record<string, unknown>;
  assert.equal(object["id"], uri);
  assert.equal(object["@context"], undefined);
});

test("each edit is an Update of its own", () => {
  assert.equal(activities.update(site, parts({ version: 2 }))["id"], `${uri}#updates/2`);
  assert.equal(activities.update(site, parts({ version: 3 }))["id"], `${uri}#updates/3`);
});

test("a Delete holds a tombstone and goes to those who had the post", () => {
  const made = activities.remove(site, parts({ visibility: "direct" }, { mentioned: [alice] }));
  assert.equal(made["id"], `${uri}#delete`);
  assert.deepEqual(made["to"], [alice.uri]);
  assert.deepEqual(made["object"], { id: uri, type: "Tombstone" });
});

test("a boost and a favourite name the post by its author's name for it", () => {
  const announce = activities.announce(site, act);
  assert.equal(announce["id"], `${actor}#boosts/888888888888888888`);
  assert.equal(announce["object"], theirs.uri);
  assert.deepEqual(announce["cc"], [`${actor}/followers`, alice.uri]);
  const like = activities.like(site, act);
  assert.equal(like["id"], `${actor}#likes/888888888888888888`);
  assert.equal(like["object"], theirs.uri);
  assert.deepEqual(like["to"], [alice.uri]);
});

test("an Undo holds what it takes back, with the same name", () => {
  const like = activities.likeOf(site, act);
  const undone = activities.undo(like);
  assert.equal(undone["id"], `${actor}#likes/888888888888888888/undo`);
  assert.equal(undone["type"], "Undo");
  assert.deepEqual(undone["object"], like);
});

test("a Follow names whom, and its answer names the Follow", () => {
  const follow = activities.follow(site, { id: "999999999999999999", follower: account(), followed: alice });
  assert.equal(follow["id"], `${actor}#follows/999999999999999999`);
  assert.equal(follow["object"], alice.uri);
  const answered = {
    entry: "121212121212121212",
    account: account(),
    follower: alice,
    follow: "https://a.test/f/1",
  };
  const accept = activities.answerFollow(site, "Accept", answered);
  assert.equal(accept["id"], `${actor}#accepts/121212121212121212`);
  assert.deepEqual(accept["object"], {
    id: "https://a.test/f/1",
    type: "Follow",
    actor: alice.uri,
    object: actor,
  });
  assert.equal(
    activities.answerFollow(site, "Reject", answered)["id"],
    `${actor}#rejects/121212121212121212`,
  );
});

test("a changed profile is an Update of the actor", () => {
  const siblings = [authorityAccount, account()];
  const made = activities.updateActor(
    site,
    { account: account(), siblings, media: new Map() },
    "131313131313131313",
  );
  assert.equal(made["type"], "Update");
  assert.equal((made["object"] as Record<string, unknown>)["id"], actor);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import type { AccountId } from "#domain/accounts/account.ts";
import { hearKept, type Kept } from "#domain/accounts/kept.ts";
import { setBlockedBy } from "#domain/relationships/blocks.ts";
import { answerFollow, findFollowBetween, receiveFollow } from "#domain/relationships/follows.ts";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { startClientWorld } from "#test/client-world.ts";
import { countingReads } from "#test/count-queries.ts";
import { waitFor } from "#test/interop/wait-for.ts";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority, exampleRemote } from "#test/example.ts";
import { fileScope } from "#test/file-scope.ts";
import type { Account } from "../entities/account.ts";
import type { Relationship } from "../entities/relationship.ts";

type Failure = { error: string; error_description: string };

const scope = fileScope();
const { db } = await testDatabase(scope);
const counted = countingReads(db);
const world = await startClientWorld(scope, counted.db);
const { authority, office, voice, asa } = world;
const own = authority.id;
const token = await world.token(["read", "write"]);
const elsewhere = await exampleAuthority(db, { handle: "annan" });
const theirs = await exampleRemote(db, elsewhere.authority, "lars", "social.test");

const post = (path: string, form: Record<string, string | string[]> = {}) =>
  world.api<Relationship & Failure>("POST", path, { token, form });
const relationship = async (id: string) => {
  const { body } = await world.api<Relationship[]>("GET", "/api/v1/accounts/relationships", {
    token,
    query: { id: [id] },
  });
  assertEntity("Relationship", body[0]);
  return body[0] ?? assert.fail();
};

test("our own accounts are followed at once, others when their server answers; again is to change what one wants", async () => {
  const followed = await post(`/api/v1/accounts/${voice.id}/follow`, { reblogs: "false", notify: "true" });
  assert.equal(followed.status, 200);
  assertEntity("Relationship", followed.body);
  const { following, showing_reblogs, notifying, languages } = followed.body;
  assert.deepEqual(
    { following, showing_reblogs, notifying, languages },
    {
      following: true,
      showing_reblogs: false,
      notifying: true,
      languages: null,
    },
  );
  const again = await post(`/api/v1/accounts/${voice.id}/follow`, {
    reblogs: "true",
    languages: ["sv", "EN"],
  });
  assert.deepEqual(
    [again.body.showing_reblogs, again.body.notifying, again.body.languages],
    [true, true, ["sv", "en"]],
  );
  const asked = await post(`/api/v1/accounts/${asa}/follow`);
  assert.deepEqual([asked.body.following, asked.body.requested], [false, true]);
  const gone = await post(`/api/v1/accounts/${asa}/unfollow`);
  assert.deepEqual([gone.body.following, gone.body.requested], [false, false]);
  await post(`/api/v1/accounts/${voice.id}/unfollow`);
});

test("what cannot be followed is said: oneself, whoever has blocked us, a language that is none", async () => {
  assert.equal((await post(`/api/v1/accounts/${office.id}/follow`)).status, 403);
  assert.equal((await post(`/api/v1/accounts/${asa}/follow`, { languages: ["svenska"] })).status, 422);
  const relation = { account: office.id, by: asa, uri: null };
  await db.as(own, (tx) => setBlockedBy(tx, own, relation, true));
  const refused = await post(`/api/v1/accounts/${asa}/follow`);
  assert.equal(refused.status, 403);
  assert.match(refused.body.error_description, /blockerat ert konto/);
  assert.equal((await relationship(asa)).blocked_by, true);
  await db.as(own, (tx) => setBlockedBy(tx, own, relation, false));
});

test("another authority's account is not there", async () => {
  for (const id of [theirs, elsewhere.office.id]) {
    for (const act of [
      "follow",
      "unfollow",
      "mute",
      "unmute",
      "block",
      "unblock",
      "note",
      "remove_from_followers",
    ])
      assert.equal((await post(`/api/v1/accounts/${id}/${act}`)).status, 404, act);
    for (const part of ["", "/statuses", "/followers", "/following", "/lists", "/featured_tags"])
      assert.equal((await world.api("GET", `/api/v1/accounts/${id}${part}`, { token })).status, 404, part);
    const asked = await world.api<Relationship[]>("GET", "/api/v1/accounts/relationships", {
      token,
      query: { id: [id] },
    });
    assert.deepEqual(asked.body, []);
    const found = await world.api<Account[]>("GET", "/api/v1/accounts", { query: { id: [id, office.id] } });
    assert.deepEqual(
      found.body.map((one) => one.id),
      [office.id],
    );
  }
});

test("followers who ask are let in, refused, and removed again", async () => {
  const [in1, in2] = [await follower("in1", "pending"), await follower("in2", "pending")];
  const waiting = await world.api<Account[]>("GET", "/api/v1/follow_requests", { token });
  assert.deepEqual(
    waiting.body.map(({ id }) => id),
    [in2, in1],
  );
  assert.equal((await relationship(in1)).requested_by, true);
  assert.equal((await post(`/api/v1/follow_requests/${in1}/authorize`)).body.followed_by, true);
  assert.equal((await post(`/api/v1/follow_requests/${in2}/reject`)).body.requested_by, false);
  assert.equal((await post(`/api/v1/follow_requests/${in2}/authorize`)).status, 404);
  assert.equal((await post(`/api/v1/accounts/${in1}/remove_from_followers`)).body.followed_by, false);
});

test("mutes are told with their end, and end then", async () => {
  const muted = await post(`/api/v1/accounts/${asa}/mute`, { notifications: "false", duration: "3600" });
  assert.deepEqual([muted.body.muting, muted.body.muting_notifications], [true, false]);
  assert.match(muted.body.muting_expires_at ?? "", /Z$/);
  await post(`/api/v1/accounts/${voice.id}/mute`);
  const { body } = await world.api<(Account & { mute_expires_at: string | null })[]>("GET", "/api/v1/mutes", {
    token,
  });
  for (const one of body) assertEntity("MutedAccount", one);
  assert.deepEqual(
    body.map((one) => [one.id, one.mute_expires_at !== null]),
    [
      [voice.id, false],
      [asa, true],
    ],
  );
  await db.as(
    own,
    (tx) => tx`update mute set until = clock_timestamp() - interval '1 second' where muted = ${asa}`,
  );
  assert.equal((await relationship(asa)).muting, false);
  assert.equal(
    (await world.api<(Account & { mute_expires_at: string | null })[]>("GET", "/api/v1/mutes", { token }))
      .body.length,
    1,
  );
  assert.equal((await post(`/api/v1/accounts/${voice.id}/unmute`)).body.muting, false);
});

test("a mute of a domain is this account's own, and no follower goes", async () => {
  const told: Kept[] = [];
  const listening = await hearKept(db, (kept) => told.push(kept));
  const changed = await world.api("POST", "/api/v1/domain_blocks", {
    token,
    form: { domain: "Social.test" },
  });
  assert.deepEqual([changed.status, changed.body], [200, {}]);
  await waitFor(
    () => ["timelines", "notifications"].every((kind) => told.some(({ what }) => what === kind)),
    { what: "the streams and the other processes told" },
  );
  await listening.stop();
  assert.deepEqual((await world.api("GET", "/api/v1/domain_blocks", { token })).body, ["social.test"]);
  assert.equal((await relationship(asa)).domain_blocking, true);
  const of = await world.token(["read"], { account: voice });
  assert.deepEqual((await world.api("GET", "/api/v1/domain_blocks", { token: of })).body, []);
  assert.equal(
    (await world.api("POST", "/api/v1/domain_blocks", { token, form: { domain: "a b" } })).status,
    422,
  );
  await world.api("DELETE", "/api/v1/domain_blocks", { token, form: { domain: "social.test" } });
  assert.equal((await relationship(asa)).domain_blocking, false);
});

test("a note is kept, and taken away by an empty one", async () => {
  assert.equal((await post(`/api/v1/accounts/${asa}/note`, { comment: "Granne" })).body.note, "Granne");
  assert.equal((await post(`/api/v1/accounts/${asa}/note`, { comment: "x".repeat(2001) })).status, 422);
  assert.equal((await relationship(asa)).note, "Granne");
  assert.equal((await post(`/api/v1/accounts/${asa}/note`)).body.note, "");
});

test("relationships come in the order asked for, and take as many queries for many as for one", async () => {
  const ids: string[] = [asa, voice.id];
  for (let more = 0; more < 10; more++) ids.push(await exampleRemote(db, authority, `m${more}`, "many.test"));
  const queriesFor = async (asked: string[], path: string, name = "id") => {
    const from = counted.queries.count;
    const { body } = await world.api<Account[]>("GET", path, { token, query: { [name]: asked } });
    assert.equal(body.length, asked.length);
    return counted.queries.count - from;
  };
  const { body } = await world.api<Relationship[]>("GET", "/api/v1/accounts/relationships", {
    token,
    query: { id: ids.toReversed() },
  });
  assert.deepEqual(
    body.map(({ id }) => id),
    ids.toReversed(),
  );
  for (const path of [
    "/api/v1/accounts/relationships",
    "/api/v1/accounts",
    "/api/v1/accounts/familiar_followers",
  ])
    assert.equal(await queriesFor(ids, path), await queriesFor([asa], path), path);
  const familiar = await world.api("GET", "/api/v1/accounts/familiar_followers", {
    token,
    query: { id: [asa] },
  });
  assert.deepEqual(familiar.body, [{ id: asa, accounts: [] }]);
});

test("accounts that are gone have relationships only when they are asked for, and are no more there", async () => {
  const gone = await exampleRemote(db, authority, "borta", "gone.test");
  await db.as(own, (tx) => tx`update account set gone_at = clock_timestamp() where id = ${gone}`);
  const asked = (query: Record<string, string | string[]>) =>
    world.api<Relationship[]>("GET", "/api/v1/accounts/relationships", {
      token,
      query: { id: [gone], ...query },
    });
  assert.deepEqual((await asked({})).body, []);
  assert.equal((await asked({ with_suspended: "true" })).body.length, 1);
  assert.equal((await world.api("GET", `/api/v1/accounts/${gone}`)).status, 410);
});

test("followers are paged by links, and come neither twice nor are skipped when others arrive meanwhile", async () => {
  const arrived: string[] = [];
  for (let more = 0; more < 5; more++) arrived.unshift(await follower(`p${more}`));
  const first = await world.api<Account[]>("GET", `/api/v1/accounts/${office.id}/followers`, {
    token,
    query: { limit: "2" },
  });
  await follower("late");
  const seen = [first];
  for (let next = linkOf(first.headers, "next"); next; next = linkOf(seen.at(-1)?.headers, "next"))
    seen.push(await world.api<Account[]>("GET", next, { token }));
  const ids = seen.flatMap(({ body }) => body.map(({ id }) => id));
  assert.deepEqual(ids, arrived);
  const newer = await world.api<Account[]>("GET", linkOf(first.headers, "prev") ?? assert.fail(), { token });
  assert.deepEqual(
    newer.body.map(({ username }) => username),
    ["late"],
  );
  for (const account of first.body) assertEntity("Account", account);
});

test("nobody is suggested or put forward, and to ask for that is refused in words", async () => {
  for (const path of [
    "/api/v1/endorsements",
    "/api/v1/featured_tags",
    "/api/v1/suggestions",
    "/api/v2/suggestions",
  ])
    assert.deepEqual((await world.api<Account[]>("GET", path, { token })).body, [], path);
  const pinned = await post(`/api/v1/accounts/${asa}/pin`);
  assert.equal(pinned.status, 422);
  assert.match(pinned.body.error, /framhävas/);
  assert.equal((await post(`/api/v1/accounts/${asa}/unpin`)).body.endorsed, false);
  assert.equal((await post("/api/v1/featured_tags", { name: "bro" })).status, 422);
  assert.equal((await world.api("DELETE", `/api/v1/suggestions/${asa}`, { token })).status, 200);
});

async function follower(handle: string, state: "pending" | "accepted" = "accepted"): Promise<AccountId> {
  const id = await exampleRemote(db, authority, handle, "followers.test");
  await db.as(own, async (tx) => {
    const uri = `https://followers.test/follows/${handle}`;
    const followed = { ...office, locked: true };
    await receiveFollow(tx, own, { network: "fediverse", uri, follower: id, followed, entry: null });
    const found = await findFollowBetween(tx, own, id, office.id);
    if (found && state === "accepted") await answerFollow(tx, own, found.id, "accept", world.person);
  });
  return id;
}

function linkOf(headers: Headers | undefined, rel: string): string | undefined {
  return new RegExp(`<([^>]+)>; rel="${rel}"`).exec(headers?.get("link") ?? "")?.[1];
}

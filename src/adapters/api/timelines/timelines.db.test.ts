import assert from "node:assert/strict";
import { test } from "node:test";
import { findAccount } from "#domain/accounts/account.ts";
import { setHidden } from "#domain/posts/hide-post.ts";
import { receivePost } from "#domain/posts/receive-post.ts";
import { addMember, makeList } from "#domain/relationships/lists.ts";
import { muteAccount } from "#domain/relationships/mutes.ts";
import { requestFollow } from "#domain/relationships/follows.ts";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { startClientWorld } from "#test/client-world.ts";
import { queriesOf } from "#test/counted-call.ts";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority, exampleIncoming, exampleRemote } from "#test/example.ts";
import { fileScope } from "#test/file-scope.ts";
import type { Status } from "../entities/status.ts";
import { direct } from "./direct.ts";
import { home } from "./home.ts";
import { publicLine, tag } from "./public.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startClientWorld(scope, db);
const { authority, office, voice, asa } = world;
const token = await world.token(["read"]);
const at = "/api/v1/timelines";

const get = (path: string, query: Record<string, string | string[]> = {}, as: string | undefined = token) =>
  world.api<Status[]>("GET", `${at}/${path}`, { query, ...(as ? { token: as } : {}) });
const ids = (statuses: readonly Status[]) => statuses.map(({ id }) => id);

test("the public timeline holds what we and others said for everyone, and nothing else", async () => {
  const ours = await world.say(voice, "Simhallen öppnar");
  const theirs = await world.hear("Äntligen!", { inReplyTo: ours });
  const unlisted = await world.say(voice, "Bara på länken", { visibility: "unlisted" });
  const secret = await world.hear("Hej i förtroende", { visibility: "direct" });
  const hidden = await world.hear("Något otrevligt");
  await db.as(authority.id, (tx) => setHidden(tx, authority.id, hidden, world.services.clock()));

  for (const as of [token, undefined]) {
    const { status, body } = await get("public", {}, as ?? "");
    assert.equal(status, 200);
    assert.deepEqual(ids(body), [theirs, ours]);
    for (const one of body) assertEntity("Status", one);
  }
  assert.deepEqual(ids((await get("public", { local: "true" })).body), [ours]);
  assert.deepEqual(ids((await get("public", { remote: "true" })).body), [theirs]);
  assert.deepEqual(ids((await get("public", { only_media: "true" })).body), []);
  const homes = ids((await get("home")).body);
  for (const gone of [unlisted, secret, hidden]) assert.ok(!homes.includes(gone));
});

test("a token without the scope is refused where none at all would do", async () => {
  const { status } = await get("public", {}, await world.token(["write"]));
  assert.equal(status, 403);
});

test("a tag's timeline takes more tags that any, all or none of the posts carry", async () => {
  const both = await world.say(voice, "#bad och #skola");
  const one = await world.say(voice, "#Bad i sommar");
  const other = await world.hear("#skola på väg");
  const names = async (query: Record<string, string | string[]> = {}) =>
    ids((await get("tag/bad", query)).body);
  assert.deepEqual(await names(), [one, both]);
  assert.deepEqual(await names({ any: ["skola"] }), [other, one, both]);
  assert.deepEqual(await names({ all: ["skola"] }), [both]);
  assert.deepEqual(await names({ none: ["#Skola"] }), [one]);
  assert.deepEqual(await names({ any: ["skola"], remote: "true" }), [other]);
  assert.deepEqual(ids((await get("tag/bad", {}, "")).body), [one, both]);
  assert.deepEqual(ids((await get("tag/finnsinte")).body), []);
});

test("whom an account has muted stands in no public line of its apps", async () => {
  const bo = await exampleRemote(db, authority, "bo", "annan.test");
  const said = exampleIncoming({ uri: "https://annan.test/1", author: bo, source: "#tystad hej" });
  const post = await db.as(authority.id, (tx) => receivePost(tx, authority.id, said, "always"));
  assert.ok(post.outcome === "received");
  assert.deepEqual(ids((await get("tag/tystad")).body), [post.id]);
  await db.as(authority.id, (tx) =>
    muteAccount(tx, authority.id, office.id, bo, { notifications: true, until: null }),
  );
  assert.deepEqual(ids((await get("tag/tystad")).body), []);
  assert.ok(!ids((await get("public")).body).includes(post.id));
  assert.deepEqual(ids((await get("tag/tystad", {}, "")).body), [post.id]);
});

test("a list is read by those who speak for its account, and is there for no one else", async () => {
  const make = (account: typeof office) =>
    db.as(authority.id, async (tx) => {
      const made = await makeList(tx, authority.id, { account: account.id, title: "Grannar" });
      assert.ok(made.outcome === "made");
      return made.id;
    });
  const list = await make(office);
  await db.as(authority.id, async (tx) => {
    const followed = await findAccount(tx, authority.id, asa);
    assert.ok(followed);
    await requestFollow(tx, authority.id, { follower: office.id, followed, person: world.person });
    await addMember(tx, authority.id, { id: list, account: office.id }, asa);
  });
  const post = await world.hear("Grannsamverkan", { mentioned: [] });
  const hidden = await world.hear("Dolt", { mentioned: [] });
  await db.as(authority.id, (tx) => setHidden(tx, authority.id, hidden, world.services.clock()));
  const found = ids((await get(`list/${list}`)).body);
  assert.equal(found[0], post);
  assert.ok(!found.includes(hidden));
  assert.equal((await get(`list/${await make(voice)}`)).status, 404);
  const others = await exampleAuthority(db);
  const far = await db.as(others.authority.id, (tx) =>
    makeList(tx, others.authority.id, { account: others.office.id, title: "Annan" }),
  );
  assert.ok(far.outcome === "made");
  assert.equal((await get(`list/${far.id}`)).status, 404);
  assert.equal((await get("list/abc")).status, 404);
});

test("what is said in confidence stands in the direct timeline of those whom it is for", async () => {
  const mine = await world.hear("Till kontoret", { visibility: "direct" });
  const others = await world.hear("Till kommunen", { visibility: "direct", mentioned: [voice.id] });
  const { body } = await get("direct");
  assert.equal(body[0]?.id, mine);
  assert.ok(!ids(body).includes(others));
  assert.ok(body.every(({ visibility }) => visibility === "direct"));
});

test("nothing trends, so no link has a timeline", async () => {
  assert.equal((await get("link", { url: "https://exempel.test/" })).status, 404);
});

test("pages of the public timeline neither repeat nor skip while more is said", async () => {
  const said: string[] = [];
  for (let n = 0; n < 7; n += 1) said.unshift(await world.say(voice, `#följetong del ${n}`));
  const read: string[] = [];
  let path: string | undefined = `${at}/tag/${encodeURIComponent("följetong")}?limit=2`;
  while (path) {
    const page: { body: Status[]; headers: Headers } = await world.api<Status[]>("GET", path, { token });
    read.push(...ids(page.body));
    await world.say(voice, "#följetong och mer");
    path = /<([^>]+)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1];
  }
  assert.deepEqual(read, said);
  const [newest = ""] = said;
  const up = await get(`tag/${encodeURIComponent("följetong")}`, { min_id: newest, limit: "2" });
  assert.equal(up.body.length, 2);
  assert.ok(up.body.every(({ id }) => id > newest));
  const since = await get(`tag/${encodeURIComponent("följetong")}`, { since_id: newest, limit: "2" });
  assert.ok((since.body[0]?.id ?? "") > (up.body[0]?.id ?? ""));
});

test("a page takes as many queries with forty posts as with three", async () => {
  for (let n = 0; n < 40; n += 1) {
    await world.say(office, `#många ${n}`);
    await world.hear(`Hemligt ${n}`, { visibility: "direct" });
  }
  for (const [endpoint, params] of [
    [publicLine, {}],
    [tag, { hashtag: "många" }],
    [direct, {}],
    [home, {}],
  ] as const) {
    const few = await queriesOf(world, endpoint, { ...params, limit: "3" });
    const many = await queriesOf(world, endpoint, { ...params, limit: "40" });
    assert.equal((many.body as unknown[]).length, 40, endpoint.name);
    assert.equal(many.queries, few.queries);
  }
});

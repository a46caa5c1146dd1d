import assert from "node:assert/strict";
import { test } from "node:test";
import { grantAccount } from "#domain/accounts/grants.ts";
import { deletePost } from "#domain/posts/delete-post.ts";
import { receivePost } from "#domain/posts/receive-post.ts";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { startClientWorld } from "#test/client-world.ts";
import { queriesOf } from "#test/counted-call.ts";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority, exampleIncoming, exampleRemote } from "#test/example.ts";
import { fileScope } from "#test/file-scope.ts";
import type { Conversation } from "../entities/conversation.ts";
import { listConversations } from "./conversations.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startClientWorld(scope, db);
const { authority, office, voice, asa } = world;
const token = await world.token(["read", "write"]);
const at = "/api/v1/conversations";

const direct = { visibility: "direct" } as const;
const list = async (as = token) => (await world.api<Conversation[]>("GET", at, { token: as })).body;
const newest = async (as = token) => (await list(as))[0] ?? assert.fail("no conversation");
const act = (id: string, what: "read" | "unread", as = token) =>
  world.api<Conversation>("POST", `${at}/${id}/${what}`, { token: as });

test("a conversation is told with who is in it, what was said last, and whether it is read", async () => {
  const first = await world.hear("Hej, en fråga i förtroende", direct);
  const one = await newest();
  assertEntity("Conversation", one);
  assert.equal(one.id, first);
  assert.equal(one.unread, true);
  assert.deepEqual(
    one.accounts.map(({ id }) => id),
    [asa],
  );
  assert.equal(one.last_status?.id, first);
  const answer = await world.say(office, "@asa@social.test svar", { ...direct, inReplyTo: first });
  const after = await newest();
  assert.deepEqual([after.id, after.unread, after.last_status?.id], [first, false, answer]);
});

test("what is said for everyone, or to another account, is no conversation of the account", async () => {
  await world.hear("Öppen fråga");
  const elsewhere = await world.hear("Till kommunen", { ...direct, mentioned: [voice.id] });
  assert.ok((await list()).every(({ id }) => id !== elsewhere));
  for (const call of [act(elsewhere, "read"), world.api("DELETE", `${at}/${elsewhere}`, { token })])
    assert.equal((await call).status, 404);
});

test("read and unread are each person's own", async () => {
  const thread = await world.hear("Läst eller inte", direct);
  const colleague = await world.addColleague();
  await db.as(authority.id, (tx) =>
    grantAccount(tx, authority.id, { person: colleague, account: office.id }, undefined),
  );
  const theirs = await world.token(["read", "write"], { person: colleague });
  const read = await act(thread, "read");
  assertEntity("Conversation", read.body);
  assert.equal(read.body.unread, false);
  assert.equal((await newest()).unread, false);
  assert.equal((await newest(theirs)).unread, true);
  assert.equal((await act(thread, "unread")).body.unread, true);
  assert.equal((await newest()).unread, true);
  await act(thread, "read");
  await world.hear("Ännu en sak", { ...direct, inReplyTo: thread });
  assert.equal((await newest()).unread, true);
});

test("one that was put away comes back when something new is said, for that person alone", async () => {
  const thread = await world.hear("Läggs undan", direct);
  const gone = await world.api("DELETE", `${at}/${thread}`, { token });
  assert.deepEqual([gone.status, gone.body], [200, {}]);
  assert.ok((await list()).every(({ id }) => id !== thread));
  assert.equal((await act(thread, "read")).status, 404);
  await world.hear("Mer", { ...direct, inReplyTo: thread });
  const back = await newest();
  assert.deepEqual([back.id, back.unread], [thread, true]);
});

test("when the last word is taken back, the one before it is the last", async () => {
  const thread = await world.hear("Frågan", direct);
  const answer = await world.say(office, "Svaret", { ...direct, inReplyTo: thread });
  await db.as(authority.id, (tx) =>
    deletePost(
      tx,
      authority.id,
      { id: answer, account: office.id, person: world.person },
      world.services.clock(),
    ),
  );
  assert.equal((await newest()).last_status?.id, thread);
});

test("another authority's conversation is not there", async () => {
  const others = await exampleAuthority(db);
  const id = others.authority.id;
  const author = await exampleRemote(db, others.authority, "bo", "annan.test");
  const said = { uri: "https://annan.test/1", author, source: "Hej", mentioned: [others.office.id] };
  const far = await db.as(id, (tx) =>
    receivePost(tx, id, exampleIncoming({ ...said, visibility: "direct" }), "always"),
  );
  assert.ok(far.outcome === "received");
  assert.equal((await act(far.id, "read")).status, 404);
  assert.ok((await list()).every((one) => one.id !== far.id));
});

test("pages neither repeat nor skip while others write, and take no more queries when they are long", async () => {
  const threads: string[] = [];
  for (let n = 0; n < 6; n += 1) threads.unshift(await world.hear(`Samtal ${n}`, direct));
  const read: string[] = [];
  let path: string | undefined = `${at}?limit=2`;
  while (path && read.length < 6) {
    const page: { body: Conversation[]; headers: Headers } = await world.api<Conversation[]>("GET", path, {
      token,
    });
    read.push(...page.body.map(({ id }) => id));
    await world.hear("Ett nytt samtal", direct);
    path = /<([^>]+)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1];
  }
  assert.deepEqual(read, threads);
  const few = await queriesOf(world, listConversations, { limit: "2" });
  const many = await queriesOf(world, listConversations, { limit: "9" });
  assert.equal((many.body as unknown[]).length, 9);
  assert.equal(many.queries, few.queries);
});

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setHidden } from "#domain/posts/hide-post.ts";
import { deletePost } from "#domain/posts/delete-post.ts";
import { testDatabase } from "#test/database.ts";
import { openSite } from "#test/open-site.ts";
import { addAuthority, addStranger, addVoice, hear, now, say, webServices } from "#test/web-site.ts";

const { db } = await testDatabase({ after });
const authority = await addAuthority(db, "torg.test");
const elsewhere = await addAuthority(db, "grannkommun.test", { name: "Grannkommun" });
const chief = await addVoice(db, authority, "kommunchef", { name: "Kommunchefen" });
const other = await addVoice(db, elsewhere, "direktor", { name: "Direktören" });
const eva = await addStranger(db, authority, "Eva", { indexable: true });
const per = await addStranger(db, authority, "Per");

const { ask, json } = openSite(webServices(db));

type Item = { id: string; withheld: string | null; text: string | null; [key: string]: unknown };
type List = { items: Item[]; next: string | null };
const idsOf = async (path: string) => (await json<List>(path)).items.map((item) => item.id);
const remove = (id: Awaited<ReturnType<typeof say>>) =>
  db.as(authority.id, (tx) => deletePost(tx, authority.id, { id, account: chief.id, person: null }, now));

const question = await say(db, authority, chief, "Vad tycker ni om #simhallen?");
const open = await hear(db, authority, eva, "Bygg den!", { inReplyTo: question });
const shy = await hear(db, authority, per, "Hemligt ord: glasspinne #simhallen", { inReplyTo: question });
const quiet = await hear(db, authority, eva, "Tyst svar", { inReplyTo: question, visibility: "unlisted" });
const unlisted = await say(db, authority, chief, "Bara med länk", { visibility: "unlisted" });
const followers = await say(db, authority, chief, "Bara för följare", { visibility: "followers" });
const direct = await hear(db, authority, eva, "Mitt ärende", {
  inReplyTo: question,
  visibility: "direct",
  mentioned: [chief.id],
});
const apart = await hear(db, authority, eva, "Inget samtal med oss");
const foreign = await say(db, elsewhere, other, "Någon annans");

test("a list holds what our accounts have said and what was answered in those conversations, and nothing else", async () => {
  assert.deepEqual(await idsOf("/posts"), [question, open, shy]);
  for (const id of [unlisted, followers, direct, apart, foreign])
    assert.ok(!(await idsOf("/posts?limit=500")).includes(id));
});

test("what is not for everyone is nowhere, by no address", async () => {
  for (const id of [followers, direct, apart, foreign]) {
    assert.equal((await ask(`/posts/${id}`)).status, 404);
    assert.equal((await ask(`/threads/${id}`)).status, 404);
  }
  assert.equal((await ask(`/accounts/${eva}`)).status, 404);
  assert.equal((await ask(`/accounts/${other.id}`)).status, 404);
  const thread = await json<List & { notPublicCount: number }>(`/threads/${question}`);
  assert.deepEqual(
    thread.items.map((item) => item.id),
    [question, open, shy, quiet],
  );
  assert.equal(thread.notPublicCount, 1);
});

test("a conversation in numbers counts what its page shows, and nothing that the public may not see", async () => {
  const { items } = await json<List>("/threads");
  assert.deepEqual(items, [
    {
      id: question,
      url: `http://torg.test/@kommunchef/${question}`,
      postCount: 4,
      ownPostCount: 1,
      accounts: [chief.id],
      networks: ["fediverse", "torg"],
      firstAt: "2026-11-22T10:00:00Z",
      lastAt: "2026-11-22T10:00:00Z",
    },
  ]);
});

test("an unlisted post of ours is found by who has its address", async () => {
  assert.equal((await json<Item>(`/posts/${unlisted}`)).text, "Bara med länk");
  assert.ok(!(await idsOf("/threads")).includes(unlisted));
  assert.deepEqual(
    (await json<List>(`/threads/${unlisted}`)).items.map((item) => item.id),
    [unlisted],
  );
});

test("the words of who has not agreed to be found are left out, and who it was, but not that there is an answer", async () => {
  for (const [id, reason] of [
    [shy, "author-not-indexable"],
    [quiet, "unlisted"],
  ] as const) {
    const item = await json<Item>(`/posts/${id}`);
    assert.equal(item.withheld, reason);
    assert.deepEqual(
      [item["thread"], item["inReplyTo"], item["url"], item["publishedAt"], item["network"]],
      [question, question, `http://torg.test/posts/${id}`, "2026-11-22T10:00:00Z", "fediverse"],
    );
    for (const name of ["uri", "originalUrl", "account", "author", "text", "html", "license"])
      assert.equal(item[name], null);
    assert.deepEqual(item["tags"], []);
  }
  const everything = [];
  for (const path of [
    "/posts",
    "/posts?format=csv",
    `/threads/${question}`,
    `/threads/${question}?format=csv`,
  ])
    everything.push(await (await ask(path)).text());
  assert.doesNotMatch(everything.join(), /glasspinne|Tyst svar|users\/per|@per\b/i);
  assert.match(everything.join(), /Bygg den!/);
});

test("no filter tells anything of words that are withheld, or finds others by who they are", async () => {
  assert.deepEqual(await idsOf("/posts?tag=Simhallen"), [question]);
  assert.deepEqual(await idsOf("/posts?kind=note"), [question, open]);
  assert.deepEqual(await idsOf("/posts?language=SV&tag=simhallen"), [question]);
  assert.deepEqual(await idsOf(`/posts?account=${per}`), []);
  assert.deepEqual(await idsOf(`/posts?account=${eva}`), []);
  assert.deepEqual(await idsOf(`/threads?account=${eva}`), []);
});

test("a reply whose parent is not for everyone does not name it", async () => {
  const beneath = await hear(db, authority, eva, "Till ett eget ärende", { inReplyTo: direct });
  assert.equal((await json<Item>(`/posts/${beneath}`))["inReplyTo"], null);
});

test("what is removed or hidden leaves at once, and its place in the conversation says so", async () => {
  const mistake = await say(db, authority, chief, "Fel sak", { inReplyTo: question });
  const beneath = await hear(db, authority, eva, "Svar på fel sak", { inReplyTo: mistake });
  const rude = await hear(db, authority, eva, "Ohyfsat", { inReplyTo: question });
  await remove(mistake);
  await db.as(authority.id, (tx) => setHidden(tx, authority.id, rude, now));
  const ids = await idsOf("/posts");
  assert.ok(ids.includes(beneath) && !ids.includes(mistake) && !ids.includes(rude));
  assert.equal((await ask(`/posts/${mistake}`)).status, 410);
  assert.equal((await ask(`/posts/${rude}`)).status, 404);
  type Thread = List & { missingPosts: object[] };
  const thread = await json<Thread>(`/threads/${question}`);
  assert.deepEqual(thread.missingPosts, [
    { id: mistake, state: "removed" },
    { id: rude, state: "hidden" },
  ]);
  assert.equal(thread.items.find((item) => item.id === beneath)?.["inReplyTo"], mistake);
  assert.doesNotMatch(JSON.stringify(thread), /Fel sak"|Ohyfsat/);
});

test("when all of ours has gone, so has the conversation", async () => {
  const lonely = await say(db, authority, chief, "Kort samtal");
  const answer = await hear(db, authority, eva, "Svar", { inReplyTo: lonely });
  assert.ok((await idsOf("/posts")).includes(answer));
  await remove(lonely);
  assert.ok(!(await idsOf("/posts")).includes(answer));
  assert.equal((await ask(`/posts/${answer}`)).status, 404);
  assert.equal((await ask(`/threads/${lonely}`)).status, 404);
});

test("an id that has become part of another conversation leads there", async () => {
  const response = await ask(`/threads/${open}`);
  assert.equal(response.status, 301);
  assert.equal(response.headers.get("location"), `http://torg.test/api/open/v1/threads/${question}`);
});

test("no secret of an account and no address for letters is in any answer", async () => {
  for (const path of [
    "",
    "/accounts",
    `/accounts/${chief.id}`,
    "/posts",
    "/threads",
    "/changes",
    "/catalog",
    "/openapi.json",
  ]) {
    const text = await (await ask(path)).text();
    assert.doesNotMatch(text, /mailto:|post@exempel|private|"person"|approval|publicKey/i, path);
  }
});

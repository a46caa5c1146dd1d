import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Account } from "#domain/accounts/account.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import { entriesAfter } from "#domain/journal/entry.ts";
import { decideOnPost } from "#domain/moderation/decide.ts";
import { addPerson } from "#domain/people/person.ts";
import { deletePost } from "#domain/posts/delete-post.ts";
import { editPost } from "#domain/posts/edit-post.ts";
import { publishPost } from "#domain/posts/publish-post.ts";
import type { PostId, Visibility } from "#domain/posts/post.ts";
import { testDatabase } from "#test/database.ts";
import { addAuthority, addStranger, addVoice, hear, now } from "#test/web-site.ts";
import { searchSubscription } from "./index-posts.ts";
import { searchPosts } from "./search-posts.ts";

const { db } = await testDatabase({ after });
let authority: Authority;
let chief: Account;

before(async () => {
  authority = await addAuthority(db, "torg.test");
  chief = await addVoice(db, authority, "kommunchef", { name: "Kommunchefen" });
});

const find = async (query: string) =>
  (await db.read(authority.id, (tx) => searchPosts(tx, authority.id, query, { limit: 10 }))).map(
    (post) => post.id,
  );

/** Every entry of the journal again, as a subscription may get it after a fall. */
const digest = () =>
  db.as(authority.id, async (tx) => {
    await tx`update journal set number = id where number is null`;
    const search = searchSubscription();
    const entries = await entriesAfter(tx, "0", 500);
    await search.handle(
      tx,
      authority.id,
      entries.filter((entry) => search.kinds.includes(entry.kind)),
    );
  });

async function publish(source: string, visibility: Visibility = "public"): Promise<PostId> {
  const published = await db.as(authority.id, (tx) =>
    publishPost(
      tx,
      authority,
      { ...note(source), account: chief.id, person: null, visibility, capacity: "office" },
      now,
    ),
  );
  if (published.outcome !== "published") throw new Error(published.outcome);
  await digest();
  return published.id;
}

const note = (source: string) => ({
  kind: "note" as const,
  sourceType: "plain" as const,
  source,
  language: "sv",
  attachments: [],
});

test("a public post is found by its words from then on, also when its entry comes twice", async () => {
  const post = await publish("Simhallen stänger");
  await digest();
  assert.deepEqual(await find("simhall"), [post]);
});

test("an edited post is found by its new words and not by the old", async () => {
  const post = await publish("Biblioteket flyttar");
  await db.as(authority.id, (tx) =>
    editPost(
      tx,
      authority,
      { ...note("Teatern flyttar"), reason: "fel", account: chief.id, person: null, post },
      now,
    ),
  );
  await digest();
  assert.deepEqual(await find("teater"), [post]);
  assert.deepEqual(await find("bibliotek"), []);
});

test("a removed post is not found, not even before the index knows", async () => {
  const post = await publish("Idrottsplatsen");
  await db.as(authority.id, (tx) =>
    deletePost(tx, authority.id, { id: post, account: chief.id, person: null }, now),
  );
  assert.deepEqual(await find("idrottsplats"), []);
  await digest();
  const [row] = await db.sql`select from post_search where post = ${post}`;
  assert.equal(row, undefined);
});

test("the public finds no unlisted post, and what is not for everyone is not even in the index", async () => {
  await publish("Hemlighetsfullt", "unlisted");
  const followers = await publish("Förborgat", "followers");
  assert.deepEqual(await find("hemlighetsfull"), []);
  assert.deepEqual(await find("förborgat"), []);
  assert.equal((await db.sql`select from post_search where post = ${followers}`).length, 0);
  const guarded = await db.read(authority.id, (tx) => tx`select from post_words where post = ${followers}`);
  assert.equal(guarded.length, 1);
});

test("what others say is known, found by the public in none of its own, and forgotten when it is hidden", async () => {
  const asa = await addStranger(db, authority, "Asa");
  const theirs = await hear(db, authority, asa, "Isbanan spolas");
  const known = async () =>
    (await db.sql`select own from post_search where post = ${theirs}`).map((row) => row["own"] as boolean);
  await digest();
  assert.deepEqual(await known(), [false]);
  assert.deepEqual(await find("isbana"), []);
  const { id } = authority;
  await db.as(id, async (tx) => {
    const colleague = {
      name: "Anna Exempel",
      email: "anna@exempel.test",
      roles: [],
      language: "sv" as const,
    };
    const added = await addPerson(tx, id, colleague, undefined);
    if (added.outcome !== "added") throw new Error(added.outcome);
    const hide = { action: "hide", post: theirs, rule: 5, reason: "Reklam.", person: added.id } as const;
    await decideOnPost(tx, id, hide, now);
  });
  await digest();
  assert.deepEqual(await known(), []);
});

test("another authority finds nothing of this one", async () => {
  await publish("Torgdagen");
  const other = await addAuthority(db, "annan.test");
  const found = await db.read(other.id, (tx) => searchPosts(tx, other.id, "torgdag", { limit: 10 }));
  assert.equal(found.length, 0);
});

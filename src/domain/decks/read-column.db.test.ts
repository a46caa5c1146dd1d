import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Account, AccountId } from "#domain/accounts/account.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import { setHidden } from "#domain/posts/hide-post.ts";
import type { PostId } from "#domain/posts/post.ts";
import { requestFollow } from "#domain/relationships/follows.ts";
import { addMember, makeList, type List } from "#domain/relationships/lists.ts";
import { indexPosts } from "#domain/search/index-posts.ts";
import { freshWords } from "#domain/search/match-words.ts";
import { testDatabase } from "#test/database.ts";
import { addAuthority, addStranger, addVoice, hear, say } from "#test/web-site.ts";
import type { ColumnDefinition, Filters } from "./deck.ts";
import { readPage } from "./read-page.ts";
import { definitionKey, readColumn, type ColumnPage, type ColumnReader } from "./read-column.ts";

const { db } = await testDatabase({ after });
let authority: Authority;
let office: Account;
let other: Account;
let asa: AccountId;
let per: AccountId;
let list: List;
let reader: ColumnReader;
const said: Record<string, PostId> = {};

before(async () => {
  authority = await addAuthority(db, "torg.test");
  office = await addVoice(db, authority, "kommunchef", { name: "Kommunchefen" });
  other = await addVoice(db, authority, "bibliotek", { name: "Biblioteket" });
  asa = await addStranger(db, authority, "Asa");
  per = await addStranger(db, authority, "Per");
  reader = { accounts: [office.id], acting: office.id };
  const { id } = authority;
  await db.as(id, async (tx) => {
    for (const followed of [asa, per])
      await tx`insert into follow (authority, follower, followed, state) values (${id}, ${office.id}, ${followed}, 'accepted')`;
    const made = await makeList(tx, id, { account: office.id, title: "Grannar" });
    if (made.outcome !== "made") throw new Error(made.outcome);
    list = { id: made.id, account: office.id, title: "Grannar", repliesPolicy: "list", exclusive: false };
    assert.deepEqual(await addMember(tx, id, list, asa), { outcome: "added" });
    assert.deepEqual(await addMember(tx, id, list, other.id), { outcome: "not-followed" });
    await requestFollow(tx, id, { follower: office.id, followed: other, person: null });
  });
  said["pool"] = await say(db, authority, office, "Simhallen öppnar #bad");
  said["reply"] = await heard(asa, "När öppnar simhallarna? #bad #fråga", {
    inReplyTo: said["pool"],
    mentioned: [office.id],
  });
  said["direct"] = await heard(per, "Hemligt om simhallen", { visibility: "direct", mentioned: [office.id] });
  said["books"] = await say(db, authority, other, "Nya böcker", { language: "en" });
  said["aside"] = await heard(per, "Något helt annat");
  await db.as(
    id,
    (tx) => tx`insert into boost (authority, account, post) values (${id}, ${asa}, ${said["books"] ?? ""})`,
  );
});

async function heard(
  ...[author, text, more]: [AccountId, string, Parameters<typeof hear>[4]?]
): Promise<PostId> {
  const post = await hear(db, authority, author, text, more);
  await db.as(authority.id, (tx) => indexPosts(tx, authority.id, [post]));
  return post;
}

const definition = (
  kind: ColumnDefinition["kind"],
  subject = {},
  filters: Filters = {},
): ColumnDefinition => ({
  kind,
  subject,
  filters,
});

/** The names of the posts in a column; a boost has a star. */
async function read(
  column: ColumnDefinition,
  page: Partial<ColumnPage> = {},
  as: ColumnReader = reader,
): Promise<string[]> {
  const items = await db.read(authority.id, (tx) =>
    readColumn(tx, authority.id, column, as, { limit: 20, ...page }),
  );
  const names = new Map(Object.entries(said).map(([name, id]) => [id, name]));
  return items.map((item) => `${names.get(item.id) ?? item.id}${item.boostedBy ? "*" : ""}`);
}

const kinds: [name: string, column: () => ColumnDefinition, posts: string[]][] = [
  ["inbox", () => definition("inbox"), ["direct", "reply"]],
  ["home", () => definition("home"), ["books*", "aside", "books", "direct", "reply", "pool"]],
  ["account that acts", () => definition("account"), ["pool"]],
  ["account chosen", () => definition("account", { account: other.id }), ["books"]],
  ["list", () => definition("list", { list: list.id }), ["books*", "reply"]],
  ["tag", () => definition("tag", { tags: ["BAD", "fråga"] }), ["reply", "pool"]],
  ["search", () => definition("search", { query: "simhall" }), ["reply", "pool"]],
  ["person", () => definition("person", { account: per }), ["aside", "direct"]],
  ["thread", () => definition("thread", { post: said["reply"] }), ["reply", "pool"]],
  ["drafts", () => definition("drafts"), []],
];

for (const [name, column, posts] of kinds) {
  test(`a column (${name}) has its posts, and asked about some posts says the same`, async () => {
    assert.deepEqual(await read(column()), posts);
    const only = Object.values(said);
    const fresh = await db.read(authority.id, (tx) => freshWords(tx, authority.id, only));
    assert.deepEqual(await read(column(), { only, fresh }), posts);
    assert.deepEqual(await read(column(), { only: [] }), []);
    assert.deepEqual(await read(column(), { limit: 1 }), posts.slice(0, 1));
  });
}

const filters: [name: string, filters: Filters, posts: string[]][] = [
  ["language", { languages: ["en"] }, ["books*", "books"]],
  ["network", { networks: ["elsewhere"] }, []],
  ["capacity", { capacities: ["office"] }, ["books*", "books", "pool"]],
  ["media", { withMedia: true }, []],
  [
    "words in any form, also of what is not for everyone",
    { words: "simhallarna" },
    ["direct", "reply", "pool"],
  ],
  ["every word", { words: "simhall hemlig" }, ["direct"]],
  ["none of the words", { without: "bok simhall" }, ["aside"]],
  ["all that is chosen", { languages: ["sv"], without: "hemlig", words: "simhall" }, ["reply", "pool"]],
];

for (const [name, chosen, posts] of filters) {
  test(`a filter (${name}) keeps what fits it, and a page is as full as it can be`, async () => {
    const column = definition("home", {}, chosen);
    assert.deepEqual(await read(column), posts);
    assert.deepEqual(await read(column, { limit: 1 }), posts.slice(0, 1));
    const only = Object.values(said);
    const fresh = await db.read(authority.id, (tx) => freshWords(tx, authority.id, only));
    assert.deepEqual(await read(column, { only, fresh }), posts);
  });
}

test("only what waits for an answer stands in a column of the unanswered", async () => {
  const column = definition("inbox", {}, { unanswered: true });
  assert.deepEqual(await read(column), []);
  const [reply, pool] = [said["reply"] ?? "", said["pool"] ?? ""];
  await db.as(
    authority.id,
    (tx) => tx`insert into care (authority, thread, account, network, status, asked_post)
      values (${authority.id}, ${pool}, ${office.id}, 'fediverse', 'new', ${reply})`,
  );
  assert.deepEqual(await read(column), ["reply"]);
  await db.as(
    authority.id,
    (tx) => tx`update care set status = 'answered' where authority = ${authority.id} and thread = ${pool}`,
  );
  assert.deepEqual(await read(column), []);
});

test("a list is read by those who speak for its account, and a direct post by those it is for", async () => {
  const stranger: ColumnReader = { accounts: [other.id], acting: other.id };
  assert.deepEqual(await read(definition("list", { list: list.id }), {}, stranger), []);
  assert.deepEqual(await read(definition("person", { account: per }), {}, stranger), ["aside"]);
  assert.deepEqual(await read(definition("search", { query: "hemligt" })), []);
});

test("a post that is hidden leaves the search for everyone, and keeps its words for the filters of staff", async () => {
  const id = authority.id;
  const hiddenPost = await heard(per, "Otrevligt om simhallen");
  said["hidden"] = hiddenPost;
  await db.as(id, async (tx) => {
    await setHidden(tx, id, hiddenPost, Temporal.Now.instant());
    await indexPosts(tx, id, [hiddenPost]);
  });
  assert.deepEqual(await read(definition("search", { query: "otrevlig" })), []);
  assert.deepEqual(await read(definition("home", {}, { words: "otrevlig" })), ["hidden"]);
  delete said["hidden"];
});

test("pages go on where the one before ended, in either direction", async () => {
  const first = await db.read(authority.id, (tx) =>
    readColumn(tx, authority.id, definition("home"), reader, { limit: 3 }),
  );
  const last = first.at(-1)?.position as PostId;
  assert.deepEqual(await read(definition("home"), { before: last }), ["books", "direct", "reply", "pool"]);
  assert.equal((await read(definition("home"), { after: last })).length, 2);
});

test("a page that is looked for far back says where to go on, and loses nothing on the way", async () => {
  const { id } = authority;
  const first = await heard(per, "Sällsynt ord: kvastfening");
  await db.as(id, async (tx) => {
    await tx`insert into post (authority, account, network, uri, kind, visibility, thread, published_at)
      select ${id}, ${asa}, 'fediverse', 'https://grannen.test/flood/' || n, 'note', 'public', 1, ${Temporal.Now.instant()}
      from generate_series(1, 50001) n`;
    await tx`insert into post_version (authority, post, version, source_type, source, blocks, at)
      select ${id}, id, 1, 'html', '', '[]', published_at from post where authority = ${id} and thread = 1`;
  });
  const column = definition("home", {}, { words: "kvastfening" });
  const page = (before?: string) =>
    db.read(id, (tx) => readPage(tx, id, column, reader, { limit: 20, before }));
  const near = await page();
  assert.deepEqual([near.items.length, near.more], [0, true]);
  const far = await page(near.next);
  assert.deepEqual(
    far.items.map((item) => item.id),
    [first],
  );
  assert.equal(far.more, false);
});

test("columns that show the same to two readers are one and the same", () => {
  const colleague: ColumnReader = { accounts: [office.id, other.id], acting: other.id };
  const key = (column: ColumnDefinition, who: ColumnReader) => definitionKey(column, who);
  const search = definition("search", { query: "bad" });
  assert.equal(key(search, reader), key(search, colleague));
  assert.notEqual(key(definition("inbox"), reader), key(definition("inbox"), colleague));
  assert.notEqual(
    key(definition("account"), reader),
    key(definition("account"), { ...reader, acting: other.id }),
  );
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { addColumn } from "#domain/decks/change-columns.ts";
import { ensureOwnDeck } from "#domain/decks/change-decks.ts";
import type { ColumnDefinition, ColumnId, ColumnKind, Filters, Subject } from "#domain/decks/deck.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { PostId } from "#domain/posts/post.ts";
import { countingReads } from "#test/count-queries.ts";
import { testDatabase } from "#test/database.ts";
import { changesUntil, listenTo, type Put } from "#test/deck-line.ts";
import { startDeckSite } from "#test/deck-site.ts";
import type { Seat } from "../seat.ts";
import { readChanges } from "./changes.ts";
import { hubOf } from "./hub.ts";
import type { Line } from "./line.ts";
import { whatHappened } from "./what-happened.ts";
import { fileScope } from "#test/file-scope.ts";

const scope = fileScope();

const { db } = await testDatabase(scope);
const site = await startDeckSite(scope, db);
const { id } = site.authority;
const anna = (await site.signIn()).header;
const asker = { person: site.person, admin: true };
const deck = await db.as(id, (tx) => ensureOwnDeck(tx, id, asker));

type Change = Partial<Put> & { gone?: string; stale?: string };

async function add(kind: ColumnKind, subject: Subject, filters: Filters = {}): Promise<ColumnId> {
  const added = await db.as(id, (tx) => addColumn(tx, id, deck.id, asker, { kind, subject, filters }));
  if (added.outcome !== "added") throw new Error(added.outcome);
  return added.id;
}

const isPut = (column: string, post: string) => (change: Change) =>
  change.column === column && change.post === post && change.put !== undefined;
const isGone = (column: string, post: string) => (change: Change) =>
  change.column === column && change.gone === post;

test("a saved search and a filter hear what fits them at once, and of nothing else", async () => {
  const search = await add("search", { query: "simhallarna" });
  const without = await add("inbox", {}, { without: "bokbuss" });
  const line = await listenTo(site, anna);
  const other = await site.hear("Bokbussen är sen");
  const theirs = await site.hear("När öppnar simhallen?");
  const told = await changesUntil(line, isPut(search, theirs));
  assert.ok(
    !told.some((change) => change.post === other && [search, without].includes(change.column as ColumnId)),
  );
  if (!told.some(isPut(without, theirs))) await changesUntil(line, isPut(without, theirs));
  line.cut();
});

test("what is answered leaves the column of the unanswered, and stays in the inbox", async () => {
  const unanswered = await add("inbox", {}, { unanswered: true });
  const line = await listenTo(site, anna);
  const question = await site.hear("Vem svarar i dag?");
  await changesUntil(line, isPut(unanswered, question));
  await site.say(site.office, "Det gör vi.", { inReplyTo: question });
  const told = await changesUntil(line, isGone(unanswered, question));
  assert.ok(!told.some((change) => change.gone === question && change.column !== unanswered));
  line.cut();
});

test("a post that is edited out of a filter leaves that column alone", async () => {
  const tag = await add("account", { account: site.office.id }, { words: "vattnet" });
  const line = await listenTo(site, anna);
  const ours = await site.say(site.office, "Vattnet stängs av");
  await changesUntil(line, isPut(tag, ours));
  await site.ask(`/deck/posts/${ours}/edit`, anna, {
    account: site.office.id,
    text: "Strömmen stängs av",
    reason: "fel ord",
    language: "sv",
    step: "publish",
  });
  await changesUntil(line, isGone(tag, ours));
  line.cut();
});

test("a column whose filter changes is read again, and told of by its new filter from then on", async () => {
  const column = await add("inbox", {});
  const line = await listenTo(site, anna);
  const before = await site.hear("Före filtret");
  await changesUntil(line, isPut(column, before));
  const saved = await site.ask(`/deck/columns/${column}/settings`, anna, {
    width: "normal",
    words: "isbana",
  });
  assert.equal(saved.status, 303);
  await changesUntil<Change>(line, (change) => change.stale === column);
  const other = await site.hear("Ingenting om is");
  const theirs = await site.hear("Isbanan är öppen");
  const told = await changesUntil(line, isPut(column, theirs));
  assert.ok(!told.some(isPut(column, other)));
  line.cut();
});

test("a page read while the index is behind goes on from where the index was", async () => {
  await add("search", { query: "fontän" });
  await db.system((tx) => tx`update subscription set position = 0 where name = 'words'`);
  const page = await (await site.ask("/deck", anna)).text();
  const position = /data-deck-position-value="(\d+)"/.exec(page)?.[1] ?? "";
  const head = await db.system((tx) => tx<{ number: string }[]>`select number from journal_head`);
  assert.ok(BigInt(position) <= BigInt(head[0]?.number ?? "0"));
});

test("the page of a conversation hears of that conversation alone", async () => {
  const first = await site.say(site.office, "En tråd");
  const line = await listenTo(site, anna, { query: { account: site.office.id, thread: first } });
  const aside = await site.hear("En annan");
  const reply = await site.hear("I tråden", { inReplyTo: first });
  const told = await changesUntil(line, isPut("thread", reply));
  assert.ok(!told.some((change) => change.post === aside));
  line.cut();
});

test("the page of a conversation is told of posts as they look there, also when a column shows the same", async () => {
  const first = await site.say(site.office, "En tråd till");
  const place = { account: site.office.id };
  const column = await add("thread", { post: first });
  const line = await listenTo(site, anna);
  const page = await listenTo(site, anna, { query: { ...place, thread: first } });
  const reply = await site.hear("Ett svar i tråden", { inReplyTo: first });
  const putOn = async (one: typeof line, there: string) =>
    (await changesUntil<Change>(one, isPut(there, reply))).find(isPut(there, reply))?.put ?? "";
  assert.match(await putOn(page, "thread"), /<h2/);
  assert.match(await putOn(line, column), /<h3/);
  line.cut();
  page.cut();
});

test("what somebody writes is never taken for the place where a column is named", async () => {
  const line = await listenTo(site, anna);
  const words = String.raw`Skriv \u0000 eller \\u0000 så här`;
  const theirs = await site.hear(words);
  const inbox = (change: Change) => change.post === theirs && change.put !== undefined;
  const put = (await changesUntil<Change>(line, inbox)).find(inbox);
  assert.ok(put?.put?.includes(words));
  assert.ok(put?.put?.includes(`id="item-${put.column}-`));
  line.cut();
});

test("a column that was changed through another process is shown so a moment later", async () => {
  const column = await add("inbox", {}, { words: "vägen" });
  const line = await listenTo(site, anna);
  assert.equal((await line.next())?.kind, "hello");
  const filters = { words: "bron" };
  await db.as(
    id,
    (tx) => tx`
    update deck_column set filters = ${tx.json(filters)} where authority = ${id} and id = ${column}`,
  );
  await changesUntil<Change>(line, (change) => change.stale === column);
  const theirs = await site.hear("När öppnar bron?");
  await changesUntil(line, isPut(column, theirs));
  line.cut();
});

test("what is no fact is told to one person, or to those who may hear it", async () => {
  const colleague = await site.addColleague();
  const bo = (await site.signIn(colleague)).header;
  const [mine, theirs] = [await listenTo(site, anna), await listenTo(site, bo, { query: {} })];
  for (const line of [mine, theirs]) assert.equal((await line.next())?.kind, "hello");
  const hub = hubOf(site.services);
  hub.tellPerson(id, colleague, { kind: "notice", data: { for: "bo" } });
  hub.tellAll(id, { kind: "notice", data: { for: "anna" } }, { mayHear: (seat) => seat.accounts.length > 0 });
  assert.deepEqual((await theirs.next())?.data, { for: "bo" });
  let heard = await mine.next();
  while (heard?.kind === "changes") heard = await mine.next();
  assert.deepEqual(heard?.data, { for: "anna" });
  mine.cut();
  theirs.cut();
});

test("a hundred decks cost the queries of one, and each column that a post may stand in one more", async () => {
  const { db: counted, queries } = countingReads(db);
  const post: PostId = await site.hear("Räknad");
  const seat = (person: string): Seat => ({
    site: { authority: site.authority, origin: site.origin },
    language: "sv",
    accounts: [site.office],
    acting: site.office,
    moderator: false,
    admin: false,
    person: person as PersonId,
  });
  const line = (n: number, more: ColumnDefinition[] = []): Line => ({
    seat: seat(String(n)),
    session: "1" as Line["session"],
    person: String(n),
    deck: undefined,
    columns: [
      ...(["inbox", "home", "account"] as const).map((kind) => ({ kind, subject: {}, filters: {} })),
      ...more,
    ].map((column, index) => ({ ...column, id: `${n}${index}` })),
    sent: 0n,
    send: () => {},
    close: () => {},
  });
  const count = async (lines: Line[]) => {
    queries.count = 0;
    const happened = { ...whatHappened([]), posts: [post] };
    await counted.read(id, (tx) => readChanges(tx, lines, happened));
    return queries.count;
  };
  const one = await count([line(1)]);
  const many = await count(Array.from({ length: 100 }, (_, n) => line(n)));
  assert.equal(many, one);
  assert.ok(one <= 20, `${one} queries`);
  const tags = ["a", "b", "c"].map((tag) => ({
    kind: "tag" as const,
    subject: { tags: [tag] },
    filters: {},
  }));
  assert.equal(await count([line(1), line(2, tags)]), one);
  const unanswered = { kind: "inbox" as const, subject: {}, filters: { unanswered: true } };
  assert.equal(await count([line(1), line(2, [...tags, unanswered])]), one + 1);
});

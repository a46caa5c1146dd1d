import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Authority } from "#domain/authorities/authority.ts";
import { addPerson } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import { testDatabase } from "#test/database.ts";
import { addAuthority, now } from "#test/web-site.ts";
import {
  addColumn,
  changeColumn,
  mostColumns,
  moveColumn,
  removeColumn,
  restoreColumn,
} from "./change-columns.ts";
import { ensureOwnDeck, makeDeck, removeDeck, renameDeck, shareDeck } from "./change-decks.ts";
import type { Asker, ColumnId, Deck } from "./deck.ts";
import { keepPlace } from "./places.ts";
import { columnsOf, findDeck, listDecks } from "./read-decks.ts";

const { db } = await testDatabase({ after });
let authority: Authority;
let anna: Asker;
let bo: Asker;
let chief: Asker;

before(async () => {
  authority = await addAuthority(db, "torg.test");
  [anna, bo, chief] = [
    await addAsker("Anna"),
    await addAsker("Bo"),
    { ...(await addAsker("Cia")), admin: true },
  ];
});

async function addAsker(name: string): Promise<Asker> {
  const added = await as((tx) =>
    addPerson(
      tx,
      authority.id,
      { name, email: `${name}@exempel.test`, roles: [], language: "sv" },
      undefined,
    ),
  );
  if (added.outcome !== "added") throw new Error(added.outcome);
  return { person: added.id, admin: false };
}

const as = <T>(work: (tx: Transaction) => Promise<T>) => db.as(authority.id, work);
const kindsIn = async (deck: Deck, asker = anna) =>
  (await as((tx) => columnsOf(tx, authority.id, deck.id, asker))).map((column) => column.kind);

async function newDeck(name = "Eget"): Promise<Deck> {
  const made = await as((tx) => makeDeck(tx, authority.id, anna, name));
  if (made.outcome !== "changed") throw new Error(made.outcome);
  return made.deck;
}

async function add(deck: Deck, query: string): Promise<ColumnId> {
  const column = { kind: "search" as const, subject: { query }, filters: {} };
  const added = await as((tx) => addColumn(tx, authority.id, deck.id, anna, column));
  if (added.outcome !== "added") throw new Error(added.outcome);
  return added.id;
}

const orderOf = async (deck: Deck) =>
  (await as((tx) => columnsOf(tx, authority.id, deck.id, anna))).map((column) => column.subject.query ?? "");

test("the first visit makes one deck with three columns, however many tabs are opened at once", async () => {
  const decks = await Promise.all(
    Array.from({ length: 4 }, () => as((tx) => ensureOwnDeck(tx, authority.id, bo))),
  );
  const [deck] = decks;
  assert.ok(deck);
  assert.equal(new Set(decks.map((one) => one.id)).size, 1);
  assert.deepEqual(await kindsIn(deck, bo), ["inbox", "home", "account"]);
});

test("a person's own deck is there for nobody else, not even an administrator", async () => {
  const deck = await newDeck();
  for (const asker of [bo, chief]) {
    assert.equal(await as((tx) => findDeck(tx, authority.id, deck.id, asker)), undefined);
    assert.deepEqual(await as((tx) => renameDeck(tx, authority.id, deck.id, asker, "Mitt")), {
      outcome: "not-found",
    });
  }
});

test("a shared deck is read by all, changed by its maker and administrators, taken back by its maker alone", async () => {
  const deck = await newDeck("Beredskap");
  const column = await add(deck, "el");
  assert.equal((await as((tx) => shareDeck(tx, authority.id, deck.id, anna, true))).outcome, "changed");
  assert.ok((await as((tx) => listDecks(tx, authority.id, bo))).some((one) => one.id === deck.id));
  const change = (asker: Asker) =>
    as((tx) => changeColumn(tx, authority.id, column, asker, { width: "wide" }));
  assert.equal((await change(bo)).outcome, "not-yours");
  assert.equal((await change(chief)).outcome, "changed");
  assert.equal((await as((tx) => removeDeck(tx, authority.id, deck.id, bo))).outcome, "not-yours");
  assert.equal((await as((tx) => shareDeck(tx, authority.id, deck.id, chief, false))).outcome, "not-yours");
  const back = await as((tx) => shareDeck(tx, authority.id, deck.id, anna, false));
  assert.equal(back.outcome === "changed" && back.deck.person, anna.person);
  assert.equal((await as((tx) => removeDeck(tx, authority.id, deck.id, anna))).outcome, "changed");
});

test("a deck without a name is not shared, and none is made", async () => {
  const own = await as((tx) => ensureOwnDeck(tx, authority.id, bo));
  assert.deepEqual(await as((tx) => shareDeck(tx, authority.id, own.id, bo, true)), {
    outcome: "name-missing",
  });
  assert.deepEqual(await as((tx) => makeDeck(tx, authority.id, anna, "  ")), { outcome: "name-missing" });
});

test("columns are moved by steps and to places, and never out of the deck", async () => {
  const deck = await newDeck();
  const [a, b, c] = [await add(deck, "a"), await add(deck, "b"), await add(deck, "c")];
  const move = async (id: ColumnId, to: Parameters<typeof moveColumn>[4]) => {
    await as((tx) => moveColumn(tx, authority.id, id, anna, to));
    return (await orderOf(deck)).join("");
  };
  assert.equal(await move(c, { by: -1 }), "acb");
  assert.equal(await move(c, { by: -9 }), "cab");
  assert.equal(await move(c, { by: 9 }), "abc");
  assert.equal(await move(c, { before: a }), "cab");
  assert.equal(await move(a, { before: null }), "cba");
  assert.equal(await move(b, { before: b }), "cab");
});

test("a removed column comes back where it was, with its filter and everybody's place in it", async () => {
  const deck = await newDeck();
  await add(deck, "a");
  const b = await add(deck, "b");
  await add(deck, "c");
  await as((tx) =>
    changeColumn(tx, authority.id, b, anna, { filters: { words: "skola" }, name: " Skolan " }),
  );
  await as((tx) => keepPlace(tx, authority.id, b, anna, { position: "123456789012345678", notify: true }));
  await as((tx) => removeColumn(tx, authority.id, b, anna, now));
  assert.deepEqual(await orderOf(deck), ["a", "c"]);
  assert.equal((await as((tx) => moveColumn(tx, authority.id, b, anna, { by: 1 }))).outcome, "not-found");
  await as((tx) => restoreColumn(tx, authority.id, b, anna));
  const column = (await as((tx) => columnsOf(tx, authority.id, deck.id, anna)))[1];
  assert.equal(column?.name, "Skolan");
  assert.deepEqual(column.filters, { words: "skola" });
  assert.deepEqual([column.position, column.notify], ["123456789012345678", true]);
});

test("everybody keeps a place of their own in a shared column", async () => {
  const deck = await newDeck("Delat");
  const column = await add(deck, "a");
  await as((tx) => shareDeck(tx, authority.id, deck.id, anna, true));
  await as((tx) => keepPlace(tx, authority.id, column, bo, { position: "123456789012345678" }));
  await as((tx) => keepPlace(tx, authority.id, column, bo, { notify: true }));
  const seen = async (asker: Asker) => (await as((tx) => columnsOf(tx, authority.id, deck.id, asker)))[0];
  assert.deepEqual([(await seen(bo))?.position, (await seen(bo))?.notify], ["123456789012345678", true]);
  assert.deepEqual([(await seen(anna))?.position, (await seen(anna))?.notify], [null, false]);
});

test("a deck holds no more columns than can be read", async () => {
  const deck = await newDeck();
  for (let n = 0; n < mostColumns; n++) await add(deck, `a${n}`);
  const more = { kind: "home" as const, subject: {}, filters: {} };
  assert.deepEqual(await as((tx) => addColumn(tx, authority.id, deck.id, anna, more)), {
    outcome: "too-many",
  });
});

test("nothing of this is in the journal", async () => {
  const [row] = await db.system(
    (tx) =>
      tx`select from journal where authority = ${authority.id} and kind like '%deck%' or kind like '%column%'`,
  );
  assert.equal(row, undefined);
});

import { requestFollow } from "#domain/relationships/follows.ts";
import { addMember, makeList, type ListId } from "#domain/relationships/lists.ts";
import { addColumn, removeColumn } from "#domain/decks/change-columns.ts";
import { ensureOwnDeck, makeDeck } from "#domain/decks/change-decks.ts";
import type { Asker, ColumnId, Deck, DeckId } from "#domain/decks/deck.ts";
import type { Transaction } from "#platform/database.ts";
import { act, page, type Row, type World } from "./route-row.ts";
import { accountOf } from "./square.ts";

const column = "/deck/columns/:id{[1-9][0-9]{17,18}}";
const deck = "/deck/decks/:id{[1-9][0-9]{17,18}}";
const list = "/deck/lists/:id{[1-9][0-9]{17,18}}";
const onColumn = (step: string) => async (w: World) => `/deck/columns/${await newColumn(w)}${step}`;
const onDeck = (step: string) => async (w: World) => `/deck/decks/${await newDeck(w)}${step}`;
const onList = (step: string) => async (w: World) => `/deck/lists/${await newList(w)}${step}`;

/** Columns, decks and lists: settings of a person, or of whoever speaks for an account. Nobody else finds them. */
export const columnTable: Row[] = [
  page(
    "/deck/columns/new",
    async (w) => (await everyDeck(w), "/deck/columns/new?kind=tag"),
    [303, 200, 200, 200],
  ),
  act(
    "/deck/columns",
    () => "/deck/columns",
    [401, 303, 303, 303],
    () => ({ kind: "tag", tags: "simhallen" }),
  ),
  page(column, onColumn(""), [303, 404, 404, 200]),
  page(`${column}/settings`, onColumn("/settings"), [303, 404, 404, 200]),
  act(`${column}/settings`, onColumn("/settings"), [401, 404, 404, 303], () => ({
    name: "Simhallen",
    width: "wide",
    words: "simhall",
    notify: "1",
  })),
  act(`${column}/move`, onColumn("/move"), [401, 404, 404, 303], () => ({ by: "-1" })),
  act(`${column}/width`, onColumn("/width"), [401, 404, 404, 303], () => ({ width: "narrow" })),
  act(`${column}/remove`, onColumn("/remove"), [401, 404, 404, 303], () => ({})),
  act(
    `${column}/restore`,
    async (w) => `/deck/columns/${await removedColumn(w)}/restore`,
    [401, 404, 404, 303],
    () => ({}),
  ),
  act(`${column}/place`, onColumn("/place"), [401, 404, 404, 204], (w) => ({ position: w.question })),

  page("/deck/decks", "/deck/decks", [303, 200, 200, 200]),
  act(
    "/deck/decks",
    () => "/deck/decks",
    [401, 303, 303, 303],
    (w) => ({ name: `Däck ${w.next()}` }),
  ),
  act(`${deck}/name`, onDeck("/name"), [401, 404, 404, 303], () => ({ name: "Beredskap" })),
  act(`${deck}/share`, onDeck("/share"), [401, 404, 404, 303], () => ({})),
  act(`${deck}/unshare`, onDeck("/unshare"), [401, 404, 404, 303], () => ({})),
  page(`${deck}/remove`, onDeck("/remove"), [303, 404, 404, 200]),
  act(`${deck}/remove`, onDeck("/remove"), [401, 404, 404, 303], () => ({})),

  page("/deck/lists", "/deck/lists", [303, 200, 200, 200]),
  act(
    "/deck/lists",
    () => "/deck/lists",
    [401, 403, 403, 303],
    (w) => ({ owner: w.a.office.id, title: "Grannkommuner" }),
  ),
  page(list, onList(""), [303, 404, 404, 200]),
  act(`${list}/name`, onList("/name"), [401, 404, 404, 303], () => ({ title: "Regionen" })),
  act(`${list}/remove`, onList("/remove"), [401, 404, 404, 303], () => ({})),
  act(
    `${list}/members`,
    async (w) => (await following(w), `/deck/lists/${await newList(w)}/members`),
    [401, 404, 404, 303],
    (w) => ({ handle: `@${w.actor.name}@${w.remote.host}` }),
  ),
  act(
    `${list}/members/remove`,
    async (w) => `/deck/lists/${await listWithMember(w)}/members/remove`,
    [401, 404, 404, 303],
    (w) => ({ member: w.stranger }),
  ),
];

/** The deck of the one who is granted everything; made where it is not there yet. */
export function ownDeck(w: World): Promise<Deck> {
  return as(w, (tx) => ensureOwnDeck(tx, w.a.authority.id, askerIn(w)));
}

/** The first visit makes a deck: so that a page changes nothing, everybody has been here. */
async function everyDeck(w: World): Promise<void> {
  await ownDeck(w);
  await as(w, (tx) => ensureOwnDeck(tx, w.a.authority.id, { person: w.colleague, admin: false }));
}

async function newColumn(w: World): Promise<ColumnId> {
  const { id } = await ownDeck(w);
  const added = await as(w, (tx) =>
    addColumn(tx, w.a.authority.id, id, askerIn(w), { kind: "tag", subject: { tags: ["bad"] }, filters: {} }),
  );
  if (added.outcome === "too-many") {
    await as(w, (tx) => tx`delete from deck_column where authority = ${w.a.authority.id} and kind = 'tag'`);
    return newColumn(w);
  }
  if (added.outcome !== "added") throw new Error(added.outcome);
  return added.id;
}

async function removedColumn(w: World): Promise<ColumnId> {
  const id = await newColumn(w);
  await as(w, (tx) => removeColumn(tx, w.a.authority.id, id, askerIn(w), Temporal.Now.instant()));
  return id;
}

async function newDeck(w: World): Promise<DeckId> {
  const made = await as(w, (tx) => makeDeck(tx, w.a.authority.id, askerIn(w), `Eget ${w.next()}`));
  if (made.outcome !== "changed") throw new Error(made.outcome);
  return made.deck.id;
}

async function newList(w: World): Promise<ListId> {
  const made = await as(w, (tx) =>
    makeList(tx, w.a.authority.id, { account: w.a.office.id, title: `Lista ${w.next()}` }),
  );
  if (made.outcome !== "made") throw new Error(made.outcome);
  return made.id;
}

async function following(w: World): Promise<void> {
  const followed = await accountOf(w.a, w.stranger);
  await as(w, (tx) =>
    requestFollow(tx, w.a.authority.id, { follower: w.a.office.id, followed, person: w.a.person }),
  );
}

async function listWithMember(w: World): Promise<ListId> {
  await following(w);
  const id = await newList(w);
  const made = { id, account: w.a.office.id, title: "Lista" };
  await as(w, (tx) => addMember(tx, w.a.authority.id, made, w.stranger));
  return id;
}

function askerIn(w: World): Asker {
  return { person: w.a.person, admin: true };
}

function as<T>(w: World, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return w.a.torg.db.as(w.a.authority.id, work);
}

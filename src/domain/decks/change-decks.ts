import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import { mayChange, type Asker, type Deck, type DeckId } from "./deck.ts";
import { findDeck, listDecks } from "./read-decks.ts";

/** What came of a wish to change a deck. */
export type DeckChanged =
  | { outcome: "changed"; deck: Deck }
  | { outcome: "not-found" }
  | { outcome: "not-yours" }
  | { outcome: "name-missing" };

const longestName = 100;
const mostDecks = 50;

/** The deck that is opened when none is asked for: a person's first own one, made with three columns at the first visit. */
export async function ensureOwnDeck(tx: Transaction, authority: AuthorityId, asker: Asker): Promise<Deck> {
  // Two tabs opened at once make one deck.
  await tx`select from person where authority = ${authority} and id = ${asker.person} for no key update`;
  const own = (await listDecks(tx, authority, asker)).find((deck) => deck.person === asker.person);
  if (own) return own;
  const deck = await insertDeck(tx, authority, asker, "");
  for (const [rank, kind] of (["inbox", "home", "account"] as const).entries())
    await tx`insert into deck_column (authority, deck, rank, kind) values (${authority}, ${deck.id}, ${rank}, ${kind})`;
  return deck;
}

/** A new deck without columns, the person's own until they share it. */
export async function makeDeck(
  tx: Transaction,
  authority: AuthorityId,
  asker: Asker,
  name: string,
): Promise<DeckChanged | { outcome: "too-many" }> {
  if (name.trim() === "") return { outcome: "name-missing" };
  const decks = await listDecks(tx, authority, asker);
  if (decks.filter((deck) => deck.person === asker.person).length >= mostDecks)
    return { outcome: "too-many" };
  return {
    outcome: "changed",
    deck: await insertDeck(tx, authority, asker, name.trim().slice(0, longestName)),
  };
}

export async function renameDeck(
  tx: Transaction,
  authority: AuthorityId,
  id: DeckId,
  asker: Asker,
  name: string,
): Promise<DeckChanged> {
  if (name.trim() === "") return { outcome: "name-missing" };
  return change(tx, authority, id, asker, (deck) => [{ ...deck, name: name.trim().slice(0, longestName) }]);
}

/** Makes a deck the team's, or its maker takes it back as their own. A team's deck needs a name to be found by. */
export async function shareDeck(
  tx: Transaction,
  authority: AuthorityId,
  id: DeckId,
  asker: Asker,
  shared: boolean,
): Promise<DeckChanged> {
  return change(tx, authority, id, asker, (deck) => {
    if (shared && deck.name === "") return { outcome: "name-missing" };
    if (!shared && deck.madeBy !== asker.person) return { outcome: "not-yours" };
    return [{ ...deck, person: shared ? null : asker.person }];
  });
}

/** Removes a deck with its columns, for everybody who has it. */
export async function removeDeck(
  tx: Transaction,
  authority: AuthorityId,
  id: DeckId,
  asker: Asker,
): Promise<DeckChanged> {
  const found = await changeable(tx, authority, id, asker);
  if (found.outcome === "changed") await tx`delete from deck where authority = ${authority} and id = ${id}`;
  return found;
}

/** The deck, if the asker may change it; locked, so that two changes follow one upon the other. */
export async function changeable(
  tx: Transaction,
  authority: AuthorityId,
  id: DeckId,
  asker: Asker,
): Promise<Exclude<DeckChanged, { outcome: "name-missing" }>> {
  await tx`select from deck where authority = ${authority} and id = ${id} for update`;
  const deck = await findDeck(tx, authority, id, asker);
  if (!deck) return { outcome: "not-found" };
  return mayChange(deck, asker) ? { outcome: "changed", deck } : { outcome: "not-yours" };
}

async function change(
  tx: Transaction,
  authority: AuthorityId,
  id: DeckId,
  asker: Asker,
  changed: (deck: Deck) => [Deck] | { outcome: "name-missing" | "not-yours" },
): Promise<DeckChanged> {
  const found = await changeable(tx, authority, id, asker);
  if (found.outcome !== "changed") return found;
  const made = changed(found.deck);
  if ("outcome" in made) return made;
  const [deck] = made;
  await tx`update deck set name = ${deck.name}, person = ${deck.person} where authority = ${authority} and id = ${id}`;
  return { outcome: "changed", deck };
}

async function insertDeck(
  tx: Transaction,
  authority: AuthorityId,
  { person }: Asker,
  name: string,
): Promise<Deck> {
  const [deck] = await tx<Deck[]>`
    insert into deck (authority, person, made_by, name) values (${authority}, ${person}, ${person}, ${name})
    returning id, person, made_by as "madeBy", name`;
  if (!deck) throw new Error("a deck was not kept");
  return deck;
}

import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import {
  mayRead,
  type Asker,
  type ColumnDefinition,
  type ColumnId,
  type Deck,
  type DeckId,
  type OwnColumn,
} from "./deck.ts";

/** The decks that somebody may open: their own first, then those of teams, in order of age. */
export async function listDecks(tx: Transaction, authority: AuthorityId, asker: Asker): Promise<Deck[]> {
  return tx<Deck[]>`
    select id, person, made_by as "madeBy", name from deck
    where authority = ${authority} and (person = ${asker.person} or person is null)
    order by person is null, id`;
}

/** A deck that the asker may read. */
export async function findDeck(
  tx: Transaction,
  authority: AuthorityId,
  id: DeckId,
  asker: Asker,
): Promise<Deck | undefined> {
  const [deck] = await tx<Deck[]>`
    select id, person, made_by as "madeBy", name from deck where authority = ${authority} and id = ${id}`;
  return deck && mayRead(deck, asker) ? deck : undefined;
}

/** The columns of a deck from left to right, as one person has them. */
export async function columnsOf(
  tx: Transaction,
  authority: AuthorityId,
  deck: DeckId,
  asker: Asker,
): Promise<OwnColumn[]> {
  return tx<OwnColumn[]>`
    select ${columnColumns(tx)}, place.position, coalesce(place.notify, false) as notify
    from deck_column left join deck_place place on place.authority = ${authority}
      and place.deck_column = deck_column.id and place.person = ${asker.person}
    where deck_column.authority = ${authority} and deck_column.deck = ${deck} and deck_column.removed_at is null
    order by deck_column.rank, deck_column.id`;
}

/** What the columns of several decks show: for live lines, which hold no more of a deck than that. */
export async function definitionsOf(
  tx: Transaction,
  authority: AuthorityId,
  decks: readonly DeckId[],
): Promise<(ColumnDefinition & { id: ColumnId; deck: DeckId })[]> {
  if (decks.length === 0) return [];
  return tx<(ColumnDefinition & { id: ColumnId; deck: DeckId })[]>`
    select id, deck, kind, subject, filters from deck_column
    where authority = ${authority} and deck = any(${[...decks]}::bigint[]) and removed_at is null
    order by deck, rank, id`;
}

/** What decks show as one word each, another one when any column of it shows something else: to look for changes often. */
export async function shownIn(
  tx: Transaction,
  authority: AuthorityId,
  decks: readonly DeckId[],
): Promise<Map<DeckId, string>> {
  if (decks.length === 0) return new Map();
  const rows = await tx<{ deck: DeckId; shown: string }[]>`
    select deck, md5(string_agg(concat_ws(' ', id, kind, subject, filters), ' ' order by rank, id)) as shown
    from deck_column where authority = ${authority} and deck = any(${[...decks]}::bigint[]) and removed_at is null
    group by deck`;
  return new Map(rows.map(({ deck, shown }) => [deck, shown]));
}

/** A column of a deck that the asker may read, and its deck. Also one just removed, which may be put back. */
export async function findColumn(
  tx: Transaction,
  authority: AuthorityId,
  id: ColumnId,
  asker: Asker,
): Promise<{ column: OwnColumn; deck: Deck; removed: boolean } | undefined> {
  const [column] = await tx<(OwnColumn & { removed: boolean })[]>`
    select ${columnColumns(tx)}, place.position, coalesce(place.notify, false) as notify,
      deck_column.removed_at is not null as removed
    from deck_column left join deck_place place on place.authority = ${authority}
      and place.deck_column = deck_column.id and place.person = ${asker.person}
    where deck_column.authority = ${authority} and deck_column.id = ${id}`;
  const deck = column && (await findDeck(tx, authority, column.deck, asker));
  return column && deck && { column, deck, removed: column.removed };
}

function columnColumns(tx: Transaction) {
  return tx`deck_column.id, deck_column.deck, deck_column.kind, deck_column.subject, deck_column.name,
    deck_column.width, deck_column.filters`;
}

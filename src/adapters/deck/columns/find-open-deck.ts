import type { Services } from "#context.ts";
import { ensureOwnDeck } from "#domain/decks/change-decks.ts";
import type { Deck } from "#domain/decks/deck.ts";
import { findDeck, listDecks } from "#domain/decks/read-decks.ts";
import { askerOf, type Seat } from "../seat.ts";

/** The deck that a request is about: the one it names, else the person's first, made at the first visit. */
export async function findOpenDeck(services: Pick<Services, "db">, seat: Seat): Promise<Deck | undefined> {
  const authority = seat.site.authority.id;
  const asker = askerOf(seat);
  const { deck: named } = seat;
  if (named) return services.db.read(authority, (tx) => findDeck(tx, authority, named, asker));
  const decks = await services.db.read(authority, (tx) => listDecks(tx, authority, asker));
  return (
    decks.find((deck) => deck.person === asker.person) ??
    services.db.as(authority, (tx) => ensureOwnDeck(tx, authority, asker))
  );
}

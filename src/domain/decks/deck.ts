import type { AccountId } from "#domain/accounts/account.ts";
import type { Capacity } from "#domain/posts/post.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { ListId } from "#domain/relationships/lists.ts";
import type { Id } from "#platform/id.ts";

export type DeckId = Id<"deck">;
export type ColumnId = Id<"deck-column">;

export const columnKinds = [
  "inbox",
  "home",
  "account",
  "list",
  "tag",
  "search",
  "drafts",
  "person",
  "thread",
  "notifications",
] as const;
export type ColumnKind = (typeof columnKinds)[number];

export const columnWidths = ["narrow", "normal", "wide"] as const;
export type ColumnWidth = (typeof columnWidths)[number];

/**
 * What a column is about, by kind. account: one of ours, or whichever acts when absent; list: `list`; tag: `tags`,
 * any of them; search: `query`; person: `account`, remote; thread: `post`, any post of it.
 */
export type Subject = { account?: AccountId; list?: ListId; tags?: string[]; query?: string; post?: string };

/** Only posts that meet every filter stand in the column. */
export type Filters = {
  /** Primary language subtags. */
  languages?: string[];
  networks?: string[];
  capacities?: Capacity[];
  /** Only what waits for an answer from us. */
  unanswered?: boolean;
  withMedia?: boolean;
  /** Every one of these words, in any form of them. */
  words?: string;
  /** None of these. */
  without?: string;
};

/** What a column shows: equal ones show the same posts to the same reader. */
export type ColumnDefinition = { kind: ColumnKind; subject: Subject; filters: Filters };

export type DeckColumn = ColumnDefinition & {
  id: ColumnId;
  deck: DeckId;
  /** As somebody named it; empty for a name after what it is about. */
  name: string;
  width: ColumnWidth;
};

/** A column as one person has it: how far they have read, and whether it may call for them. */
export type OwnColumn = DeckColumn & { position: string | null; notify: boolean };

export type Deck = {
  id: DeckId;
  /** Whose it is; null for a team's, which all staff of the authority may read. */
  person: PersonId | null;
  madeBy: PersonId;
  name: string;
};

/** Whoever asks for something to be done with a deck. */
export type Asker = { person: PersonId; admin: boolean };

/** A person's own deck is theirs alone; a team's may be read by all staff. */
export function mayRead(deck: Deck, asker: Asker): boolean {
  return deck.person === null || deck.person === asker.person;
}

/** A team's deck is changed by whoever made it and by administrators, so that nobody's columns move unforeseen. */
export function mayChange(deck: Deck, asker: Asker): boolean {
  return deck.person === null ? asker.admin || deck.madeBy === asker.person : deck.person === asker.person;
}

import type { ColumnKind } from "#domain/decks/deck.ts";

/** Where a post is shown: in a column of a deck, or on the page of its conversation. */
export type ColumnPlace = { id: string; kind: ColumnKind };

/** The page of a conversation: its posts stand by themselves, oldest first. */
export const conversation: ColumnPlace = { id: "thread", kind: "thread" };

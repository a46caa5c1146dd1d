import { definitionKey } from "#domain/decks/read-column.ts";
import { conversation } from "../columns/column-place.ts";
import { readerFor } from "../columns/read-column.ts";
import { seatKey } from "../seat.ts";
import type { Line, LiveColumn } from "./line.ts";

/** What a line shows; lines that are `alike` are told the same but for the ids of their columns. */
export type Sight = { alike: string; views: readonly View[] };
/** A column of it. `key`: what stands there; `seen`: that, as what it is seen, and whether by itself. */
export type View = { column: LiveColumn; key: string; seen: string };

/** Worked out once for each line, for a thousand decks ask at each event. */
export function sightOf({ seat, columns }: Pick<Line, "seat" | "columns">): Sight {
  const known = sights.get(columns);
  if (known?.seat === seat) return known.sight;
  const as = seatKey(seat);
  const views = columns.map((column) => {
    const key = definitionKey(column, readerFor(seat));
    return { column, key, seen: `${as} ${column.id === conversation.id ? "alone" : ""} ${key}` };
  });
  const sight = { alike: [as, ...views.map(({ seen }) => seen)].join("\n"), views };
  sights.set(columns, { seat, sight });
  return sight;
}

const sights = new WeakMap<Line["columns"], { seat: Line["seat"]; sight: Sight }>();

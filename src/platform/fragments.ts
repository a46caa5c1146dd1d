import type { TenantId } from "./database.ts";
import { createFreshCache } from "./fresh-cache.ts";
import { type Html, raw } from "./html.ts";
import type { KnownOptions } from "./known-rows.ts";

/** What a fragment is made of: a value by what it says, an object by being the same one, so it may not change. */
export type Ingredient = string | number | boolean | undefined | object;

/**
 * Pieces of answers, by everything that they are made of: when any of that changes another piece is asked for, and the
 * old one leaves when its room is needed. Nothing need ever be told that something has changed.
 */
export type Pieces<Piece> = {
  get(authority: TenantId, madeOf: readonly Ingredient[], make: () => Piece): Piece;
  size(): { values: number; bytes: number };
};
export type Fragments = Pieces<Html>;

const longestMs = 60 * 60_000;

/** Pieces of pages. */
export function createFragments(options: KnownOptions): Fragments {
  const pieces = createPieces<Html>({ ...options, bytesOf: ({ text }) => 2 * text.length });
  return {
    ...pieces,
    get: (authority, madeOf, make) => pieces.get(authority, madeOf, () => inOnePiece(make())),
  };
}

/** Of any kind that nobody changes. `bytesOf`: roughly how much room a piece takes. */
export function createPieces<Piece extends object>({
  maxBytes,
  now,
  bytesOf,
}: KnownOptions & { bytesOf: (piece: Piece) => number }): Pieces<Piece> {
  const cache = createFreshCache<Piece>({ maxBytes });
  const numbers = new WeakMap<object, number>();
  let last = 0;
  const numberOf = (object: object): number => {
    let number = numbers.get(object);
    if (number === undefined) numbers.set(object, (number = ++last));
    return number;
  };
  const keyOf = (madeOf: readonly Ingredient[]): string => {
    let key = "";
    // The length goes before a text, so that no two can pass for others.
    for (const one of madeOf) {
      if (typeof one === "object") key += `#${numberOf(one)}`;
      else if (typeof one === "string") key += `"${one.length}:${one}`;
      else key += `=${one}`;
    }
    return key;
  };
  return {
    size: () => cache.size(),
    get(authority, madeOf, make) {
      const nowMs = now();
      const key = `${authority}${keyOf(madeOf)}`;
      const known = cache.get(key, nowMs);
      if (known) return known;
      const value = make();
      const bytes = bytesOf(value) + 2 * key.length + 300;
      cache.put(cache.begin(), key, { authority, value, bytes, until: nowMs + longestMs });
      return value;
    },
  };
}

/** What a template has put together is a tree of its pieces, which takes far more room and is walked by every reader. */
function inOnePiece({ text }: Html): Html {
  return raw(Buffer.from(text).toString());
}

import { reduceWord } from "./reduce-word.ts";

/**
 * The words of a text as they are stored: folded and reduced, in order, pure letters or pure digits, so that
 * PostgreSQL's own parser leaves them whole.
 */
export function searchWords(text: string): string[] {
  return foldedWords(text).map(reduceWord);
}

/** For `to_tsvector('simple', …)`. */
export function toTsvectorText(text: string): string {
  return searchWords(text).join(" ");
}

/** What one typed word may begin with: the reduced form first. One or two letters match whole words only. */
export type QueryTerm = { word: string; prefix: boolean; or?: string[] };

/** The words of a query, once each; all must be found. */
export function queryTerms(query: string): QueryTerm[] {
  const terms = new Map<string, QueryTerm>();
  for (const typed of foldedWords(query.slice(0, MAX_QUERY)).slice(0, MAX_TERMS)) {
    const word = reduceWord(typed);
    if (terms.has(word)) continue;
    // A reduction may change letters (cyklar, cykel), and compounds are made with either form.
    const or = typed.startsWith(word) ? [] : [typed];
    terms.set(word, { word, prefix: word.length > 2, ...(or.length > 0 ? { or } : {}) });
  }
  return [...terms.values()];
}

/**
 * For `::tsquery` or `to_tsquery('simple', …)`; undefined when the query holds no word. Lexemes are letters
 * and digits only, and quoted, so nothing typed can be read as an operator.
 */
export function tsQuery(query: string, meets: "all" | "any" = "all"): string | undefined {
  const terms = queryTerms(query).map(({ word, prefix, or = [] }) => {
    const lexemes = [word, ...or].map((text) => `'${text}'${prefix ? ":*" : ""}`);
    return lexemes.length === 1 ? lexemes.join("") : `(${lexemes.join(" | ")})`;
  });
  return terms.length === 0 ? undefined : terms.join(meets === "all" ? " & " : " | ");
}

/** Lower case, å ä ö kept, other accents off, letters and digits apart. */
function foldedWords(text: string): string[] {
  const folded = text
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFD")
    .replace(/([ao])(\u0308)|(a)(\u030A)|\p{M}+/gu, (kept: string) => (/^[ao]/u.test(kept) ? kept : ""))
    .normalize("NFC")
    .replace(/[æøßðþłđı]/gu, (letter) => LETTERS[letter] ?? letter);
  return (folded.match(/\p{L}+|\p{Nd}+/gu) ?? []).map((word) => word.slice(0, MAX_WORD));
}

const LETTERS: Record<string, string> = {
  æ: "ä",
  ø: "ö",
  ß: "ss",
  ð: "d",
  þ: "th",
  ł: "l",
  đ: "d",
  ı: "i",
};

const MAX_QUERY = 500;
const MAX_TERMS = 16;
const MAX_WORD = 64;

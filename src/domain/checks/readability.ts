import { webAddress } from "#domain/text/web-address.ts";

export type LixBand = "very-easy" | "easy" | "medium" | "hard" | "very-hard";
export type Readability = { lix: number; band: LixBand; words: number; sentences: number; longWords: number };

/**
 * LIX (C. H. Björnsson, 1968): words per sentence and the share of words of more than six letters, in per cent.
 * Undefined for a text without a word. Addresses, mentions and tags are no words of the text.
 */
export function readability(text: string): Readability | undefined {
  const parts = sentencesOf(text);
  const words = parts.flatMap(wordsOf);
  if (words.length === 0) return undefined;
  const longWords = words.filter((word) => (word.match(/\p{L}/gu)?.length ?? 0) > 6).length;
  const sentences = parts.length;
  const lix = words.length / sentences + (100 * longWords) / words.length;
  return { lix, band: bandOf(lix), words: words.length, sentences, longWords };
}

/** The most words that a sentence may have before it is pointed out. */
const longestSentence = 25;

/** Sentences that are hard to hold in mind, as written on one line. */
export function longSentences(text: string): string[] {
  return sentencesOf(text).filter((sentence) => wordsOf(sentence).length > longestSentence);
}

/** Under 30 very easy, 30–40 easy, 40–50 medium, 50–60 hard, over 60 very hard. */
function bandOf(lix: number): LixBand {
  if (lix < 30) return "very-easy";
  if (lix < 40) return "easy";
  if (lix < 50) return "medium";
  return lix <= 60 ? "hard" : "very-hard";
}

/** The stop inside 9.30, t.ex. or a name ends nothing; an empty line, or a list's next line, ends a sentence without one. */
function sentencesOf(text: string): string[] {
  return text
    .replace(webAddress, " ")
    .replace(/(?<![\p{L}\p{N}])[@#][\p{L}\p{N}_.@-]+/gu, stopsAfter)
    .replace(abbreviation, "$1")
    .split(/(?<=[.!?])["”’»)\]]*(?=\s|$)|\n\s*\n|\n(?=\s*(?:[-*•]|\d+\.)\s)/u)
    .map((sentence) => sentence.replace(/\s+/gu, " ").trim())
    .filter((sentence) => wordsOf(sentence).length > 0);
}

/** Of a mention or a tag, the stops that end its sentence. Without a pattern, which would look again from each stop of many. */
function stopsAfter(name: string): string {
  let end = name.length;
  while (name[end - 1] === ".") end--;
  return name.slice(end) || " ";
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}'’.:-]*[\p{L}\p{N}\p{M}])?/gu) ?? [];
}

/** Shortened words whose stop ends no sentence when the sentence goes on. */
const abbreviation =
  /(?<![\p{L}\p{N}.])(t\.ex|bl\.a|d\.v\.s|o\.s\.v|p\.g\.a|m\.m|m\.fl|f\.d|s\.k|fr\.o\.m|t\.o\.m|i\.e|e\.g|kl|ca|nr|tel|dvs|osv|st)\.(?=\s+[\p{Ll}\d])/giu;

import { plainText } from "#domain/text/blocks.ts";
import { cleanText } from "#domain/text/clean-text.ts";
import { blocksFromHtml } from "#domain/text/from-html.ts";

/** One line of text as a name or a title may be: cleaned, without markup, cut between whole characters. */
export function lineOf(value: unknown, max: number): string | undefined {
  if (typeof value !== "string") return undefined;
  const line = cleanText(value.slice(0, max * 8))
    .replace(/\s+/gu, " ")
    .trim();
  return cut(line, max) || undefined;
}

/** HTML that means one line, as content warnings and profile fields come. */
export function lineFromHtml(value: unknown, max: number): string | undefined {
  if (typeof value !== "string") return undefined;
  return lineOf(plainText(blocksFromHtml(value.slice(0, max * 8))), max);
}

/** HTML that means plain paragraphs, as the words of a report come. */
export function wordsFromHtml(value: unknown, max: number): string {
  if (typeof value !== "string") return "";
  return cut(cleanText(plainText(blocksFromHtml(value.slice(0, max * 8)))).trim(), max);
}

function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text
    .slice(0, max - 1)
    .toWellFormed()
    .replace(/�$/u, "")
    .trimEnd()}…`;
}

import { webAddress } from "./web-address.ts";

/** The most that a part of a thread holds, in characters: what the short-text networks take whole. */
export const threadPartLength = 500;

/**
 * A long text as the parts of a thread, in order, none empty and none over `limit` characters (graphemes) unless one
 * address alone is longer. A line `---` parts where it stands; else parts end at a paragraph, a sentence or a word,
 * never inside an address, a mention or a tag.
 */
export function splitText(text: string, limit: number): string[] {
  return text
    .replaceAll("\r\n", "\n")
    .split(/^[^\S\n]*-{3,}[^\S\n]*$/mu)
    .flatMap((part) => splitLong(part.trim(), limit))
    .filter((part) => part !== "");
}

/** Nobody reads longer threads, and each part goes to every follower's server. */
export const mostParts = 40;

/** What a draft is sent as: one text, or the parts of a thread (one part too many when it has too many). Articles have room and are never split. */
export function partsToSend(draft: { text: string; split: boolean; article: boolean }): string[] {
  if (!draft.split || draft.article) return [draft.text];
  const parts = splitText(draft.text, threadPartLength);
  return parts.length > 0 ? parts.slice(0, mostParts + 1) : [draft.text];
}

/** Characters as a person counts them: an emoji or a letter with its accent is one. */
export function characterCount(text: string): number {
  // Most text is plain, and counting graphemes costs a hundred times more.
  if (/^[\x20-\x7E\n\u00A0-\u00FF]*$/.test(text)) return text.length;
  let count = 0;
  for (const _ of graphemes.segment(text)) count++;
  return count;
}

/** How a text begins, on one line of at most `max` characters. */
export function excerptOf(text: string, max: number): string {
  const line = text.replace(/\s+/gu, " ").trim();
  const end = lengthOf(line, max);
  return end < line.length ? `${line.slice(0, end).trimEnd()}…` : line;
}

function splitLong(text: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest !== "") {
    const fits = lengthOf(rest, limit) === rest.length;
    const cut = fits ? rest.length : cutWithin(rest, limit);
    parts.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  return parts;
}

/** Where to cut: at the last good border that leaves no part absurdly short. */
function cutWithin(text: string, limit: number): number {
  const room = text.slice(0, lengthOf(text, limit));
  for (const { border, least } of borders) {
    const cut = lastOf(room + (text[room.length] ?? ""), border, room.length);
    if (cut >= room.length * least) return cut;
  }
  return wholeAddress(text, room.length);
}

/** A sentence that ends early in the room is kept together with words of the next; a paragraph may be short. */
const borders = [
  { border: /\n\s*\n/gu, least: 0.3 },
  { border: /(?<=[.!?…]["”’»)]*)\s/gu, least: 0.3 },
  { border: /\s/gu, least: 0.01 },
];

function lastOf(text: string, border: RegExp, room: number): number {
  let last = 0;
  for (const match of text.matchAll(border)) if (match.index <= room) last = match.index;
  return last;
}

/** Without a space to cut at, a word is cut between characters, but an address goes whole. */
function wholeAddress(text: string, cut: number): number {
  for (const match of text.matchAll(whole)) {
    const end = match.index + match[0].length;
    if (match.index < cut && cut < end) return match.index > 0 ? match.index : end;
  }
  return cut;
}

const whole = new RegExp(`${webAddress.source}|(?<![\\p{L}\\p{N}])[@#][\\p{L}\\p{N}_.@·-]+`, "giu");

/** The first `limit` characters, in UTF-16 units. */
function lengthOf(text: string, limit: number): number {
  let count = 0;
  // No letter is longer than this in earnest, and the rest of a long text need not be read.
  const near = text.slice(0, limit * 20);
  for (const { index } of graphemes.segment(near)) if (count++ === limit) return index;
  return near.length;
}

const graphemes = new Intl.Segmenter("sv", { granularity: "grapheme" });

import personnummer from "personnummer";
import { webAddress } from "#domain/text/web-address.ts";

/**
 * Personal and co-ordination numbers in running text, as written, once each: ten or twelve digits, with "-", "+",
 * a space or nothing before the last four. The arithmetic is the package's; what is a number of another kind is decided here.
 */
export function findPersonalNumbers(text: string, today: Temporal.PlainDate): string[] {
  // An address keeps its length, so that what stands beside it is still beside it.
  const read = asRead(text).replace(webAddress, (address) => "x".repeat(address.length));
  const found = [...read.matchAll(candidate)].flatMap((match) => {
    const [written, date = "", separator = "", last = ""] = match;
    const before = read.slice(Math.max(0, match.index - 40), match.index);
    const after = read.slice(match.index + written.length, match.index + written.length + 8);
    if (isPartOfMore(before, after, separator)) return [];
    const sign = separator === "+" || separator === "＋" ? "+" : "-";
    if (!isPossible(date, today) || !isValid(`${date}${sign}${last}`)) return [];
    return separator === "" && isRatherPhone(written, before) ? [] : [written];
  });
  return [...new Set(found)];
}

/** The package is the class itself, whatever its types say. */
const { valid: isValid } = personnummer as unknown as { valid: (this: void, number: string) => boolean };

const candidate = /(?<![\p{L}\p{N}_])(\d{6}|\d{8})([\p{Pd}+＋−]|[ \u00A0]?)(\d{4})(?![\p{L}\p{N}_])/gu;

/**
 * The text as an eye takes it in: digits of any kind are digits and spaces of any width are spaces, while what cannot be
 * seen (soft hyphens, joiners, control characters: much of it comes along when one pastes) and marks on digits are not there.
 */
function asRead(text: string): string {
  return text
    .replace(unseen, "")
    .replace(/(?!\d)\p{Nd}/gu, (digit) => String(valueOf(digit)))
    .replace(/(?<=\d)\p{M}+/gu, "")
    .replace(/(?!\u00A0)\p{Zs}/gu, " ");
}

/** Digits stand in tens, from nought on; several tens may stand in a row. */
function valueOf(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let first = code;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(first - 1))) first--;
  return (code - first) % 10;
}

const unseen = /(?![\t\n\r])[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]/gu;

/** A number that goes on, on either side, is an account, a reference or a case number. */
function isPartOfMore(before: string, after: string, separator: string): boolean {
  if (/(\d[\p{Pd}./]|\+|\p{Lu}{2}[-/])$/u.test(before) || /^([\p{Pd}/]\d|[.,]\d{1,2}(?!\d))/u.test(after))
    return true;
  // With a space inside it, the groups beside it belong to it as much as its own do.
  return /^\s$/u.test(separator) && (/[\p{L}\d]*\d[ \u00A0]$/u.test(before) || /^[ \u00A0]\d/u.test(after));
}

/** A day yet to come is when something happens, not somebody's birthday. */
function isPossible(date: string, today: Temporal.PlainDate): boolean {
  if (date.length === 6) return true;
  if (!/^(18|19|20)/.test(date)) return false;
  const day = Number(date.slice(6));
  const born = {
    year: Number(date.slice(0, 4)),
    month: Number(date.slice(4, 6)),
    day: day > 60 ? day - 60 : day,
  };
  try {
    return Temporal.PlainDate.compare(Temporal.PlainDate.from(born, { overflow: "reject" }), today) <= 0;
  } catch {
    return false;
  }
}

/** Ten digits in a row that begin like a phone number may be either: what stands before them tells. */
function isRatherPhone(written: string, before: string): boolean {
  if (!/^0[1-9]\d{8}$/.test(written) || personWords.test(before)) return false;
  return /^0(10|7[02369])/.test(written) || phoneWords.test(before);
}

const personWords = /(person|samordnings)(nummer|nr)|\bpnr|\bfödd|\bidentity number|\bborn\b/iu;
const phoneWords =
  /\btel|\bring|\bmobil|\bsms|\bväxel|\bfax\b|\bnå(s|r)?\b|\bswish|\bphone|\bcall\b|\btext\b/iu;

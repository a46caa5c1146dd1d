import { readFile } from "node:fs/promises";
import type { Language } from "#platform/i18n.ts";

export type Emoji = { emoji: string; name: string };

/** Emoji by what they are called in either language, best first; without a word, those that a public body may need. */
export async function findEmoji(typed: string, language: Language, limit: number): Promise<Emoji[]> {
  const rows = await table();
  const asked = typed.trim().toLowerCase().replace(/[_-]+/g, " ");
  const named = ({ emoji, names }: Row) => ({ emoji, name: names[language] });
  if (asked === "") return usual.flatMap((emoji) => rows.find((row) => row.emoji === emoji) ?? []).map(named);
  return rows
    .map((row) => ({ row, rank: rankOf(row, asked, language) }))
    .filter(({ rank }) => rank < none)
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ row }) => named(row));
}

type Row = { emoji: string; names: Record<Language, string>; words: string };

/** Read when the first one asks: most processes and most days have no use for it. */
let rows: Promise<Row[]> | undefined;

function table(): Promise<Row[]> {
  rows ??= readFile(new URL("./emoji.tsv", import.meta.url), "utf8").then((text) =>
    text
      .trimEnd()
      .split("\n")
      .map((line) => {
        const [emoji = "", sv = "", en = "", words = ""] = line.split("\t");
        return { emoji, names: { sv, en }, words: ` ${words}` };
      }),
  );
  return rows;
}

const none = 9;

function rankOf({ names, words }: Row, asked: string, language: Language): number {
  const own = names[language].toLowerCase();
  const other = names[language === "sv" ? "en" : "sv"].toLowerCase();
  if (own === asked) return 0;
  if (own.startsWith(asked)) return 1;
  if (words.includes(` ${asked} `)) return 2;
  if (` ${own}`.includes(` ${asked}`)) return 3;
  if (` ${other}`.includes(` ${asked}`)) return 4;
  return words.includes(` ${asked}`) ? 5 : none;
}

const usual = "😀 🙂 👍️ 👏 🙏 🎉 ✅️ 📅 📍 📞 📚️ 🏊️ 🏫 🚌 🚧 🌱 🌞 ⚽️ 🎵 🗳️".split(" ");

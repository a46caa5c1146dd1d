// Writes src/adapters/deck/compose/emoji.tsv from emojibase-data (MIT, https://emojibase.dev), unpacked in a folder:
//   npm pack emojibase-data@17.0.0 && tar xzf emojibase-data-17.0.0.tgz && node scripts/make-emoji.mjs package
// Each line, parted by tabs: the emoji, its name in Swedish and in English, and more words that it is found by, in both.
import { readFileSync, writeFileSync } from "node:fs";

const from = process.argv[2] ?? "package";
const read = (path) => JSON.parse(readFileSync(`${from}/${path}`, "utf8"));
const swedish = new Map(read("sv/data.json").map((one) => [one.hexcode, one]));
const rows = read("en/data.json")
  // Letters of flags and skin tones alone are building blocks, not something one writes.
  .filter((one) => one.group !== undefined && one.group !== 2)
  .toSorted((a, b) => a.order - b.order)
  .map((one) => {
    const own = swedish.get(one.hexcode);
    const words = new Set([...(own?.tags ?? []), ...(one.tags ?? [])].map((word) => word.toLowerCase()));
    return [one.emoji, own?.label ?? one.label, one.label, [...words].join(" ")];
  });
const target = new URL("../src/adapters/deck/compose/emoji.tsv", import.meta.url);
writeFileSync(target, rows.map((row) => `${row.join("\t")}\n`).join(""));
process.stdout.write(`${rows.length} emoji\n`);

export type DiffPart = { kind: "same" | "removed" | "added"; text: string };

/** Above this many differing words on either side the whole is shown as replaced: the table would grow too large. */
const mostWords = 1_500;

/** What was taken out and put in between two texts, word by word, in reading order. */
export function wordDiff(before: string, after: string): DiffPart[] {
  const [old, fresh] = [tokens(before), tokens(after)];
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start++;
  let end = 0;
  while (
    end < old.length - start &&
    end < fresh.length - start &&
    old[old.length - 1 - end] === fresh[fresh.length - 1 - end]
  )
    end++;
  const parts: DiffPart[] = [];
  add(parts, "same", old.slice(0, start));
  middle(parts, old.slice(start, old.length - end), fresh.slice(start, fresh.length - end));
  add(parts, "same", old.slice(old.length - end));
  return parts;
}

function middle(parts: DiffPart[], old: string[], fresh: string[]): void {
  if (old.length > mostWords || fresh.length > mostWords) {
    add(parts, "removed", old);
    add(parts, "added", fresh);
    return;
  }
  const common = commonLengths(old, fresh);
  const width = fresh.length + 1;
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  let i = 0;
  let j = 0;
  while (i < old.length || j < fresh.length) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      add(parts, "same", [old[i] ?? ""]);
      i++;
      j++;
    } else if (i < old.length && (j === fresh.length || at(i + 1, j) >= at(i, j + 1))) {
      add(parts, "removed", [old[i] ?? ""]);
      i++;
    } else {
      add(parts, "added", [fresh[j] ?? ""]);
      j++;
    }
  }
}

/** Lengths of the longest common run of words from each pair of places on. */
function commonLengths(old: string[], fresh: string[]): Uint16Array {
  const width = fresh.length + 1;
  const table = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = fresh.length - 1; j >= 0; j--)
      table[i * width + j] =
        old[i] === fresh[j]
          ? (table[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0);
  return table;
}

/** Words, the space between them, and other signs one by one. */
function tokens(text: string): string[] {
  return text.match(/\s+|[\p{L}\p{N}\p{M}]+|[^\s\p{L}\p{N}\p{M}]/gu) ?? [];
}

function add(parts: DiffPart[], kind: DiffPart["kind"], words: string[]): void {
  const text = words.join("");
  if (text === "") return;
  const last = parts.at(-1);
  if (last?.kind === kind) last.text += text;
  else parts.push({ kind, text });
}

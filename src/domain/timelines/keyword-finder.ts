/** Longer texts are searched as far as this. */
const longestText = 20_000;

/** Made ready to be searched: case, composition and blanks make no difference. */
export function searchable(texts: readonly (string | null | undefined)[]): string {
  return texts
    .filter((text) => text)
    .join("\n\n")
    .slice(0, longestText)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\S\n]+/gu, " ");
}

/**
 * Tells whether a keyword stands in a text that was made searchable. It is taken as it is written, never as a pattern.
 * Of a whole word, no letter or digit may stand beside what are letters or digits at its own ends: "#sol" is not met by
 * "#solen".
 */
export function keywordFinder({
  keyword,
  wholeWord,
}: {
  keyword: string;
  wholeWord: boolean;
}): (text: string) => boolean {
  const wanted = searchable([keyword]).trim();
  if (wanted === "") return () => false;
  if (!wholeWord) return (text) => text.includes(wanted);
  const begins = isWordlike(after(wanted, 0));
  const ends = isWordlike(before(wanted, wanted.length));
  return (text) => {
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
      const isCut =
        (begins && isWordlike(before(text, at))) || (ends && isWordlike(after(text, at + wanted.length)));
      if (!isCut) return true;
    }
    return false;
  };
}

function isWordlike(character: string): boolean {
  return /^[\p{L}\p{N}\p{M}_]/u.test(character);
}

/** The character that begins at a place, also one of two units; empty at the end. */
function after(text: string, at: number): string {
  return text.slice(at, at + (isHigh(text.charCodeAt(at)) ? 2 : 1));
}

function before(text: string, at: number): string {
  return at > 1 && isHigh(text.charCodeAt(at - 2))
    ? text.slice(at - 2, at)
    : text.slice(Math.max(0, at - 1), at);
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

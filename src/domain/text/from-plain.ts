import type { Block, Inline } from "./blocks.ts";
import { cleanText } from "./clean-text.ts";
import { type MentionResolver, recognise } from "./recognise.ts";

export type FromPlainOptions = { resolveMention?: MentionResolver };

/** A short post as typed: an empty line parts paragraphs, and no character has a meaning of its own. */
export function blocksFromPlain(text: string, options: FromPlainOptions = {}): Block[] {
  return cleanText(text)
    .split(/\n[^\S\n]*\n\s*/u)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => ({ kind: "paragraph", inlines: lines(part, options) }));
}

function lines(part: string, options: FromPlainOptions): Inline[] {
  return part.split("\n").flatMap((line, index): Inline[] => {
    const inlines = recognise(line.trim(), options.resolveMention);
    return index === 0 ? inlines : [{ kind: "break" }, ...inlines];
  });
}

import type { Inline } from "./blocks.ts";

/**
 * Inlines as a browser would show them: runs of white space are one, none stands beside a break or an edge,
 * and two breaks in a row part paragraphs. Gives the paragraphs that hold something.
 */
export function tidyInlines(inlines: readonly Inline[]): Inline[][] {
  const paragraphs: Inline[][] = [];
  let current: Inline[] = [];
  let breaks = 0;
  const flush = (): void => {
    trimEnd(current);
    if (current.length > 0) paragraphs.push(current);
    current = [];
  };
  for (const inline of collapsed(inlines)) {
    if (inline.kind === "break") {
      trimEnd(current);
      breaks += 1;
      continue;
    }
    // White space between breaks does not keep them apart.
    if (inline.kind === "text" && inline.text === " " && (breaks > 0 || current.length === 0)) continue;
    if (breaks > 1) flush();
    else if (breaks === 1 && current.length > 0) current.push({ kind: "break" });
    const atEdge = breaks > 0 || current.length === 0;
    current.push(atEdge && inline.kind === "text" ? { ...inline, text: inline.text.trimStart() } : inline);
    breaks = 0;
  }
  flush();
  return paragraphs;
}

function collapsed(inlines: readonly Inline[]): Inline[] {
  const out: Inline[] = [];
  let afterSpace = false;
  for (const inline of inlines) {
    if (inline.kind !== "text") {
      dropSign(out, inline);
      out.push(inline);
      afterSpace = inline.kind === "break";
      continue;
    }
    const single = inline.text.replace(/[ \t\n\f]+/gu, " ");
    const text = afterSpace ? single.replace(/^ /u, "") : single;
    if (text === "") continue;
    afterSpace = text.endsWith(" ");
    const last = out.at(-1);
    if (last?.kind === "text" && String(last.marks) === String(inline.marks)) last.text += text;
    else out.push({ ...inline, text });
  }
  return out;
}

/** Some peers put the @ or # before the link that we show with its own. */
function dropSign(before: Inline[], inline: Inline): void {
  const sign = inline.kind === "mention" ? "@" : inline.kind === "tag" ? "#" : undefined;
  const last = before.at(-1);
  if (sign === undefined || last?.kind !== "text" || !last.text.endsWith(sign)) return;
  last.text = last.text.slice(0, -1);
  if (last.text === "") before.pop();
}

function trimEnd(inlines: Inline[]): void {
  for (;;) {
    const last = inlines.at(-1);
    if (last?.kind === "break") inlines.pop();
    else if (last?.kind === "text" && last.text.trim() === "") inlines.pop();
    else {
      if (last?.kind === "text") last.text = last.text.trimEnd();
      return;
    }
  }
}

import { normalTag } from "./normal-tag.ts";

/** The body of a post: what every writer (Markdown, plain text, foreign HTML) becomes and every renderer starts from. */
export type Block =
  | { kind: "paragraph"; inlines: Inline[] }
  | { kind: "heading"; level: HeadingLevel; inlines: Inline[] }
  | { kind: "list"; ordered: boolean; start?: number; items: Block[][] }
  | { kind: "quote"; blocks: Block[] }
  | { kind: "code"; text: string; language?: string }
  | { kind: "image"; media: string | null; src?: string; alt: string }
  | { kind: "rule" };

/** The page's own title is level 1, so a body begins at 2. */
export type HeadingLevel = 2 | 3 | 4;

export type Inline =
  | { kind: "text"; text: string; marks?: Mark[] }
  | { kind: "link"; href: string; inlines: Inline[]; rel?: string }
  | { kind: "mention"; handle: string; href: string; account?: string }
  | { kind: "tag"; name: string; href?: string }
  | { kind: "break" };

export type Mark = "strong" | "em" | "code" | "strike";

export type Mention = Extract<Inline, { kind: "mention" }>;

/** Blocks apart by an empty line, breaks as line breaks: for e-mail, search and plain copies. */
export function plainText(blocks: readonly Block[]): string {
  return blocks
    .map(plainBlock)
    .filter((text) => text !== "")
    .join("\n\n");
}

/** One line of at most `max` UTF-16 units, cut between words and marked with an ellipsis. */
export function excerpt(blocks: readonly Block[], max: number): string {
  const line = plainText(blocks).replace(/\s+/gu, " ").trim();
  if (line.length <= max) return line;
  const room = wholeCharacters(line, max - 1);
  const space = room.lastIndexOf(" ");
  const cut = space > max / 2 ? room.slice(0, space) : room;
  return `${cut.replace(/[\s,.;:–-]+$/u, "")}…`;
}

/** Tag names as first written, once each whatever their case. */
export function collectTags(blocks: readonly Block[]): string[] {
  const found = new Map<string, string>();
  for (const inline of allInlines(blocks)) {
    if (inline.kind !== "tag") continue;
    const key = normalTag(inline.name);
    if (!found.has(key)) found.set(key, inline.name);
  }
  return [...found.values()];
}

/** Mentions in order, once for each handle. */
export function collectMentions(blocks: readonly Block[]): Mention[] {
  const found = new Map<string, Mention>();
  for (const inline of allInlines(blocks)) {
    if (inline.kind !== "mention") continue;
    const key = inline.handle.toLowerCase();
    if (!found.has(key)) found.set(key, inline);
  }
  return [...found.values()];
}

/** Addresses of ordinary links (mentions and tags are not links), once each. */
export function collectLinks(blocks: readonly Block[]): string[] {
  const found = new Set<string>();
  for (const inline of allInlines(blocks)) if (inline.kind === "link") found.add(inline.href);
  return [...found];
}

/** What one inline reads as, without its address. */
export function inlineText(inline: Inline): string {
  switch (inline.kind) {
    case "text":
      return inline.text;
    case "link":
      return inline.inlines.map(inlineText).join("");
    case "mention":
      return inline.handle;
    case "tag":
      return `#${inline.name}`;
    case "break":
      return "\n";
  }
}

function plainBlock(block: Block): string {
  switch (block.kind) {
    case "paragraph":
    case "heading":
      return block.inlines.map(inlineText).join("").trim();
    case "list":
      return block.items.map((item, index) => plainItem(block, item, index)).join("\n");
    case "quote":
      return plainText(block.blocks).replace(/^/gmu, "> ");
    case "code":
      return block.text;
    case "image":
      return block.alt;
    case "rule":
      return "";
  }
}

function plainItem(list: Extract<Block, { kind: "list" }>, item: Block[], index: number): string {
  const marker = list.ordered ? `${(list.start ?? 1) + index}.` : "•";
  return `${marker} ${item.map(plainBlock).join("\n").replaceAll("\n", "\n  ")}`;
}

function* allInlines(blocks: readonly Block[]): Generator<Inline> {
  for (const block of blocks) {
    if (block.kind === "paragraph" || block.kind === "heading") yield* withInner(block.inlines);
    else if (block.kind === "list") for (const item of block.items) yield* allInlines(item);
    else if (block.kind === "quote") yield* allInlines(block.blocks);
  }
}

function* withInner(inlines: readonly Inline[]): Generator<Inline> {
  for (const inline of inlines) {
    yield inline;
    if (inline.kind === "link") yield* withInner(inline.inlines);
  }
}

/** A cut inside an emoji or a letter with accents would leave half of it. */
function wholeCharacters(text: string, max: number): string {
  // Most text is plain at the cut, and to take it apart costs far more than this look.
  if (/^[\x20-\x7eÅÄÖåäöÉé]{2}$/.test(text.slice(max - 1, max + 1))) return text.slice(0, max);
  let end = 0;
  // A little beyond the cut is enough to see whether the last character is whole.
  for (const part of characters.segment(text.slice(0, max + 64))) {
    if (part.index + part.segment.length > max) break;
    end = part.index + part.segment.length;
  }
  return text.slice(0, end);
}

const characters = new Intl.Segmenter("sv", { granularity: "grapheme" });

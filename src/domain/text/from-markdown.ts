import MarkdownIt, { type Token } from "markdown-it";
import type { Block, HeadingLevel, Inline } from "./blocks.ts";
import { cleanText } from "./clean-text.ts";
import { inlinesFromTokens } from "./markdown-inlines.ts";
import type { MentionResolver } from "./recognise.ts";

export type FromMarkdownOptions = { resolveMention?: MentionResolver };

/** An article as typed, in CommonMark with strikethrough; HTML in it stays text. */
export function blocksFromMarkdown(source: string, options: FromMarkdownOptions = {}): Block[] {
  const reader: Reader = { tokens: markdown.parse(cleanText(source), {}), next: 0, options };
  return readUntil(reader, undefined);
}

type Reader = { tokens: Token[]; next: number; options: FromMarkdownOptions };

const markdown = new MarkdownIt({ html: false, linkify: true }).disable("table");
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
// A refused address would leave its brackets as text: let all through, blocks keep only the safe ones.
markdown.validateLink = () => true;

function readUntil(reader: Reader, close: string | undefined): Block[] {
  const blocks: Block[] = [];
  for (;;) {
    const token = reader.tokens[reader.next++];
    if (!token || token.type === close) return blocks;
    blocks.push(...readBlock(reader, token));
  }
}

function readBlock(reader: Reader, token: Token): Block[] {
  switch (token.type) {
    case "inline":
      return paragraphs(inlinesFromTokens(token.children ?? [], reader.options.resolveMention));
    case "heading_open":
      return heading(Number(token.tag.slice(1)), readUntil(reader, "heading_close"));
    case "bullet_list_open":
      return [{ kind: "list", ordered: false, items: readItems(reader, "bullet_list_close") }];
    case "ordered_list_open": {
      const start = Number(token.attrGet("start") ?? 1);
      const items = readItems(reader, "ordered_list_close");
      return [{ kind: "list", ordered: true, ...(start === 1 ? {} : { start }), items }];
    }
    case "blockquote_open":
      return [{ kind: "quote", blocks: readUntil(reader, "blockquote_close") }];
    case "fence":
    case "code_block": {
      const language = /^[\w+#.-]{1,32}/u.exec(token.info.trim())?.[0];
      return [{ kind: "code", text: token.content.replace(/\n$/u, ""), ...(language ? { language } : {}) }];
    }
    case "hr":
      return [{ kind: "rule" }];
    default:
      return [];
  }
}

function readItems(reader: Reader, close: string): Block[][] {
  const items: Block[][] = [];
  for (;;) {
    const token = reader.tokens[reader.next++];
    if (!token || token.type === close) return items;
    if (token.type === "list_item_open") items.push(readUntil(reader, "list_item_close"));
  }
}

/** The page's title is the only level 1, so `#` becomes 2; below 4 readers no longer see a difference. */
function heading(level: number, blocks: Block[]): Block[] {
  const demoted: HeadingLevel = level === 1 ? 2 : level === 2 ? 3 : 4;
  return blocks.map((block) =>
    block.kind === "paragraph" ? { kind: "heading", level: demoted, inlines: block.inlines } : block,
  );
}

/** An image is a block of its own: it parts the paragraph that it was typed in. */
function paragraphs(parts: readonly (Inline | Extract<Block, { kind: "image" }>)[]): Block[] {
  const blocks: Block[] = [];
  let run: Inline[] = [];
  const flush = (): void => {
    const inlines = trimmed(run);
    if (inlines.length > 0) blocks.push({ kind: "paragraph", inlines });
    run = [];
  };
  for (const part of parts) {
    if (part.kind !== "image") {
      run.push(part);
      continue;
    }
    flush();
    blocks.push(part);
  }
  flush();
  return blocks;
}

function trimmed(run: readonly Inline[]): Inline[] {
  const blank = (inline: Inline): boolean =>
    inline.kind === "break" || (inline.kind === "text" && inline.text.trim() === "");
  const first = run.findIndex((inline) => !blank(inline));
  return first === -1 ? [] : run.slice(first, run.findLastIndex((inline) => !blank(inline)) + 1);
}

import type { Block, HeadingLevel } from "./blocks.ts";
import { cleanText } from "./clean-text.ts";
import { type InlineContext, inlinesFromNodes, type KnownMention, type KnownTag } from "./html-inlines.ts";
import { type HtmlElement, type HtmlNode, htmlTree } from "./html-tree.ts";
import { safeHref } from "./safe-href.ts";
import { tidyInlines } from "./tidy-inlines.ts";

/** The tags and mentions that the foreign post names beside its HTML; they say which links are which. */
export type FromHtmlOptions = { tags?: readonly KnownTag[]; mentions?: readonly KnownMention[] };

/** HTML from outside to our blocks. What is not known becomes its text; nothing is loaded from elsewhere. */
export function blocksFromHtml(html: string, options: FromHtmlOptions = {}): Block[] {
  const root = htmlTree(html);
  const context: Context = {
    inline: { tags: known(options.tags), mentions: known(options.mentions), marks: [], preserve: false },
    demote: contains(root, (name) => name === "h1") ? 1 : 0,
  };
  return blocksOf(root.children, context);
}

type Context = { inline: InlineContext; demote: 0 | 1 };

function known<Item extends { href: string }>(items: readonly Item[] = []): Item[] {
  return items.slice(0, 1000).map((item) => ({ ...item, href: safeHref(item.href) ?? item.href }));
}

function blocksOf(nodes: readonly HtmlNode[], context: Context): Block[] {
  const blocks: Block[] = [];
  let run: HtmlNode[] = [];
  const flush = (): void => {
    for (const inlines of tidyInlines(inlinesFromNodes(run, context.inline))) {
      blocks.push({ kind: "paragraph", inlines });
    }
    run = [];
  };
  for (const node of nodes) {
    if (!isBlock(node)) {
      run.push(node);
      continue;
    }
    flush();
    for (const block of blockOf(node, context)) blocks.push(block);
  }
  flush();
  return blocks;
}

function blockOf(element: HtmlElement, context: Context): Block[] {
  const { name, children } = element;
  if (HEADING.test(name)) return heading(element, context);
  switch (name) {
    case "ul":
    case "ol":
    case "menu":
      return list(element, context);
    case "blockquote": {
      const blocks = blocksOf(children, context);
      return blocks.length > 0 ? [{ kind: "quote", blocks }] : [];
    }
    case "pre":
      return code(element);
    case "hr":
      return [{ kind: "rule" }];
    default:
      return blocksOf(children, context);
  }
}

function heading(element: HtmlElement, context: Context): Block[] {
  const level = Math.min(4, Math.max(2, Number(element.name[1]) + context.demote)) as HeadingLevel;
  const inlines = tidyInlines(inlinesFromNodes(element.children, context.inline)).flat();
  return inlines.length > 0 ? [{ kind: "heading", level, inlines }] : [];
}

function list(element: HtmlElement, context: Context): Block[] {
  const items: Block[][] = [];
  let stray: HtmlNode[] = [];
  const flush = (): void => {
    const item = blocksOf(stray, context);
    if (item.length > 0) items.push(item);
    stray = [];
  };
  for (const node of element.children) {
    if (typeof node === "string" || node.name !== "li") {
      stray.push(node);
      continue;
    }
    flush();
    const item = blocksOf(node.children, context);
    if (item.length > 0) items.push(item);
  }
  flush();
  if (items.length === 0) return [];
  const ordered = element.name === "ol";
  const start = ordered ? Number.parseInt(element.attributes["start"] ?? "1", 10) : 1;
  const other = Number.isSafeInteger(start) && start !== 1 && Math.abs(start) < 1_000_000;
  return [{ kind: "list", ordered, ...(other ? { start } : {}), items }];
}

function code(element: HtmlElement): Block[] {
  const text = cleanText(rawText(element)).replace(/^\n|\n$/gu, "");
  if (text.trim() === "") return [];
  const inner = element.children.find((node) => typeof node !== "string" && node.name === "code");
  const named = [inner, element]
    .map((node) => (node && typeof node !== "string" ? node.attributes["class"] : undefined))
    .find((value) => value !== undefined);
  const language = /(?:^|\s)(?:language|lang)-([\w+#.-]{1,32})(?:\s|$)/u.exec(named ?? "")?.[1];
  return [{ kind: "code", text, ...(language ? { language } : {}) }];
}

function rawText(node: HtmlNode): string {
  if (typeof node === "string") return node;
  return node.name === "br" ? "\n" : node.children.map(rawText).join("");
}

/** A link is inline whatever it holds; any other element is what its contents are. */
function isBlock(node: HtmlNode): node is HtmlElement {
  if (typeof node === "string" || node.name === "a") return false;
  return BLOCKS.has(node.name) || contains(node, (name) => BLOCKS.has(name));
}

function contains(element: HtmlElement, wanted: (name: string) => boolean): boolean {
  return element.children.some(
    (node) =>
      typeof node !== "string" && (wanted(node.name) || (node.name !== "a" && contains(node, wanted))),
  );
}

const HEADING = /^h[1-6]$/u;
const BLOCKS = new Set(
  (
    "p div section article aside main header footer nav address figure figcaption details summary body html form " +
    "fieldset dl dt dd table caption thead tbody tfoot tr ul ol menu li blockquote pre hr h1 h2 h3 h4 h5 h6 center"
  ).split(" "),
);

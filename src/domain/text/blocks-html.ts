import { attributes, escape } from "#platform/html.ts";
import type { Block, Inline, Mark } from "./blocks.ts";
import { safeHref } from "./safe-href.ts";

type LinkInline = Extract<Inline, { kind: "link" }>;
type Of<Kind extends Inline["kind"]> = Extract<Inline, { kind: Kind }>;

/** What differs between the HTML of our pages and the HTML that peers get. Addresses given are checked here. */
export type InlineRenderer = {
  link(link: LinkInline, inner: string): string;
  mention(mention: Of<"mention">): string;
  tag(tag: Of<"tag">): string;
  image(image: Extract<Block, { kind: "image" }>): string;
};

/** Blocks as HTML; every text and attribute escaped. */
export function blocksHtml(blocks: readonly Block[], render: InlineRenderer): string {
  return blocks.map((block) => blockHtml(block, render)).join("");
}

/** A link, or only its contents when the address is not one that may be followed. */
export function anchor(
  href: string,
  inner: string,
  extra: Readonly<Record<string, string | undefined>> = {},
): string {
  const safe = safeHref(href, "web-and-mail");
  return safe === undefined ? inner : `<a${attributes({ href: safe, ...extra }).text}>${inner}</a>`;
}

function blockHtml(block: Block, render: InlineRenderer): string {
  switch (block.kind) {
    case "paragraph":
      return `<p>${inlinesHtml(block.inlines, render)}</p>`;
    case "heading": {
      const level = Math.min(4, Math.max(2, block.level));
      return `<h${level}>${inlinesHtml(block.inlines, render)}</h${level}>`;
    }
    case "list": {
      const items = block.items.map((item) => `<li>${itemHtml(item, render)}</li>`).join("");
      if (!block.ordered) return `<ul>${items}</ul>`;
      return `<ol${attributes({ start: block.start }).text}>${items}</ol>`;
    }
    case "quote":
      return `<blockquote>${blocksHtml(block.blocks, render)}</blockquote>`;
    case "code": {
      const language = block.language === undefined ? undefined : `language-${block.language}`;
      return `<pre><code${attributes({ class: language }).text}>${escape(block.text)}</code></pre>`;
    }
    case "image":
      return render.image(block);
    case "rule":
      return "<hr>";
  }
}

/** An item of one paragraph, perhaps with a list beneath, reads better without the paragraph. */
function itemHtml(item: readonly Block[], render: InlineRenderer): string {
  const [first, ...rest] = item;
  if (first?.kind === "paragraph" && rest.every((block) => block.kind === "list")) {
    return inlinesHtml(first.inlines, render) + blocksHtml(rest, render);
  }
  return blocksHtml(item, render);
}

/** Text beside text with the same marks shares their elements. */
function inlinesHtml(inlines: readonly Inline[], render: InlineRenderer): string {
  let html = "";
  let open: readonly string[] = [];
  const change = (marks: readonly string[]): void => {
    const differs = marks.findIndex((mark, index) => mark !== open[index]);
    const shared = differs === -1 ? Math.min(marks.length, open.length) : differs;
    for (const name of open.slice(shared).toReversed()) html += `</${name}>`;
    for (const name of marks.slice(shared)) html += `<${name}>`;
    open = marks;
  };
  for (const inline of inlines) {
    change(inline.kind === "text" ? (inline.marks ?? []).flatMap((mark) => ELEMENTS[mark] ?? []) : []);
    html += inlineHtml(inline, render);
  }
  change([]);
  return html;
}

function inlineHtml(inline: Inline, render: InlineRenderer): string {
  switch (inline.kind) {
    case "text":
      return escape(inline.text);
    case "link":
      return render.link(inline, inlinesHtml(inline.inlines, render));
    case "mention":
      return render.mention(inline);
    case "tag":
      return render.tag(inline);
    case "break":
      return "<br>";
  }
}

// Stored bodies are JSON: a mark of a later version must not break an earlier one.
const ELEMENTS: Partial<Record<Mark, string>> = { strong: "strong", em: "em", code: "code", strike: "s" };

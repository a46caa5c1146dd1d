import type { Block, Inline } from "./blocks.ts";

/** The same body with addresses from the root made whole, since elsewhere they lead nowhere. */
export function absoluteBlocks(blocks: readonly Block[], origin: string): Block[] {
  return blocks.map((block): Block => {
    switch (block.kind) {
      case "paragraph":
      case "heading":
        return { ...block, inlines: absoluteInlines(block.inlines, origin) };
      case "list":
        return { ...block, items: block.items.map((item) => absoluteBlocks(item, origin)) };
      case "quote":
        return { ...block, blocks: absoluteBlocks(block.blocks, origin) };
      case "code":
      case "image":
      case "rule":
        return block;
    }
  });
}

function absoluteInlines(inlines: readonly Inline[], origin: string): Inline[] {
  return inlines.map((inline): Inline => {
    if (inline.kind === "mention") return { ...inline, href: absolute(inline.href, origin) };
    if (inline.kind === "link")
      return {
        ...inline,
        href: absolute(inline.href, origin),
        inlines: absoluteInlines(inline.inlines, origin),
      };
    return inline;
  });
}

function absolute(href: string, origin: string): string {
  return href.startsWith("/") && !href.startsWith("//") ? origin + href : href;
}

import { type Inline, inlineText, type Mark } from "./blocks.ts";
import { cleanText } from "./clean-text.ts";
import { classes, type HtmlElement, type HtmlNode } from "./html-tree.ts";
import { isTagName } from "./recognise.ts";
import { safeHref } from "./safe-href.ts";

export type KnownTag = { name: string; href: string };

/** `name` as the peer wrote it: `@user@host` or `@user`. */
export type KnownMention = { name: string; href: string; account?: string };

export type InlineContext = {
  tags: readonly KnownTag[];
  mentions: readonly KnownMention[];
  marks: readonly Mark[];
  preserve: boolean;
  /** Set inside a link, where another link is text. */
  linked?: boolean;
};

/** Foreign inline HTML as inlines, white space as it came: `tidyInlines` makes it as shown. */
export function inlinesFromNodes(nodes: readonly HtmlNode[], context: InlineContext): Inline[] {
  return nodes.flatMap((node) => (typeof node === "string" ? text(node, context) : element(node, context)));
}

function text(source: string, { marks }: InlineContext): Inline[] {
  const clean = cleanText(source);
  if (clean === "") return [];
  return [{ kind: "text", text: clean, ...(marks.length > 0 ? { marks: [...marks] } : {}) }];
}

function element(node: HtmlElement, context: InlineContext): Inline[] {
  const { name, attributes, children } = node;
  const mark = MARKS.get(name);
  if (mark) {
    const marks = context.marks.includes(mark) ? context.marks : [...context.marks, mark];
    return inlinesFromNodes(children, { ...context, marks });
  }
  if (name === "br") return [{ kind: "break" }];
  if (name === "img") return image(node, context);
  if (name === "a") return link(node, context);
  if (PARTED.has(name)) return [...text(" ", context), ...inlinesFromNodes(children, context)];
  const has = classes(attributes);
  // Mastodon hides the start and the end of a long address; what is shown ends in an ellipsis.
  if (has.has("invisible")) return [];
  const inlines = inlinesFromNodes(children, context);
  return has.has("ellipsis") ? [...inlines, ...text("…", context)] : inlines;
}

/** Never shown: a reader's browser asks nothing of another host. */
function image({ attributes }: HtmlElement, context: InlineContext): Inline[] {
  const alt = (attributes["alt"] ?? attributes["title"] ?? "").trim();
  const href = safeHref(attributes["src"] ?? "");
  const emoji = classes(attributes).has("emoji") || classes(attributes).has("custom-emoji");
  if (!href || emoji || context.linked) return text(alt, context);
  return [{ kind: "link", href, inlines: text(alt || href, context) }];
}

function link(node: HtmlElement, context: InlineContext): Inline[] {
  const inlines = inlinesFromNodes(node.children, { ...context, linked: true });
  const href = safeHref(node.attributes["href"] ?? "");
  if (!href || context.linked) return inlines;
  const shown = inlines.map(inlineText).join("").trim();
  return (
    tag(node, href, shown, context) ??
    mention(node, href, shown, context) ?? [
      { kind: "link", href, inlines: shown === "" ? text(href, context) : inlines },
    ]
  );
}

function tag(
  { attributes }: HtmlElement,
  href: string,
  shown: string,
  { tags }: InlineContext,
): Inline[] | undefined {
  const name = shown.replace(/^#/u, "");
  const hashtag = classes(attributes).has("hashtag");
  // Some peers leave the # before the link, where tidyInlines takes it away.
  if ((name === shown && !hashtag) || !isTagName(name)) return undefined;
  const named = tags.some((known) => known.href === href || sameName(known.name.replace(/^#/u, ""), name));
  const marked = hashtag || /(?:^|\s)tag(?:\s|$)/iu.test(attributes["rel"] ?? "");
  return named || marked ? [{ kind: "tag", name, href }] : undefined;
}

/** The list may give the actor's id where the link gives the page, so a name on the same host counts too. */
function mention(
  { attributes }: HtmlElement,
  href: string,
  shown: string,
  { mentions }: InlineContext,
): Inline[] | undefined {
  const { user, host } = HANDLE.exec(shown)?.groups ?? {};
  if (user === undefined) return undefined;
  const named =
    mentions.find((known) => known.href === href) ??
    mentions.find((known) => {
      const parts = HANDLE.exec(known.name)?.groups;
      const at = host ?? URL.parse(href)?.host;
      return sameName(parts?.["user"], user) && (parts?.["host"] ?? URL.parse(known.href)?.host) === at;
    });
  if (!named && !classes(attributes).has("mention")) return undefined;
  const parts = HANDLE.exec(named?.name ?? "")?.groups;
  const handle = `@${parts?.["user"] ?? user}@${parts?.["host"] ?? host ?? URL.parse(href)?.host}`;
  const account = named?.account === undefined ? {} : { account: named.account };
  return [{ kind: "mention", handle, href, ...account }];
}

function sameName(one: string | undefined, other: string): boolean {
  return one?.normalize("NFC").toLowerCase() === other.normalize("NFC").toLowerCase();
}

const HANDLE =
  /^@?(?<user>[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,62}[A-Za-z0-9_])?)(?:@(?<host>[\p{L}\p{N}.-]+(?::\d{1,5})?))?$/u;

const MARKS = new Map<string, Mark>([
  ["b", "strong"],
  ["strong", "strong"],
  ["i", "em"],
  ["em", "em"],
  ["cite", "em"],
  ["code", "code"],
  ["tt", "code"],
  ["kbd", "code"],
  ["samp", "code"],
  ["s", "strike"],
  ["del", "strike"],
  ["strike", "strike"],
]);

/** Cells and blocks met inside a line are parted by a space. */
const PARTED = new Set("td th p div li tr h1 h2 h3 h4 h5 h6 blockquote pre".split(" "));

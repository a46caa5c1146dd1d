import { Parser } from "htmlparser2";

export type HtmlElement = { name: string; attributes: Record<string, string>; children: HtmlNode[] };
export type HtmlNode = string | HtmlElement;

/**
 * Foreign HTML as a small tree: at most 50 deep (what is deeper joins its ancestor), 5,000 nodes and
 * 200,000 characters; the rest is left out. Never throws. Text is not cleaned yet: a character may arrive in halves.
 */
export function htmlTree(html: string): HtmlElement {
  const root: HtmlElement = { name: "", attributes: {}, children: [] };
  const open: HtmlElement[] = [root];
  let dropped = 0;
  let nodes = 0;
  let opened = 0;
  let characters = 0;

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        opened += 1;
        if (dropped > 0 || DROPPED.has(name) || classes(attributes).has("quote-inline")) {
          dropped += 1;
          return;
        }
        const parent = open.at(-1) ?? root;
        const element: HtmlElement = { name, attributes, children: [] };
        const flat = open.length > MAX_DEPTH && !LEAVES.has(name);
        if (!flat && nodes++ < MAX_NODES) parent.children.push(element);
        open.push(flat ? parent : element);
      },
      onclosetag() {
        if (dropped > 0) dropped -= 1;
        else if (open.length > 1) open.pop();
      },
      ontext(data) {
        if (dropped > 0 || characters >= MAX_CHARACTERS) return;
        const text = data.slice(0, MAX_CHARACTERS - characters);
        characters += text.length;
        const children = (open.at(-1) ?? root).children;
        const last = children.length - 1;
        const before = children[last];
        if (typeof before === "string") children[last] = before + text;
        else if (nodes++ < MAX_NODES) children.push(text);
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );

  // In slices, so that a flood stops being parsed as soon as the bounds are reached.
  for (let at = 0; at < Math.min(html.length, MAX_SOURCE); at += SLICE) {
    parser.write(html.slice(at, at + SLICE));
    if (nodes >= MAX_NODES || characters >= MAX_CHARACTERS) break;
    if (opened >= MAX_OPENED || open.length + dropped >= MAX_OPEN) break;
  }
  parser.end();
  return root;
}

export function classes(attributes: Record<string, string>): Set<string> {
  return new Set((attributes["class"] ?? "").split(/\s+/u));
}

const MAX_DEPTH = 50;
const MAX_NODES = 5000;
const MAX_CHARACTERS = 200_000;
const MAX_SOURCE = 500_000;
const SLICE = 2048;
// The parser's own cost grows with what stands open, so deeper than this nothing more is read.
const MAX_OPEN = 1000;
const MAX_OPENED = 20_000;

const LEAVES = new Set(["br", "img", "hr"]);
const DROPPED = new Set(
  "script style iframe svg math template noscript object embed applet frame frameset noframes noembed head title".split(
    " ",
  ),
);

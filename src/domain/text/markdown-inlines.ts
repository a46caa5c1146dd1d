import type { Token } from "markdown-it";
import type { Block, Inline, Mark } from "./blocks.ts";
import { type MentionResolver, recognise } from "./recognise.ts";
import { safeHref } from "./safe-href.ts";

type Part = Inline | Extract<Block, { kind: "image" }>;

/** Markdown's inline tokens; an image of ours comes out between inlines, for the caller to lift out. */
export function inlinesFromTokens(tokens: readonly Token[], resolveMention?: MentionResolver): Part[] {
  const state: State = { out: [], marks: [], link: undefined, resolveMention };
  for (const token of tokens) readToken(state, token);
  closeLink(state);
  return state.out;
}

type State = {
  out: Part[];
  marks: Mark[];
  link: { href: string | undefined; inlines: Inline[] } | undefined;
  resolveMention: MentionResolver | undefined;
};

function readToken(state: State, token: Token): void {
  const mark = MARKS[token.tag];
  if (mark && token.nesting === 1) state.marks.push(mark);
  else if (mark && token.nesting === -1) state.marks.splice(state.marks.lastIndexOf(mark), 1);
  else if (token.type === "text" || token.type === "softbreak") {
    addText(state, token.type === "softbreak" ? " " : token.content);
  } else if (token.type === "code_inline") add(state, withMarks(token.content, [...state.marks, "code"]));
  else if (token.type === "hardbreak") add(state, { kind: "break" });
  else if (token.type === "link_open") {
    state.link = { href: safeHref(String(token.attrGet("href") ?? ""), "web-and-mail"), inlines: [] };
  } else if (token.type === "link_close") closeLink(state);
  else if (token.type === "image") addImage(state, token);
}

function addText(state: State, text: string): void {
  if (text === "") return;
  const inlines = state.link?.href === undefined ? recognise(text, state.resolveMention) : [];
  if (inlines.length === 0) add(state, withMarks(text, state.marks));
  for (const inline of inlines) {
    add(state, inline.kind === "text" ? withMarks(inline.text, state.marks) : inline);
  }
}

function add(state: State, inline: Inline): void {
  const to: Part[] = state.link?.inlines ?? state.out;
  const last = to.at(-1);
  if (inline.kind === "text" && last?.kind === "text" && sameMarks(last.marks, inline.marks)) {
    last.text += inline.text;
  } else to.push(inline);
}

function closeLink(state: State): void {
  const { link } = state;
  state.link = undefined;
  if (!link) return;
  if (link.href === undefined) for (const inline of link.inlines) add(state, inline);
  else if (link.inlines.length > 0) state.out.push({ kind: "link", href: link.href, inlines: link.inlines });
}

/** Only our own media are shown: any other image would have a reader's browser ask another host. */
function addImage(state: State, token: Token): void {
  const src = String(token.attrGet("src") ?? "");
  const alt = token.content;
  const media = /^media:([A-Za-z0-9_-]{1,64})$/u.exec(src)?.[1];
  if (media !== undefined) {
    closeLinkAround(state);
    state.out.push({ kind: "image", media, alt });
    return;
  }
  const href = safeHref(src);
  const text: Inline = { kind: "text", text: alt || (href ?? "") };
  if (text.text === "") return;
  add(state, href && !state.link ? { kind: "link", href, inlines: [text] } : text);
}

/** A linked image: the link keeps what text it has, the image stands by itself. */
function closeLinkAround(state: State): void {
  const href = state.link?.href;
  const open = state.link !== undefined;
  closeLink(state);
  if (open) state.link = { href, inlines: [] };
}

function withMarks(text: string, marks: readonly Mark[]): Inline {
  return marks.length === 0 ? { kind: "text", text } : { kind: "text", text, marks: [...new Set(marks)] };
}

function sameMarks(one: readonly Mark[] = [], other: readonly Mark[] = []): boolean {
  return one.length === other.length && one.every((mark, index) => mark === other[index]);
}

const MARKS: Record<string, Mark> = { strong: "strong", em: "em", s: "strike" };

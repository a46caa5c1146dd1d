import type { Block } from "#domain/text/blocks.ts";
import { blocksFromHtml } from "#domain/text/from-html.ts";
import { blocksFromMarkdown } from "#domain/text/from-markdown.ts";
import { blocksFromPlain } from "#domain/text/from-plain.ts";
import { safeHref } from "#domain/text/safe-href.ts";
import { linksOf, objectOf, objectsOf, stringOf, typeOf, uriOf, type Json } from "./as2.ts";
import { pageOf, pictureOf } from "./read-actor.ts";
import { lineOf } from "./text-from-outside.ts";

/** What is said, in one language, as received and as blocks. */
export type Content = { source: string; blocks: Block[]; language: string | null };

/** In characters of markup. What is longer is cut here and whole at its original; a thread shows a thousand of them. */
const longest = { note: 50_000, article: 200_000 };
const mostPictures = 16;

export function readContent(json: Json, accountOf: (uri: string) => string | undefined): Content {
  const { text, language } = chooseText(json);
  const most = longest[["Article", "Page"].includes(typeOf(json) ?? "") ? "article" : "note"];
  const source = text.slice(0, most).replaceAll("\0", "");
  return { source, language, blocks: toBlocks(json, source, accountOf) };
}

function toBlocks(json: Json, source: string, accountOf: (uri: string) => string | undefined): Block[] {
  const type = (stringOf(json["mediaType"]) ?? "text/html").split(";")[0]?.trim();
  if (type === "text/markdown") return blocksFromMarkdown(source);
  if (type === "text/plain") return blocksFromPlain(source);
  const named = objectsOf(json["tag"]).flatMap((tag) => {
    const href = uriOf(tag["href"]);
    const name = lineOf(tag["name"], 300);
    return href && name ? [{ type: typeOf(tag), href, name }] : [];
  });
  return blocksFromHtml(source, {
    tags: named.filter((tag) => tag.type === "Hashtag"),
    mentions: named
      .filter((tag) => tag.type === "Mention")
      .map(({ name, href }) => ({ name, href, account: accountOf(href) })),
  });
}

/** `content` is in the language under which contentMap repeats it; a map alone gives its first. */
function chooseText(json: Json): { text: string; language: string | null } {
  const versions = Object.entries(objectOf(json["contentMap"]) ?? {}).filter(
    (pair): pair is [string, string] => typeof pair[1] === "string",
  );
  const content = stringOf(json["content"]);
  const match =
    versions.find(([, text]) => text === content) ??
    (versions.length === 1 || content === undefined ? versions[0] : undefined);
  return {
    text: content ?? match?.[1] ?? "",
    language: languageOf(match?.[0] ?? stringOf(json["language"]) ?? languageObject(json)),
  };
}

/** PeerTube and Lemmy say { identifier, name }. */
function languageObject(json: Json): string | undefined {
  return stringOf(objectOf(json["language"])?.["identifier"]);
}

function languageOf(text: string | undefined): string | null {
  const language = text?.trim().replaceAll("_", "-");
  return language && language !== "und" && /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i.test(language)
    ? language
    : null;
}

/** Pictures to be shown with it, and links to whatever else is attached, so that nothing goes missing unsaid. */
export function readAttachments(json: Json): { pictures: { url: string; alt: string }[]; others: Block[] } {
  const pictures: { url: string; alt: string }[] = [];
  const others: Block[] = [];
  for (const attachment of objectsOf(json["attachment"]).slice(0, 32)) {
    const alt = lineOf(attachment["name"], 1500) ?? lineOf(attachment["summary"], 1500) ?? "";
    const href = pictureOf(attachment) ?? undefined;
    if (!href) continue;
    const mediaType = stringOf(attachment["mediaType"]) ?? linksOf(attachment["url"])[0]?.mediaType ?? "";
    const type = typeOf(attachment);
    if (mediaType.startsWith("image/") || (type === "Image" && mediaType === "")) {
      if (pictures.length < mostPictures && !pictures.some((one) => one.url === href))
        pictures.push({ url: href, alt });
    } else others.push(linkBlock(href, alt || href));
  }
  const cover = pictureOf(json["image"]);
  if (pictures.length === 0 && cover)
    pictures.push({ url: cover, alt: lineOf(objectOf(json["image"])?.["name"], 1500) ?? "" });
  return { pictures, others };
}

/** The choices of a question: shown, voted on where it was asked. */
export function readChoices(json: Json): Block[] {
  const choices = objectsOf(json["oneOf"] ?? json["anyOf"])
    .slice(0, 20)
    .flatMap((choice) => lineOf(choice["name"], 200) ?? []);
  if (choices.length === 0) return [];
  const list: Block = {
    kind: "list",
    ordered: false,
    items: choices.map((text): Block[] => [{ kind: "paragraph", inlines: [{ kind: "text", text }] }]),
  };
  return [list, ...originalOf(json)];
}

/** A link to the original, named as the original is. */
export function originalOf(json: Json, name?: string): Block[] {
  const href = pageOf(json["url"]) ?? safeHref(uriOf(json["id"]) ?? "");
  return href ? [linkBlock(href, name ?? href)] : [];
}

function linkBlock(href: string, text: string): Block {
  return { kind: "paragraph", inlines: [{ kind: "link", href, inlines: [{ kind: "text", text }] }] };
}

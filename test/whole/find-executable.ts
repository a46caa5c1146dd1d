import { Parser } from "htmlparser2";

const forbidden = new Set([
  "iframe",
  "object",
  "embed",
  "base",
  "style",
  "math",
  "frame",
  "frameset",
  "applet",
  "animate",
  "foreignobject",
  "turbo-stream",
  "turbo-frame",
  "portal",
]);
/** Where words of others may stand as they are: a browser does nothing with them but show or say them. */
const plain = new Set(["title", "alt", "aria-label", "content", "value", "datetime"]);

/** What of a page could act by itself, or lead to what does: empty is good. `owned` marks what came from outside. */
export function findExecutable(markup: string): string[] {
  const found: string[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      if (forbidden.has(name)) found.push(`<${name}>`);
      if (name === "script" && !/^\/assets\/[\w-]+\.js$/.test(attributes["src"] ?? ""))
        found.push("<script> not of ours");
      if (name === "meta" && attributes["http-equiv"] !== undefined) found.push("<meta http-equiv>");
      if (
        name === "form" &&
        attributes["method"] !== "dialog" &&
        !/^\/(?!\/)/.test(attributes["action"] ?? "")
      )
        found.push(`<form action="${attributes["action"]}">`);
      for (const [attribute, value] of Object.entries(attributes)) {
        const said = `<${name} ${attribute}="${value}">`;
        if (/^on|^srcdoc$|^style$|^is$|^ping$/.test(attribute)) found.push(said);
        // Only our own composer sends one form to several places.
        else if (attribute === "formaction") {
          if (!/^(\/en)?\/deck\/compose[/?\w=&]*$/.test(value)) found.push(said);
        } else if (/^(href|src|action|poster|cite|data|xlink:href)$/.test(attribute) && !isHarmless(value))
          found.push(said);
        else if (/owned/.test(value) && !plain.has(attribute) && !/^(https?:\/\/|\/|mailto:)/.test(value))
          found.push(said);
      }
    },
  });
  parser.write(markup);
  parser.end();
  return found;
}

/** The HTML within a feed, which readers show by themselves. */
export function htmlWithinFeed(feed: string, type: string): string[] {
  if (type.includes("json")) {
    const items = (JSON.parse(feed) as { items: { content_html?: string }[] }).items;
    return items.map((item) => item.content_html ?? "");
  }
  const texts: string[] = [];
  let inside = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        // Elsewhere in Atom words are words: https://www.rfc-editor.org/rfc/rfc4287#section-3.1
        inside = attributes["type"] === "html" || name === "description" || name === "content:encoded";
        if (inside) texts.push("");
      },
      ontext: (text) => void (inside && texts.push((texts.pop() ?? "") + text)),
      onclosetag: () => void (inside = false),
    },
    { xmlMode: true },
  );
  parser.write(feed);
  parser.end();
  return texts;
}

function isHarmless(address: string): boolean {
  // What a browser leaves out before it reads the scheme.
  const read = address.replaceAll(/[\0- ]/g, "").toLowerCase();
  return (
    /^(https?:|mailto:|tel:|data:image\/(png|webp|svg\+xml)|[/#?]|[\w.-]*$)/.test(read) &&
    !read.startsWith("//")
  );
}

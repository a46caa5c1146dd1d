import type { Handler } from "hono";
import type { Env } from "#context.ts";
import { html, raw } from "#platform/html.ts";
import { webWords } from "./words.ts";

/** Lets a browser search here from its address field: https://github.com/dewitt/opensearch */
export function openSearch(): Handler<Env> {
  return (c) => {
    const { authority, origin } = c.get("site");
    const words = webWords[c.get("language")].search;
    const description = html`${raw('<?xml version="1.0" encoding="UTF-8"?>\n')}<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/"><ShortName>${authority.name.slice(0, 16)}</ShortName><Description>${words.label}</Description><InputEncoding>UTF-8</InputEncoding><Image type="image/svg+xml">${origin}/favicon.svg</Image><Url type="text/html" template="${origin}/search?q={searchTerms}"/></OpenSearchDescription>`;
    return c.body(description.text, 200, {
      "content-type": "application/opensearchdescription+xml; charset=utf-8",
    });
  };
}

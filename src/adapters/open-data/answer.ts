import { createHash } from "node:crypto";
import type { Context } from "hono";
import { accepts } from "hono/accepts";
import type { Env } from "#context.ts";
import { openUrl } from "./address.ts";
import { type Columns, csvType, toCsv } from "./csv.ts";
import { link, openLinks } from "./links.ts";
import type { SchemaName } from "./schemas/all.ts";

/** An answer as JSON, and as a table where it has rows. */
export type Answer<Row> = {
  json: object;
  schema: SchemaName;
  table?: { name: string; columns: Columns<Row>; rows: readonly Row[] };
  /** Where the list goes on. */
  next?: string | undefined;
};

const json = "application/json";

/** Sends what was asked for in the form that was asked for. */
export function answer<Row>(
  c: Context<Env>,
  format: "json" | "csv" | undefined,
  { json: value, schema, table, next }: Answer<Row>,
): Response {
  const site = c.get("site");
  const links = [
    ...(next ? [link(next, "next")] : []),
    link(openUrl(site, `/schemas/${schema}.json`), "describedby"),
  ];
  const asked =
    format ??
    (accepts(c, { header: "Accept", supports: [json, "text/csv"], default: json }) === json ? "json" : "csv");
  if (asked === "json" || !table) return send(c, JSON.stringify(value), json, links);
  return send(c, toCsv(table.columns, table.rows), csvType, links, {
    "content-disposition": `inline; filename="${table.name}.csv"`,
  });
}

/**
 * Sends bytes with their tag, or says that they are still the same. There is no Last-Modified: an author's name or a
 * removed neighbour changes an answer as well, at a time that none of its parts tells.
 */
export function send(
  c: Context<Env>,
  body: string,
  type: string,
  links: readonly string[] = [],
  more: Record<string, string> = {},
): Response {
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  const headers = {
    etag,
    "cache-control": "public, max-age=60",
    vary: "accept",
    link: [...links, ...openLinks(c.get("site"))].join(", "),
  };
  if (isKnown(c.req.header("if-none-match"), etag)) return c.body(null, 304, headers);
  return c.body(body, 200, { ...headers, "content-type": type, ...more });
}

/** Compared weakly, as RFC 9110 asks: a proxy that compresses marks our tag as weak. */
function isKnown(asked: string | undefined, etag: string): boolean {
  if (asked === undefined) return false;
  return asked.trim() === "*" || asked.split(",").some((one) => one.trim().replace(/^W\//, "") === etag);
}

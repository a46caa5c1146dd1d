import type { Handler } from "hono";
import type { Env, Site } from "#context.ts";
import { openUrl } from "../address.ts";
import { send } from "../answer.ts";
import { unknown } from "../frame.ts";
import { isSchemaName, schemas, type SchemaName } from "./all.ts";
import type { Schema } from "./schema.ts";

/** A schema that stands by itself: its references lead to its neighbours here. */
function schemaDocument(site: Site, name: SchemaName): Schema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: openUrl(site, `/schemas/${name}.json`),
    title: name,
    ...schemas[name],
  };
}

export function schemaFile(): Handler<Env> {
  return (c) => {
    const name = (c.req.param("file") ?? "").replace(/\.json$/, "");
    if (!isSchemaName(name)) return unknown(c);
    return send(c, JSON.stringify(schemaDocument(c.get("site"), name)), "application/schema+json");
  };
}

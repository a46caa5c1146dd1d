import type { Handler } from "hono";
import type { Env } from "#context.ts";
import { openUrl } from "./address.ts";
import { answer } from "./answer.ts";
import { licence, rights } from "./licence.ts";
import { apiVersion } from "./openapi.ts";
import { resources } from "./resources.ts";
import { schemaNames } from "./schemas/all.ts";

/** The way in: what there is, and on what terms. */
export function entry(): Handler<Env> {
  return (c) => {
    const site = c.get("site");
    const { name, municipality } = site.authority;
    const json = {
      title: { sv: `Öppna data från ${name}`, en: `Open data from ${name}` },
      description: {
        sv: `Vilka konton som talar för ${name}, vad de har sagt och vad som har svarats i de samtalen. Ingen nyckel behövs.`,
        en: `Which accounts speak for ${name}, what they have said, and what was answered in those conversations. No key is needed.`,
      },
      publisher: { name, municipality, url: site.origin },
      license: licence,
      rights,
      apiVersion,
      resources: resources.map((resource) => ({
        name: resource.name,
        url: openUrl(site, `/${resource.name}`),
        description: resource.description,
        formats: ["application/json", "text/csv"],
      })),
      openapi: openUrl(site, "/openapi.json"),
      catalog: openUrl(site, "/catalog"),
      schemas: schemaNames.map((schema) => openUrl(site, `/schemas/${schema}.json`)),
    };
    return answer(c, "json", { json, schema: "entry" });
  };
}

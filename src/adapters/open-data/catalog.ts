import type { Handler } from "hono";
import type { Env, Site } from "#context.ts";
import { openUrl } from "./address.ts";
import { send } from "./answer.ts";
import { licence, rights } from "./licence.ts";
import { resources } from "./resources.ts";

const vocabulary = "http://publications.europa.eu/resource/authority";

/** The data sets for catalogues of data: DCAT-AP-SE, https://docs.dataportal.se/dcat/sv/, as JSON-LD. */
export function catalog(): Handler<Env> {
  return (c) => send(c, JSON.stringify(catalogDocument(c.get("site"))), "application/ld+json");
}

function catalogDocument(site: Site) {
  const { name, languages } = site.authority;
  const publisher = { "@id": `${site.origin}/#publisher` };
  const contact = { "@id": `${site.origin}/#contact` };
  const service = { "@id": openUrl(site, "#service") };
  const spoken = languages.map((language) =>
    at(`${vocabulary}/language/${language === "sv" ? "SWE" : "ENG"}`),
  );
  const sets = resources.map((resource) => at(openUrl(site, `/catalog#${resource.name}`)));
  return {
    "@context": context,
    "@graph": [
      {
        "@id": openUrl(site, "/catalog"),
        "@type": "dcat:Catalog",
        "dct:title": inBoth({ sv: `Öppna data från ${name}`, en: `Open data from ${name}` }),
        "dct:description": inBoth({
          sv: `Konton, inlägg och samtal på ${name}s egen plats.`,
          en: `Accounts, posts and conversations on ${name}'s own place.`,
        }),
        "dct:publisher": publisher,
        "dct:license": at(licence.url),
        "dct:language": spoken,
        "dcat:themeTaxonomy": at(`${vocabulary}/data-theme`),
        "foaf:homepage": at(site.origin),
        "dcat:dataset": sets,
        "dcat:service": service,
      },
      { ...publisher, "@type": "foaf:Organization", "foaf:name": name, "foaf:homepage": at(site.origin) },
      {
        ...contact,
        "@type": "vcard:Organization",
        "vcard:fn": name,
        "vcard:hasURL": at(`${site.origin}/about`),
      },
      ...resources.flatMap((resource) => dataset(site, resource, { publisher, contact, service })),
      {
        ...service,
        "@type": "dcat:DataService",
        "dct:title": inBoth({ sv: "API för öppna data", en: "Open data API" }),
        "dct:publisher": publisher,
        "dct:license": at(licence.url),
        "dct:accessRights": open,
        "dcat:contactPoint": contact,
        "dcat:endpointURL": at(openUrl(site, "")),
        "dcat:endpointDescription": at(openUrl(site, "/openapi.json")),
        "dcat:servesDataset": sets,
      },
    ],
  };
}

type Named = { "@id": string };

function dataset(
  site: Site,
  { name, title, description }: (typeof resources)[number],
  { publisher, contact, service }: { publisher: Named; contact: Named; service: Named },
): object[] {
  const distributions = (["json", "csv"] as const).map((format) => {
    const address = openUrl(site, `/${name}`, { format });
    return {
      "@id": openUrl(site, `/catalog#${name}-${format}`),
      "@type": "dcat:Distribution",
      "dct:title": inBoth({
        sv: `${title.sv} som ${format.toUpperCase()}`,
        en: `${title.en} as ${format.toUpperCase()}`,
      }),
      "dcat:accessURL": at(address),
      "dcat:accessService": service,
      "dct:format": at(`${vocabulary}/file-type/${format.toUpperCase()}`),
      "dcat:mediaType": at(
        `https://www.iana.org/assignments/media-types/${format === "json" ? "application/json" : "text/csv"}`,
      ),
      // Others' posts are not ours to license; the statement says which is which.
      ...(name === "posts" ? {} : { "dct:license": at(licence.url) }),
      "dct:rights": { "@type": "dct:RightsStatement", "rdfs:label": inBoth(rights) },
    };
  });
  const set = {
    "@id": openUrl(site, `/catalog#${name}`),
    "@type": "dcat:Dataset",
    "dct:title": inBoth(title),
    "dct:description": inBoth(description),
    "dct:publisher": publisher,
    "dcat:contactPoint": contact,
    "dct:accessRights": open,
    "dct:accrualPeriodicity": at(`${vocabulary}/frequency/CONT`),
    "dcat:theme": at(`${vocabulary}/data-theme/GOVE`),
    "dcat:distribution": distributions.map((one) => at(one["@id"])),
  };
  return [set, ...distributions];
}

const open = at(`${vocabulary}/access-right/PUBLIC`);

function at(id: string): Named {
  return { "@id": id };
}

function inBoth(words: { sv: string; en: string }) {
  return [
    { "@value": words.sv, "@language": "sv" },
    { "@value": words.en, "@language": "en" },
  ];
}

const context = {
  dcat: "http://www.w3.org/ns/dcat#",
  dct: "http://purl.org/dc/terms/",
  foaf: "http://xmlns.com/foaf/0.1/",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  vcard: "http://www.w3.org/2006/vcard/ns#",
};

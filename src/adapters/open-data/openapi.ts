import type { Handler } from "hono";
import type { Env, Site } from "#context.ts";
import { accountListParameters } from "./accounts.ts";
import { openUrl } from "./address.ts";
import { send } from "./answer.ts";
import { changeListParameters } from "./changes.ts";
import { licence, rights } from "./licence.ts";
import { nameInQuery, parameters, type ParameterName } from "./parameters.ts";
import { postListParameters } from "./posts.ts";
import { schemas, type SchemaName } from "./schemas/all.ts";
import { conversationParameters, threadListParameters } from "./threads.ts";

/** Of the interface: the first number stands in the address. */
export const apiVersion = "1.0.0";

const csv = "text/csv";

/** How to ask, and what comes: OpenAPI 3.1, made of the same parameters and schemas as the answers. */
export function openApi(): Handler<Env> {
  return (c) =>
    send(c, JSON.stringify(openApiDocument(c.get("site"))), "application/vnd.oai.openapi+json;version=3.1");
}

function openApiDocument(site: Site) {
  return {
    openapi: "3.1.1",
    info: {
      title: `Open data from ${site.authority.name}`,
      version: apiVersion,
      summary: "Accounts, posts and conversations of a public body.",
      description: `Read-only and without a key. Answers may be kept for a minute and asked for again with If-None-Match. ${rights.en} Words of others who have not agreed to be found by search engines are withheld. Fields may be added within this version; nothing is taken away or changes its meaning.`,
      license: { name: licence.name, identifier: licence.id },
      contact: { name: site.authority.name, url: `${site.origin}/about` },
    },
    servers: [{ url: openUrl(site, "") }],
    security: [],
    tags: [
      { name: "about", description: "What there is." },
      { name: "accounts", description: "Who speaks for the authority." },
      { name: "posts", description: "What was said." },
      { name: "threads", description: "Conversations." },
      { name: "changes", description: "For those who keep a copy." },
    ],
    paths: {
      "/": one("about", "entry", "readEntry", "What there is, and on what terms."),
      "/accounts": list(
        "accounts",
        "account-list",
        "listAccounts",
        "The register of accounts.",
        accountListParameters,
      ),
      "/accounts/{id}": single("accounts", "account", "readAccount", "One account of the authority.", [
        "format",
      ]),
      "/posts": list("posts", "post-list", "listPosts", "Posts in order of arrival.", postListParameters),
      "/posts/{id}": single("posts", "post", "readPost", "One post.", ["format"], {
        "410": failure("The authority has removed it; remove copies."),
      }),
      "/threads": list(
        "threads",
        "thread-list",
        "listThreads",
        "Conversations, in numbers.",
        threadListParameters,
      ),
      "/threads/{id}": single(
        "threads",
        "conversation",
        "readThread",
        "One conversation, post by post.",
        conversationParameters,
        { "301": { description: "The conversation turned out to be part of another." } },
      ),
      "/changes": list(
        "changes",
        "change-list",
        "listChanges",
        "What has happened to posts.",
        changeListParameters,
      ),
      "/catalog": document("about", "readCatalog", "The data sets by DCAT-AP-SE.", "application/ld+json"),
      "/openapi.json": document(
        "about",
        "readOpenApi",
        "This document.",
        "application/vnd.oai.openapi+json;version=3.1",
      ),
      "/schemas/{name}.json": {
        parameters: [inPath("name", { type: "string", enum: Object.keys(schemas) }, "The name of a schema.")],
        ...document("about", "readSchema", "A JSON Schema of an answer.", "application/schema+json", {
          "404": failure("There is no such schema."),
        }),
      },
    },
    components: {
      schemas: Object.fromEntries(
        Object.entries(schemas).map(([name, schema]) => [name, inOneDocument(schema)]),
      ),
    },
  };
}

type Responses = Record<string, object>;

function list(
  tag: string,
  schema: SchemaName,
  name: string,
  summary: string,
  asked: readonly ParameterName[],
) {
  return { get: operation(tag, name, summary, tabular(schema, true), asked, badParameter) };
}

function single(
  tag: string,
  schema: SchemaName,
  name: string,
  summary: string,
  asked: readonly ParameterName[],
  more: Responses = {},
) {
  const id = inPath("id", { type: "string", pattern: "^[1-9][0-9]{17,18}$" }, "Its id.");
  const missing = { "404": failure("There is none, or the public may not see it.") };
  const content = tabular(schema, asked.length > 1);
  return {
    parameters: [id],
    get: operation(tag, name, summary, content, asked, { ...badParameter, ...missing, ...more }),
  };
}

function one(tag: string, schema: SchemaName, name: string, summary: string) {
  return {
    get: operation(tag, name, summary, ok({ "application/json": { schema: local(schema) } }, false), [], {}),
  };
}

function document(tag: string, name: string, summary: string, type: string, more: Responses = {}) {
  return {
    get: operation(tag, name, summary, ok({ [type]: { schema: { type: "object" } } }, false), [], more),
  };
}

function operation(
  tag: string,
  operationId: string,
  summary: string,
  content: object,
  asked: readonly ParameterName[],
  more: Responses,
) {
  return {
    tags: [tag],
    operationId,
    summary,
    parameters: asked.map(inQuery),
    responses: {
      "200": content,
      "304": { description: "It is still the same." },
      ...more,
      "429": failure(
        "Too many requests from one address; the header Retry-After says how many seconds to wait.",
      ),
    },
  };
}

const badParameter: Responses = {
  "400": failure("A parameter was not understood; the answer says what it may be."),
};

function tabular(schema: SchemaName, paged: boolean) {
  const table = { schema: { type: "string", description: "RFC 4180 in UTF-8, with a header." } };
  return ok({ "application/json": { schema: local(schema) }, [csv]: table }, paged);
}

function ok(content: object, paged: boolean) {
  const said = (description: string) => ({ description, schema: { type: "string" } });
  const leads = paged ? "RFC 8288; rel=next leads to the next page." : "RFC 8288.";
  return {
    description: "As asked for.",
    headers: { ETag: said("Changes with every byte."), Link: said(leads) },
    content,
  };
}

function failure(description: string) {
  return { description, content: { "application/problem+json": { schema: local("problem") } } };
}

function inQuery(name: ParameterName) {
  const { description, schema } = parameters[name];
  return { name: nameInQuery(name), in: "query", required: false, description, schema };
}

function inPath(name: string, schema: object, description: string) {
  return { name, in: "path", required: true, description, schema };
}

function local(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}

/** The same schema where its neighbours are in the same document. */
function inOneDocument(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOneDocument);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      key === "$ref" && typeof inner === "string"
        ? [key, local(inner.replace(/\.json$/, "")).$ref]
        : [key, inOneDocument(inner)],
    ),
  );
}

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import { testDatabase } from "#test/database.ts";
import { openBase, openSite, schemaJudge } from "#test/open-site.ts";
import { addAuthority, addStranger, addVoice, hear, now, say, webServices } from "#test/web-site.ts";
import { editPost } from "#domain/posts/edit-post.ts";

const { db } = await testDatabase({ after });
const authority = await addAuthority(db, "torg.test");
const chief = await addVoice(db, authority, "kommunchef", {
  name: "Kommunchefen",
  role: "Kommunchef",
  answers: "Kansliet",
});
const question = await say(db, authority, chief, "Vad tycker ni om #simhallen?");
const article = await say(db, authority, chief, "## Bakgrund\n\nVi bygger.", {
  kind: "article",
  sourceType: "markdown",
  title: "Skolan",
});
await db.as(authority.id, (tx) =>
  editPost(
    tx,
    authority,
    {
      kind: "note",
      sourceType: "plain",
      source: "Vad tycker ni om #Simhallen i Katrineholm?",
      language: "sv",
      attachments: [],
      reason: "Ort",
      account: chief.id,
      person: null,
      post: question,
    },
    now.add({ minutes: 5 }),
  ),
);
const eva = await addStranger(db, authority, "Eva", { indexable: true });
const per = await addStranger(db, authority, "Per");
await hear(db, authority, eva, "Bra!", { inReplyTo: question });
await hear(db, authority, per, "Dyrt!", { inReplyTo: question });

const site = openSite(webServices(db));
const { ask, json } = site;
const judge = await schemaJudge(site);

const lists = ["/accounts", "/posts", "/threads", "/changes"];
const things = [`/accounts/${chief.id}`, `/posts/${question}`, `/posts/${article}`, `/threads/${question}`];

test("every answer is as the schema says that it links to, and has nothing besides", async () => {
  for (const path of ["", ...lists, ...lists.map((list) => `${list}?limit=1`), ...things]) {
    const response = await ask(path);
    assert.equal(response.status, 200, path);
    assert.match(response.headers.get("content-type") ?? "", /^application\/json/);
    await judge(response);
  }
});

test("what others call their pages is given as an address that every reader takes, or not at all", async () => {
  const odd = await hear(db, authority, eva, "Udda", { inReplyTo: article });
  const named = async (url: string) => {
    await db.as(
      authority.id,
      (tx) => tx`update post set url = ${url} where authority = ${authority.id} and id = ${odd}`,
    );
    return ((await judge(await ask(`/posts/${odd}`))) as { originalUrl: string | null }).originalUrl;
  };
  assert.equal(await named("https://grannen.test/inlägg/1 2"), "https://grannen.test/inl%C3%A4gg/1%202");
  assert.equal(await named("javascript:alert(1)"), null);
  assert.equal(await named("ingen adress"), null);
});

test("every refusal is a problem that says what to do", async () => {
  const refusals: [path: string, status: number, method?: string][] = [
    ["/posts?limit=0", 400],
    ["/posts/1", 404],
    ["/threads/117659475487752227", 404],
    [`/accounts/${per}`, 404],
    ["/schemas/toString.json", 404],
    ["/nothing/here", 404],
    ["/posts", 405, "POST"],
    ["", 405, "DELETE"],
  ];
  for (const [path, status, method = "GET"] of refusals) {
    const response = await ask(path, { method });
    assert.equal(response.status, status, path);
    assert.equal(response.headers.get("content-type"), "application/problem+json");
    assert.equal(response.headers.get("access-control-allow-origin"), "*");
    const body = (await judge(response)) as { status: number; instance: string };
    assert.equal(body.status, status);
    assert.equal(body.instance, new URL(openBase + path).pathname);
  }
});

test("a parameter that is not understood is named, with what it may be", async () => {
  type Refusal = { detail: string; errors: { parameter: string; allowed: string }[] };
  const { detail, errors } = await json<Refusal>(
    "/posts?limit=1000&sida=2&kind=note&kind=article&from=2026-13-01",
    400,
  );
  assert.deepEqual(
    errors.map((error) => error.parameter),
    ["limit", "sida", "kind", "from"],
  );
  assert.match(detail, /limit: a whole number from 1 to 500/);
  assert.match(detail, /sida: no such parameter here; there are after, limit, account/);
  assert.match(detail, /kind: once only: note or article/);
  const ofOne = await json<Refusal>(`/posts/${question}?limit=5`, 400);
  assert.match(ofOne.detail, /there are format/);
});

test("the OpenAPI document is one, and every path in it answers", async () => {
  const response = await ask("/openapi.json");
  assert.match(response.headers.get("content-type") ?? "", /^application\/vnd\.oai\.openapi\+json/);
  const document = (await response.json()) as Record<string, unknown>;
  const validator = new Validator();
  const judged = await validator.validate(structuredClone(document));
  assert.ok(judged.valid, JSON.stringify(judged.errors));
  assert.equal(validator.version, "3.1");
  const paths = Object.keys(document["paths"] as object);
  assert.ok(paths.length > 8);
  for (const path of paths) {
    const id = path.startsWith("/accounts") ? chief.id : question;
    const real = path.replace("{id}", id).replace("{name}", "post");
    assert.equal((await ask(real)).status, 200, path);
  }
});

test("every parameter that the OpenAPI document names is taken, and no other", async () => {
  type Operation = { parameters: { name: string; in: string }[] };
  const { paths } = await json<{ paths: Record<string, { get: Operation }> }>("/openapi.json");
  const examples: Record<string, string> = {
    limit: "2",
    format: "json",
    from: "2026-01-01",
    to: "2027-01-01",
  };
  Object.assign(examples, { account: "kommunchef", tag: "a", language: "sv", kind: "note", network: "torg" });
  for (const [path, { get }] of Object.entries(paths)) {
    const id = path.startsWith("/accounts") ? chief.id : question;
    const real = path.replace("{id}", id).replace("{name}", "post");
    const query = get.parameters.map(
      ({ name }) => `${name}=${examples[name] ?? (path === "/changes" ? "0" : question)}`,
    );
    if (query.length > 0)
      assert.equal((await ask(`${real}?${query.join("&")}`)).status, 200, `${real}?${query.join("&")}`);
  }
});

test("the schemas of the OpenAPI document are those that are served", async () => {
  const { components } = await json<{ components: { schemas: Record<string, object> } }>("/openapi.json");
  for (const [name, inDocument] of Object.entries(components.schemas)) {
    const { $schema, $id, title, ...served } = await json<Record<string, unknown>>(`/schemas/${name}.json`);
    assert.equal($schema, "https://json-schema.org/draft/2020-12/schema");
    assert.equal($id, `${openBase}/schemas/${name}.json`);
    assert.equal(title, name);
    const text = JSON.stringify(inDocument).replaceAll(/#\/components\/schemas\/([a-z-]+)/g, "$1.json");
    assert.deepEqual(JSON.parse(text), served);
  }
});

test("the catalogue names every data set with its publisher, terms and forms, and each address answers", async () => {
  const response = await ask("/catalog");
  assert.equal(response.headers.get("content-type"), "application/ld+json");
  type Node = {
    "@id": string;
    "@type": string;
    "dcat:accessURL"?: { "@id": string };
    [key: string]: unknown;
  };
  const { "@graph": graph } = (await response.json()) as { "@graph": Node[] };
  const ids = new Set(graph.map((node) => node["@id"]));
  const kinds = (type: string) => graph.filter((node) => node["@type"] === type);
  assert.equal(kinds("dcat:Catalog").length, 1);
  assert.equal(kinds("dcat:Dataset").length, 4);
  for (const set of kinds("dcat:Dataset")) {
    for (const name of ["dct:title", "dct:description", "dct:publisher", "dcat:contactPoint"])
      assert.ok(set[name], name);
    for (const one of set["dcat:distribution"] as Node[]) assert.ok(ids.has(one["@id"]), one["@id"]);
  }
  assert.equal(kinds("dcat:Distribution").length, 8);
  for (const one of kinds("dcat:Distribution"))
    assert.equal((await ask(one["dcat:accessURL"]?.["@id"] ?? "")).status, 200);
});

test("every answer leads to how the service is described and to its licence", async () => {
  for (const path of ["", ...lists, ...things, "/openapi.json", "/posts?limit=0"]) {
    const link = (await ask(path)).headers.get("link") ?? "";
    assert.match(link, /<http:\/\/torg\.test\/api\/open\/v1\/openapi\.json>; rel="service-desc"/);
    assert.match(link, /<https:\/\/creativecommons\.org\/publicdomain\/zero\/1\.0\/>; rel="license"/);
  }
});

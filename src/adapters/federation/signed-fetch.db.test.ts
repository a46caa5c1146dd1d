import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { siteOf } from "#context.ts";
import { testDatabase } from "#test/database.ts";
import { keyUri } from "./documents/own-uris.ts";
import {
  exampleAccount,
  exampleAuthority,
  exampleServices,
  exampleSink,
  type Received,
} from "#test/federation-world.ts";
import { fetchObject } from "./signed-fetch.ts";
import { readSignature } from "./signatures/verify-request.ts";

const activityJson = { "content-type": "application/activity+json; charset=utf-8" };

test("a fetch is signed by the authority's own account, anew for each hop", async (t) => {
  const { fetch, services, site, account } = await world(t);
  const second = await exampleSink(t, (_, response) => {
    response.writeHead(200, activityJson).end(JSON.stringify({ id: `${second.origin}/note`, type: "Note" }));
  });
  const first = await exampleSink(t, (_, response) => {
    response.writeHead(302, { location: `${second.origin}/note` }).end();
  });
  const fetched = await fetch(`${first.origin}/old`);
  assert.ok(fetched.ok);
  assert.equal(fetched.finalUrl, `${second.origin}/note`);
  for (const [sink, path] of [
    [first, "/old"],
    [second, "/note"],
  ] as const) {
    const [request] = sink.received;
    assert.ok(request);
    assert.equal(request.path, path);
    assert.match(request.headers.accept ?? "", /application\/activity\+json/);
    const claim = readSignature(asSigned(request, sink.host), services.clock());
    assert.ok("verify" in claim);
    assert.equal(claim.keyId, keyUri(site, account.id));
    assert.ok(claim.verify(account.publicKey ?? ""));
  }
});

test("words in another host's name are asked for there", async (t) => {
  const { fetch } = await world(t);
  const home = await exampleSink(t, (_, response) => {
    response.writeHead(200, activityJson).end(JSON.stringify({ id: `${home.origin}/p/1`, content: "äkta" }));
  });
  const forger = await exampleSink(t, (_, response) => {
    response
      .writeHead(200, activityJson)
      .end(JSON.stringify({ id: `${home.origin}/p/1`, content: "falskt" }));
  });
  const fetched = await fetch(`${forger.origin}/p/1`);
  assert.ok(fetched.ok);
  assert.equal(fetched.json["content"], "äkta");
  const liar = await exampleSink(t, (_, response) => {
    response.writeHead(200, activityJson).end(JSON.stringify({ id: `${forger.origin}/p/1` }));
  });
  const refused = await fetch(`${liar.origin}/p/1`);
  assert.ok(!refused.ok && !refused.gone);
});

test("what is not there is gone; what is no ActivityStreams object is refused", async (t) => {
  const { fetch } = await world(t);
  const deep = `{"id":${"[".repeat(40)}${"]".repeat(40)}}`;
  const answers: Record<string, [number, Record<string, string>, string]> = {
    "/404": [404, {}, ""],
    "/410": [410, {}, ""],
    "/500": [500, {}, ""],
    "/html": [200, { "content-type": "text/html" }, "{}"],
    "/json": [200, { "content-type": "application/json" }, "{}"],
    "/ld": [200, { "content-type": "application/ld+json" }, "{}"],
    "/list": [200, activityJson, "[]"],
    "/broken": [200, activityJson, "{"],
    "/deep": [200, activityJson, deep],
    "/nameless": [200, activityJson, "{}"],
  };
  const sink = await exampleSink(t, (request, response) => {
    const [status, headers, body] = answers[request.path] ?? [404, {}, ""];
    response.writeHead(status, headers).end(body);
  });
  for (const path of Object.keys(answers)) {
    const fetched = await fetch(sink.origin + path);
    assert.ok(!fetched.ok, path);
    assert.equal(fetched.gone, path === "/404" || path === "/410", path);
  }
});

test("a JSON-LD type with the profile of ActivityStreams is taken, and a fragment names its document", async (t) => {
  const { fetch } = await world(t);
  const type = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"';
  const sink = await exampleSink(t, (_, response) => {
    response.writeHead(200, { "content-type": type }).end(JSON.stringify({ id: `${sink.origin}/alice` }));
  });
  const fetched = await fetch(`${sink.origin}/alice#main-key`);
  assert.ok(fetched.ok);
  assert.equal(sink.received[0]?.path, "/alice");
});

async function world(t: TestContext) {
  const { db } = await testDatabase(t);
  const services = exampleServices(t, db);
  const authority = await exampleAuthority(db);
  const account = await exampleAccount(db, authority, "kommun", "authority");
  const site = siteOf(services.config, authority);
  return { services, site, account, fetch: (uri: string) => fetchObject(services, site, uri) };
}

function asSigned(request: Received, host: string) {
  const { method, path, headers, body } = request;
  return {
    method,
    path,
    host,
    scheme: "http" as const,
    headers: (name: string) => [headers[name]].flat().join(", ") || undefined,
    body: Buffer.from(body),
  };
}

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { createServer as createTcpServer, type AddressInfo, type Server } from "node:net";
import { test, type TestContext } from "node:test";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { createSafeFetch, type SafeFetchResult, type SafeFetchSettings } from "./safe-fetch.ts";

async function listening(t: TestContext, server: Server, host = "127.0.0.1"): Promise<string> {
  server.listen(0, host);
  await once(server, "listening");
  t.after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function serving(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  t.after(() => server.closeAllConnections());
  return await listening(t, server);
}

function fetcher(t: TestContext, settings: Partial<SafeFetchSettings> = {}) {
  const safeFetch = createSafeFetch({ allowPrivateNetwork: true, userAgent: "Torg test", ...settings });
  t.after(() => safeFetch.close());
  return safeFetch;
}

function reason(result: SafeFetchResult): string {
  return result.ok ? `answered ${result.status}` : result.reason;
}

test("an answer comes with status, headers, body and the final address", async (t) => {
  const origin = await serving(t, (request, response) => {
    response.writeHead(201, { "content-type": "application/json", "x-agent": request.headers["user-agent"] });
    response.end(JSON.stringify({ path: request.url, accept: request.headers.accept }));
  });
  const result = await fetcher(t)(`${origin}/a?b=c#d`, { accept: "application/activity+json" });
  assert.ok(result.ok);
  assert.equal(result.status, 201);
  assert.equal(result.headers.get("Content-Type"), "application/json");
  assert.equal(result.headers.get("x-agent"), "Torg test");
  assert.deepEqual(result.json(), { path: "/a?b=c", accept: "application/activity+json" });
});

test("a body is posted, and a Host other than the URL's is never sent", async (t) => {
  const origin = await serving(t, (request, response) => {
    request.on("data", (body) => response.end(`${request.method} ${request.headers.host} ${String(body)}`));
  });
  const result = await fetcher(t)(origin, {
    method: "POST",
    body: "hej",
    headers: { Host: "intern.example" },
  });
  assert.equal(result.ok && result.text(), `POST ${new URL(origin).host} hej`);
});

test("compressed bodies are read", async (t) => {
  const origin = await serving(t, (request, response) => {
    const gzip = request.url === "/gzip";
    response.setHeader("content-encoding", gzip ? "gzip" : "br");
    response.end(gzip ? gzipSync("packat") : brotliCompressSync("packat"));
  });
  const safeFetch = fetcher(t);
  for (const path of ["/gzip", "/br"]) {
    const result = await safeFetch(origin + path);
    assert.equal(result.ok && result.text(), "packat");
  }
});

test("a body over the limit is refused, announced or not", async (t) => {
  const origin = await serving(t, (request, response) => {
    if (request.url === "/announced") response.setHeader("content-length", 1001);
    response.write("x".repeat(500));
    response.end("x".repeat(501));
  });
  const safeFetch = fetcher(t);
  assert.equal(reason(await safeFetch(`${origin}/announced`, { maxBytes: 1000 })), "too-large");
  assert.equal(reason(await safeFetch(origin, { maxBytes: 1000 })), "too-large");
  assert.equal(reason(await safeFetch(origin, { maxBytes: 1001 })), "answered 200");
});

test("a zip bomb stops at the limit of its unpacked size", async (t) => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
  assert.ok(bomb.length < 100_000);
  const origin = await serving(t, (_, response) => {
    response.setHeader("content-encoding", "gzip");
    response.end(bomb);
  });
  assert.equal(reason(await fetcher(t)(origin)), "too-large");
});

test("a compressed stream that never gives a byte is refused too", async (t) => {
  const nothing = Buffer.concat(Array.from({ length: 200 }, () => gzipSync("")));
  const origin = await serving(t, (_, response) => {
    response.setHeader("content-encoding", "gzip");
    response.end(nothing);
  });
  assert.equal(reason(await fetcher(t)(origin, { maxBytes: 100 })), "too-large");
});

test("damaged or unasked compression is an error, an empty 304 is not", async (t) => {
  const origin = await serving(t, (request, response) => {
    response.setHeader("content-encoding", request.url === "/odd" ? "zstd" : "gzip");
    if (request.url === "/304") response.writeHead(304).end();
    else response.end("not packed");
  });
  const safeFetch = fetcher(t);
  assert.equal(reason(await safeFetch(`${origin}/odd`)), "network");
  assert.equal(reason(await safeFetch(`${origin}/damaged`)), "network");
  assert.equal(reason(await safeFetch(`${origin}/304`)), "answered 304");
});

test("the time limit covers silence, a dripping body and a redirect that drips", async (t) => {
  const origin = await serving(t, (request, response) => {
    if (request.url === "/silent") return;
    const status = request.url === "/redirect" ? 302 : 200;
    response.writeHead(status, { location: "/", "content-length": 1000 }).write("x");
    const drip = setInterval(() => response.write("x"), 20);
    response.on("close", () => clearInterval(drip));
  });
  const safeFetch = fetcher(t);
  for (const path of ["/silent", "/drip", "/redirect"])
    assert.equal(reason(await safeFetch(origin + path, { timeoutMs: 150 })), "timeout", path);
});

test("redirects are followed with headers made anew for each address", async (t) => {
  const seen: string[] = [];
  const origin = await serving(t, (request, response) => {
    seen.push(`${request.url} ${String(request.headers["signature"])}`);
    if (request.url === "/a") response.writeHead(301, { location: "b" }).end();
    else response.end("framme");
  });
  const result = await fetcher(t)(`${origin}/a`, {
    headersFor: (url) => ({ Signature: `for ${url.pathname}` }),
  });
  assert.ok(result.ok);
  assert.equal(result.text(), "framme");
  assert.equal(result.url, `${origin}/b`);
  assert.deepEqual(seen, ["/a for /a", "/b for /b"]);
});

test("secrets are not carried to another origin", async (t) => {
  const second = await serving(t, (request, response) => {
    response.end(`${request.headers.authorization} ${String(request.headers["x-kept"])}`);
  });
  const first = await serving(t, (_, response) => response.writeHead(302, { location: second }).end());
  const result = await fetcher(t)(first, { headers: { Authorization: "Bearer hemlig", "X-Kept": "ja" } });
  assert.equal(result.ok && result.text(), "undefined ja");
});

test("a redirect loop ends", async (t) => {
  let asked = 0;
  const origin = await serving(t, (_, response) => {
    asked += 1;
    response.writeHead(302, { location: "/" }).end();
  });
  assert.equal(reason(await fetcher(t)(origin)), "too-many-redirects");
  assert.equal(asked, 4);
});

test("a POST is not redirected unless asked", async (t) => {
  const origin = await serving(t, (request, response) => {
    request.on("data", (body) => {
      if (request.url === "/") response.writeHead(308, { location: "/b" }).end();
      else response.end(`${request.method} ${String(body)}`);
    });
  });
  const safeFetch = fetcher(t);
  const unfollowed = await safeFetch(origin, { method: "POST", body: "x" });
  assert.ok(unfollowed.ok);
  assert.equal(unfollowed.status, 308);
  assert.equal(unfollowed.headers.get("location"), "/b");
  const followed = await safeFetch(origin, { method: "POST", body: "x", maxRedirects: 1 });
  assert.equal(followed.ok && followed.text(), "POST x");
});

test("a redirect to a private address is refused, by number and by name", async (t) => {
  let reached = 0;
  const inside = await serving(t, (_, response) => {
    reached += 1;
    response.end();
  });
  const { port } = new URL(inside);
  const targets = [
    `https://127.0.0.1:${port}/`,
    `https://[::1]:${port}/`,
    `https://[::ffff:127.0.0.1]:${port}/`,
    `https://2130706433:${port}/`,
    `https://localhost:${port}/`,
  ];
  const outside = await serving(t, (request, response) => {
    response.writeHead(302, { location: targets[Number(request.url?.slice(1))] }).end();
  });
  const safeFetch = fetcher(t, { allowPrivateNetwork: false, exemptOrigins: new Set([outside]) });
  for (const [number, target] of targets.entries())
    assert.equal(reason(await safeFetch(`${outside}/${number}`)), "blocked-address", target);
  assert.equal(reason(await safeFetch(`https://127.0.0.1:${port}/`)), "blocked-address");
  assert.equal(reason(await safeFetch(inside)), "bad-url");
  assert.equal(reached, 0);
});

test("a name with one private address among public ones is refused, however often it changes its answer", async (t) => {
  let connections = 0;
  const server = createTcpServer(() => (connections += 1));
  const { port } = new URL(await listening(t, server));
  const answers = [
    [
      { address: "1.1.1.1", family: 4 },
      { address: "127.0.0.1", family: 4 },
    ],
    [{ address: "127.0.0.1", family: 4 }],
    [{ address: "::ffff:127.0.0.1", family: 6 }],
  ];
  const asked: string[] = [];
  const resolve = async (hostname: string) => answers[asked.push(hostname) - 1] ?? [];
  const safeFetch = fetcher(t, { allowPrivateNetwork: false, resolve });
  for (let round = 0; round < answers.length; round += 1)
    assert.equal(reason(await safeFetch(`https://ombyte.example:${port}/`)), "blocked-address");
  assert.equal(asked.length, 3);
  assert.equal(connections, 0);
});

test("a kept connection that the peer closed is replaced once, for POST too", async (t) => {
  const bodies: string[] = [];
  // Answers once per connection and hangs up when asked again on it, without a word.
  const server = createTcpServer((socket) => {
    let asked = 0;
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
      asked += 1;
      if (asked > 1) return socket.destroy();
      bodies.push(data.toString().split("\r\n\r\n")[1] ?? "");
      socket.write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
    });
  });
  const origin = await listening(t, server);
  const safeFetch = fetcher(t);
  for (const body of ["ett", "två", "tre"])
    assert.equal(reason(await safeFetch(origin, { method: "POST", body })), "answered 202");
  assert.deepEqual(bodies, ["ett", "två", "tre"]);
});

test("a peer that always hangs up is an error after two attempts", async (t) => {
  let connections = 0;
  const server = createTcpServer((socket) => {
    connections += 1;
    socket.on("error", () => undefined).on("data", () => socket.destroy());
  });
  const origin = await listening(t, server);
  assert.equal(reason(await fetcher(t)(origin)), "network");
  assert.equal(connections, 2);
});

test("nobody listening, an unknown name and nonsense are told apart", async (t) => {
  const server = createTcpServer();
  const origin = await listening(t, server);
  server.close();
  await once(server, "close");
  const safeFetch = fetcher(t, { resolve: async () => [] });
  assert.equal(reason(await safeFetch(origin)), "network");
  assert.equal(reason(await safeFetch("https://finns-inte.example/")), "network");
  assert.equal(reason(await safeFetch("inte en adress")), "bad-url");
});

test("a mistake in our own signer is thrown, not blamed on the network", async (t) => {
  const headersFor = () => {
    throw new Error("no key");
  };
  await assert.rejects(fetcher(t)("http://127.0.0.1:9/", { headersFor }), /no key/);
});

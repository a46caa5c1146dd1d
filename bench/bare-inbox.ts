// The limit of an inbox: node:http, one RSA verification and one committed insert for each request. A key that it was
// not given it fetches first, by a request signed beside the main thread, which is faster. Told on standard input what
// it needs, tells its port.
import { createPublicKey, verify, type KeyObject } from "node:crypto";
import { createServer } from "node:http";
import { json, buffer } from "node:stream/consumers";
import postgres from "postgres";
import { Agent } from "undici";
import { forPostgresJs } from "#platform/postgres/socket-address.ts";
import { signCavageAside } from "#adapters/federation/signatures/cavage.ts";

export type BareInbox = {
  url: string;
  keys: Record<string, string>;
  signer: { keyId: string; privateKeyPem: string };
};

const given = (await json(process.stdin)) as BareInbox;
const server = forPostgresJs(given.url);
const sql = postgres(server.url, { ...server.options, max: 10, onnotice: () => {} });
await sql`create table if not exists bench_inbox (id bigint generated always as identity primary key, body bytea not null)`;
const agent = new Agent({ connections: 8 });
const keys = new Map(Object.entries(given.keys).map(([name, pem]) => [name, createPublicKey(pem)]));
const parsed = new Map<string, KeyObject>();

const http = createServer((request, response) => {
  void (async () => {
    const body = await buffer(request);
    const signature = new Map(
      [...String(request.headers["signature"]).matchAll(/(\w+)="([^"]*)"/g)].map((match) => [
        match[1],
        match[2] ?? "",
      ]),
    );
    const names = signature.get("headers")?.split(" ") ?? [];
    const lines = names.map((name) =>
      name === "(request-target)"
        ? `${name}: post ${request.url}`
        : `${name}: ${String(request.headers[name])}`,
    );
    const keyId = signature.get("keyId") ?? "";
    const key = keys.get(keyId) ?? (await fetchKey(keyId));
    const held = Buffer.from(signature.get("signature") ?? "", "base64");
    if (!verify("sha256", Buffer.from(lines.join("\n")), key, held))
      return void response.writeHead(401).end();
    await sql`insert into bench_inbox (body) values (${body})`;
    response.writeHead(202, { "content-length": "0" }).end();
  })().catch((error: unknown) => response.writeHead(500).end(String(error)));
});
http.listen(0, "127.0.0.1", () => {
  const address = http.address();
  if (typeof address === "object" && address) console.log(address.port);
});

async function fetchKey(keyId: string): Promise<KeyObject> {
  const url = new URL(keyId);
  url.hash = "";
  const date = Temporal.Now.instant();
  const signed = await signCavageAside({ method: "GET", url, ...given.signer, date });
  const answer = await agent.request({
    origin: url.origin,
    path: url.pathname,
    method: "GET",
    headers: signed,
  });
  const { publicKey } = (await answer.body.json()) as { publicKey: { publicKeyPem: string } };
  const known = parsed.get(publicKey.publicKeyPem) ?? createPublicKey(publicKey.publicKeyPem);
  parsed.set(publicKey.publicKeyPem, known);
  return known;
}

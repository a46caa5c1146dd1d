// The rest of the fediverse, in a process of its own: actors on many hosts (all of 127/8 leads here), who sign and post
// replies, answer for themselves, and take what is delivered to them. Driven by start-elsewhere.ts.
import { createServer } from "node:http";
import { Client } from "undici";
import { signCavage } from "#adapters/federation/signatures/cavage.ts";
import { newKeyPair, type KeyPair } from "#domain/accounts/new-key-pair.ts";
import type { Answered, Told } from "./elsewhere-messages.ts";

const actors = 100;
type Prepared = { path: string; headers: Record<string, string>; body: string };

const received = { count: 0, awaited: Infinity, tell: () => {} };
const server = createServer((request, response) => {
  if (request.method === "POST") {
    request.resume().on("end", () => {
      response.writeHead(202, { "content-length": "0" }).end();
      if (++received.count === received.awaited) received.tell();
    });
    return;
  }
  const body = JSON.stringify(describe(`http://${request.headers.host}${request.url}`));
  response.writeHead(200, { "content-type": "application/activity+json" }).end(body);
});
await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve));
const address = server.address();
const port = typeof address === "object" && address ? address.port : 0;
const pairs: KeyPair[] = [];
while (pairs.length < actors) pairs.push(...(await Promise.all(Array.from({ length: 4 }, newKeyPair))));

let serial = 0;
let prepared: Prepared[] = [];
process.on("message", (told: Told) => {
  void obey(told).then(say);
});
const known = Array.from({ length: actors }, (_, n) => knownActor(n));
say({ port, keys: Object.fromEntries(known.map((uri) => [`${uri}#main-key`, pairOf(uri).publicKeyPem])) });

async function obey(told: Told): Promise<Answered> {
  switch (told.do) {
    case "prepare":
      prepared = Array.from({ length: told.count }, (_, n) => prepare(told, n));
      return { prepared: prepared.length };
    case "post":
      return post(told.port, told.concurrency);
    case "await-received": {
      if (received.count < told.count)
        await new Promise<void>((resolve) => {
          Object.assign(received, { awaited: told.count, tell: resolve });
        });
      return { received: received.count };
    }
  }
}

function knownActor(n: number): string {
  return `http://127.1.0.${n + 1}:${port}/users/${n}`;
}

function newActor(n: number): string {
  return `http://127.2.0.${(n % actors) + 1}:${port}/users/${n}`;
}

/** Making a pair takes a tenth of a second, so that new actors share the hundred. */
function pairOf(uri: string): KeyPair {
  const pair = pairs[Number(uri.slice(uri.lastIndexOf("/") + 1)) % actors];
  if (!pair) throw new Error(`${uri} has no keys`);
  return pair;
}

function describe(uri: string): object {
  const name = `boende${uri.slice(uri.lastIndexOf("/") + 1)}`;
  return {
    "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
    id: uri,
    type: "Person",
    preferredUsername: name,
    name,
    inbox: `${uri}/inbox`,
    followers: `${uri}/followers`,
    endpoints: { sharedInbox: new URL("/inbox", uri).href },
    publicKey: { id: `${uri}#main-key`, owner: uri, publicKeyPem: pairOf(uri).publicKeyPem },
  };
}

function prepare(told: Extract<Told, { do: "prepare" }>, n: number): Prepared {
  const actor = told.actors === "known" ? knownActor(n % actors) : newActor(++serial);
  const inReplyTo = told.parents[n % told.parents.length];
  const note = {
    id: `${actor}/notes/${++serial}`,
    type: "Note",
    attributedTo: actor,
    content: "<p>Det behövs fler bänkar vid hållplatsen, och belysning på gångvägen dit.</p>",
    inReplyTo,
    to: ["https://www.w3.org/ns/activitystreams#Public"],
    cc: [`${actor}/followers`],
    published: Temporal.Now.instant().toString(),
  };
  const body = JSON.stringify({
    "@context": "https://www.w3.org/ns/activitystreams",
    id: `${note.id}/create`,
    type: "Create",
    actor,
    to: note.to,
    cc: note.cc,
    object: note,
  });
  const headers = { "Content-Type": "application/activity+json" };
  const url = new URL(told.inbox);
  const date = Temporal.Now.instant();
  const { privateKeyPem } = pairOf(actor);
  const signed = signCavage({
    method: "POST",
    url,
    headers,
    body,
    keyId: `${actor}#main-key`,
    privateKeyPem,
    date,
  });
  return { path: url.pathname, headers: { ...headers, ...signed }, body };
}

/** Each connection comes from an address of its own, as servers do. */
async function post(to: number, concurrency: number): Promise<Answered> {
  const waiting = prepared.values();
  const refused: string[] = [];
  let accepted = 0;
  const clients = Array.from(
    { length: concurrency },
    (_, n) => new Client(`http://127.0.0.1:${to}`, { localAddress: `127.4.0.${n + 1}` }),
  );
  const begin = performance.now();
  const work = async (client: Client) => {
    for (const { path, headers, body } of waiting) {
      const answer = await client.request({ method: "POST", path, headers, body });
      const text = await answer.body.text();
      if (answer.statusCode === 202) accepted++;
      else refused.push(`${answer.statusCode} ${text}`);
    }
  };
  await Promise.all(clients.map(work));
  const ms = performance.now() - begin;
  await Promise.all(clients.map((client) => client.close()));
  return { accepted, refused: [...new Set(refused)].slice(0, 5), ms };
}

function say(answer: Answered): void {
  process.send?.(answer);
}

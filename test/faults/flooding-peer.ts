// Another server that sends far more than can be taken, in a process of its own; started by start-flood.ts.
import { createServer } from "node:http";
import { Client } from "undici";
import { signCavage } from "#adapters/federation/signatures/cavage.ts";
import { newKeyPair } from "#domain/accounts/new-key-pair.ts";
import type { FloodTold, Flooded, FloodWords } from "./start-flood.ts";

const senders = 8;
const pair = await newKeyPair();
const server = createServer((request, response) => {
  const uri = `http://${request.headers.host}${request.url}`;
  const actor = {
    "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
    id: uri,
    type: "Person",
    preferredUsername: uri.slice(uri.lastIndexOf("/") + 1),
    inbox: `${uri}/inbox`,
    publicKey: { id: `${uri}#main-key`, owner: uri, publicKeyPem: pair.publicKeyPem },
  };
  response.writeHead(200, { "content-type": "application/activity+json" }).end(JSON.stringify(actor));
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = server.address();
const origin = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;

type Message = { uri: string; headers: Record<string, string>; body: string };
let serial = 0;
let messages: Message[] = [];
process.on("message", (told: FloodTold) => {
  if ("prepare" in told) {
    messages = Array.from({ length: told.prepare }, () => sign(told.inbox, told.post, ++serial));
    say({ prepared: messages.length });
  } else void flood(told).then(say);
});
say({ ready: true });

/**
 * So many connections at once send the messages round and round, as one who believes that nothing arrived; until the
 * time is up, each message has been tried, and somebody was refused.
 */
async function flood(told: Extract<FloodTold, { port: number }>): Promise<Flooded> {
  const accepted = new Set<string>();
  const answers: Record<string, number> = {};
  let withoutTime = 0;
  let next = 0;
  const begun = performance.now();
  let firstAnswer = Infinity;
  const over = () => {
    const now = performance.now();
    if (now - begun > told.longestMs) return true;
    const refused = (answers["429"] ?? 0) + (answers["503"] ?? 0);
    return now - firstAnswer > told.shortestMs && next >= messages.length && refused > 0;
  };
  const work = async (n: number) => {
    const client = new Client(`http://127.0.0.1:${told.port}`, {
      localAddress: `127.4.${n >> 7}.${(n & 127) + 1}`,
    });
    while (!over()) {
      const message = messages[next++ % messages.length];
      if (!message) break;
      const { uri, headers, body } = message;
      try {
        const answer = await client.request({ method: "POST", path: "/ap/inbox", headers, body });
        await answer.body.dump();
        firstAnswer = Math.min(firstAnswer, performance.now());
        answers[answer.statusCode] = (answers[answer.statusCode] ?? 0) + 1;
        if (answer.statusCode === 202) accepted.add(uri);
        else if (/^(429|503)$/.test(String(answer.statusCode)) && !answer.headers["retry-after"])
          withoutTime++;
      } catch {
        answers["broken off"] = (answers["broken off"] ?? 0) + 1;
      }
    }
    await client.close();
  };
  await Promise.all(Array.from({ length: told.connections }, (_, n) => work(n)));
  const ms = performance.now() - begun;
  return { accepted: [...accepted], answers, withoutTime, ms };
}

function sign(inbox: string, post: string, n: number): Message {
  const actor = `${origin}/users/boende${n % senders}`;
  const uri = `${actor}/notes/${n}`;
  const to = ["https://www.w3.org/ns/activitystreams#Public"];
  const object = { id: uri, type: "Note", attributedTo: actor, inReplyTo: post, content: `<p>${n}</p>`, to };
  const body = JSON.stringify({ id: `${uri}#create`, type: "Create", actor, object, to });
  const headers = { "content-type": "application/activity+json" };
  const url = new URL(inbox);
  const keyId = `${actor}#main-key`;
  const { privateKeyPem } = pair;
  const date = Temporal.Now.instant();
  const signed = signCavage({ method: "POST", url, headers, body, keyId, privateKeyPem, date });
  return { uri, headers: { ...headers, ...signed }, body };
}

function say(words: FloodWords): void {
  process.send?.(words);
}

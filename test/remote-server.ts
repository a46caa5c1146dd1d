import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { signCavage } from "#adapters/federation/signatures/cavage.ts";
import { newKeyPair } from "#domain/accounts/new-key-pair.ts";

export type RemoteActor = {
  name: string;
  uri: string;
  keyId: string;
  publicKeyPem: string;
  privateKeyPem: string;
  inbox: string;
};

export type RemoteServer = {
  /** http://127.0.0.1:port */
  origin: string;
  host: string;
  /** An actor with keys of its own, served with WebFinger; the same name is the same actor. */
  actor(name: string): Promise<RemoteActor>;
  /** What the server says of an actor from now on; `undefined` brings back the ordinary document. */
  describe(actor: RemoteActor, document: unknown): void;
  /** An ordinary actor document, to be changed. */
  document(actor: RemoteActor): Record<string, unknown>;
  /** Serves an object; a number is a bare status. */
  serve(path: string, answer: object | number): string;
  /** A signed POST, changed in what a test wants to be wrong. */
  post(inbox: string, activity: object | string, how: { as: RemoteActor } & PostChanges): Promise<Response>;
  /** What it was asked for, by path, and what was posted to it. */
  asked: { method: string; path: string; headers: IncomingMessage["headers"]; body: string }[];
  stop(): Promise<void>;
};

export type PostChanges = {
  date?: Temporal.Instant;
  keyId?: string;
  privateKeyPem?: string;
  headers?: Record<string, string>;
  /** Sent instead of what was signed. */
  body?: string;
  /** The host that is signed, when the inbox is reached under another. */
  host?: string;
};

/** A small server of the fediverse with real keys, on loopback: for what needs a peer that does as it is told. */
export async function startRemoteServer(): Promise<RemoteServer> {
  const actors = new Map<string, RemoteActor>();
  const answers = new Map<string, unknown>();
  const asked: RemoteServer["asked"] = [];
  let host = "";

  const document = (actor: RemoteActor) => ({
    "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
    id: actor.uri,
    type: "Person",
    preferredUsername: actor.name,
    name: actor.name,
    inbox: actor.inbox,
    outbox: `${actor.uri}/outbox`,
    followers: `${actor.uri}/followers`,
    endpoints: { sharedInbox: `http://${host}/inbox` },
    publicKey: { id: actor.keyId, owner: actor.uri, publicKeyPem: actor.publicKeyPem },
  });

  const answerTo = (url: URL): unknown => {
    if (answers.has(url.pathname)) return answers.get(url.pathname);
    const finger = /^acct:([^@]+)@/.exec(url.searchParams.get("resource") ?? "")?.[1];
    const actor = actors.get(
      url.pathname === "/.well-known/webfinger" ? (finger ?? "") : url.pathname.replace("/users/", ""),
    );
    if (!actor) return 404;
    if (url.pathname !== "/.well-known/webfinger") return document(actor);
    const links = [{ rel: "self", type: "application/activity+json", href: actor.uri }];
    return { subject: `acct:${actor.name}@${host}`, links };
  };

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "GET", url = "/", headers } = request;
      asked.push({ method, path: url, headers, body: Buffer.concat(chunks).toString() });
      const answer = method === "POST" ? 202 : answerTo(new URL(url, `http://${host}`));
      if (typeof answer === "number") return void response.writeHead(answer).end();
      response.writeHead(200, { "content-type": "application/activity+json" }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const origin = `http://${host}`;

  return {
    origin,
    host,
    asked,
    document,
    async actor(name) {
      const known = actors.get(name);
      if (known) return known;
      const uri = `${origin}/users/${name}`;
      const made = {
        name,
        uri,
        keyId: `${uri}#main-key`,
        inbox: `${uri}/inbox`,
        ...(await newKeyPair()),
      };
      actors.set(name, made);
      return made;
    },
    describe(actor, changed) {
      const path = new URL(actor.uri).pathname;
      if (changed === undefined) answers.delete(path);
      else answers.set(path, changed);
    },
    serve(path, answer) {
      answers.set(path, answer);
      return `${origin}${path}`;
    },
    async post(inbox, activity, how) {
      const body = typeof activity === "string" ? activity : JSON.stringify(activity);
      const url = new URL(inbox);
      if (how.host) url.host = how.host;
      const headers = { "Content-Type": "application/activity+json", ...how.headers };
      const signed = signCavage({
        method: "POST",
        url,
        headers,
        body,
        keyId: how.keyId ?? how.as.keyId,
        privateKeyPem: how.privateKeyPem ?? how.as.privateKeyPem,
        date: how.date ?? Temporal.Now.instant(),
      });
      // fetch sets the host itself.
      const sent = new Headers({ ...headers, ...signed });
      sent.delete("host");
      return fetch(inbox, { method: "POST", headers: sent, body: how.body ?? body });
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

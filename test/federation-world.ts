import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Services } from "#context.ts";
import { findAccount, type Account } from "#domain/accounts/account.ts";
import { createAccount } from "#domain/accounts/create-account.ts";
import { saveRemoteAccount } from "#domain/accounts/save-remote-account.ts";
import { findAuthorityByHost, type Authority } from "#domain/authorities/authority.ts";
import type { PostId } from "#domain/posts/post.ts";
import { publishPost, type NewPost } from "#domain/posts/publish-post.ts";
import { receivePost, type IncomingPost } from "#domain/posts/receive-post.ts";
import type { Database } from "#platform/database.ts";
import { silentLog } from "#platform/log.ts";
import { createMetrics } from "#platform/metrics.ts";
import { createSafeFetch } from "#platform/safe-fetch.ts";
import { newKeyPair } from "#domain/accounts/new-key-pair.ts";

type Scope = { after(cleanup: () => Promise<void> | void): void };

/** For tests: what adapters get, over a real database and a fetch that may reach loopback. */
export function exampleServices(scope: Scope, db: Database, changes: Partial<Services> = {}): Services {
  const fetch = createSafeFetch({ allowPrivateNetwork: true, userAgent: "Torg test" });
  scope.after(() => fetch.close());
  return {
    config: { url: new URL("http://torg.test"), allowPrivateNetwork: true },
    db,
    clock: () => Temporal.Now.instant(),
    log: silentLog,
    fetch,
    metrics: createMetrics(),
    random: () => 0.5,
    stopping: new AbortController().signal,
    ...changes,
  } as Services;
}

/** For tests: an invented authority at torg.test, with handles at handles.test. */
export async function exampleAuthority(db: Database, domain = "torg.test"): Promise<Authority> {
  return db.system(async (tx) => {
    await tx`insert into authority (name, municipality, languages, domain, handle_domain)
      values ('Exempelkommun', '0000', '{sv,en}', ${domain}, ${domain.replace("torg", "handles")})`;
    const authority = await findAuthorityByHost(tx, domain);
    if (!authority) throw new Error("no authority");
    return authority;
  });
}

export async function exampleAccount(
  db: Database,
  authority: Authority,
  handle: string,
  kind: "authority" | "office" = "office",
): Promise<Account> {
  const keys = await newKeyPair();
  return db.as(authority.id, async (tx) => {
    const created = await createAccount(tx, authority, { handle, name: handle, kind }, keys, undefined);
    const account =
      created.outcome === "created" ? await findAccount(tx, authority.id, created.id) : undefined;
    if (!account) throw new Error(created.outcome);
    return account;
  });
}

/** For tests: someone elsewhere; every account of an origin shares its /shared inbox unless told otherwise. */
export async function exampleRemote(
  db: Database,
  authority: Authority,
  uri: string,
  changes: { sharedInbox?: string | null } = {},
): Promise<Account> {
  const url = new URL(uri);
  return db.as(authority.id, async (tx) => {
    const id = await saveRemoteAccount(tx, authority.id, {
      network: "fediverse",
      uri,
      url: uri,
      handle: url.pathname.slice(1),
      domain: url.host,
      name: url.pathname.slice(1),
      biography: [],
      fields: [],
      avatarUrl: null,
      headerUrl: null,
      inbox: `${uri}/inbox`,
      sharedInbox: `${url.origin}/shared`,
      outbox: null,
      followers: null,
      publicKeyId: `${uri}#main-key`,
      publicKey: null,
      locked: false,
      indexable: false,
      automated: false,
      ...changes,
    });
    const account = await findAccount(tx, authority.id, id);
    if (!account) throw new Error("no account");
    return account;
  });
}

export type Received = { path: string; body: string; headers: IncomingMessage["headers"]; method: string };

/** For tests: a server elsewhere that keeps what it gets. */
export async function exampleSink(
  scope: Scope,
  answer: (request: Received, response: ServerResponse) => void = (_, response) =>
    response.writeHead(202).end(),
): Promise<{ origin: string; host: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { url: path = "", headers, method = "" } = request;
      const one = { path, headers, method, body: Buffer.concat(chunks).toString() };
      received.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  scope.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin: `http://${host}`, host, received };
}

/** For tests: a post from elsewhere, kept whether or not it concerns us. */
export async function exampleRemotePost(
  db: Database,
  authority: Authority,
  by: Account,
  uri: string,
  changes: Partial<IncomingPost> = {},
): Promise<PostId> {
  const incoming: IncomingPost = {
    network: "fediverse",
    uri,
    url: uri,
    author: by.id,
    kind: "note",
    visibility: "public",
    inReplyTo: null,
    publishedAt: Temporal.Instant.from("2026-11-22T08:00:00Z"),
    editedAt: null,
    title: null,
    warning: null,
    language: "sv",
    source: "<p>Hej</p>",
    blocks: [{ kind: "paragraph", inlines: [{ kind: "text", text: "Hej" }] }],
    pictures: [],
    mentioned: [],
    entry: null,
    ...changes,
  };
  const received = await db.as(authority.id, (tx) => receivePost(tx, authority.id, incoming, "always"));
  if (received.outcome !== "received") throw new Error(received.outcome);
  return received.id;
}

/** For tests: a short public post of one of ours. */
export async function examplePost(
  db: Database,
  authority: Authority,
  account: Account,
  changes: Partial<NewPost> = {},
): Promise<PostId> {
  const words: NewPost = {
    kind: "note",
    sourceType: "plain",
    source: "Hej",
    language: "sv",
    attachments: [],
    account: account.id,
    person: null,
    visibility: "public",
    capacity: "office",
    ...changes,
  };
  const now = Temporal.Instant.from("2026-11-22T08:00:00Z");
  const published = await db.as(authority.id, (tx) => publishPost(tx, authority, words, now));
  if (published.outcome !== "published") throw new Error(published.outcome);
  return published.id;
}

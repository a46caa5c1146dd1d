import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { createSafeFetch } from "#platform/safe-fetch.ts";
import type { RemoteActor } from "../remote-server.ts";
import { hostileSquare } from "../whole/hostile-square.ts";
import { fileScope } from "../file-scope.ts";

const scope = fileScope();
const world = await hostileSquare(scope);
const { torg, square, question, remote, alice, inbox, reply, mark, newLines } = world;
const { authority } = square;

/** A server of its own, for what the ordinary one would never answer. */
async function oddServer(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server: Server = createServer(answer ?? (() => {}));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  scope.after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Someone who claims to be at an address, with a key that works. */
function claimed(uri: string): RemoteActor {
  return { ...alice, name: "x", uri, keyId: `${uri}#main-key`, inbox: `${uri}/inbox` };
}

const send = (as: RemoteActor) => {
  const activity = {
    ...reply({ attributedTo: as.uri, id: `${as.uri}/note` }),
    id: `${as.uri}/create`,
    actor: as.uri,
  };
  return remote.post(inbox, activity, { as });
};

test("an actor whose server answers with a bomb, without end, in circles or in tongues is refused", async () => {
  const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024));
  const json = { "content-type": "application/activity+json" };
  const odd = await oddServer((request, response) => {
    const path = request.url ?? "";
    if (path.startsWith("/bomb"))
      return void response.writeHead(200, { ...json, "content-encoding": "gzip" }).end(bomb);
    if (path.startsWith("/huge"))
      return void response.writeHead(200, { ...json, "content-length": "5000000000" }).write("{");
    if (path.startsWith("/circle")) return void response.writeHead(302, { location: `${path}x` }).end();
    if (path.startsWith("/html"))
      return void response.writeHead(200, { "content-type": "text/html" }).end("<html>");
    if (path.startsWith("/deep"))
      return void response.writeHead(200, json).end(`${'{"a":'.repeat(9_000)}1${"}".repeat(9_000)}`);
    if (path.startsWith("/other"))
      return void response.writeHead(200, json).end(JSON.stringify(remote.document(alice)));
    if (path.startsWith("/away")) return void response.writeHead(302, { location: alice.uri }).end();
    response.socket?.destroy();
  });
  await torg.settled();
  const before = await mark();
  for (const what of ["bomb", "huge", "circle", "html", "deep", "other", "away", "cut"]) {
    const { status } = await send(claimed(`${odd}/${what}`));
    assert.ok([401, 403, 503].includes(status), `${what}: ${status}`);
  }
  assert.deepEqual(await mark(), before);
  assert.ok(process.memoryUsage().rss < 1_500_000_000);
});

test("no name, address or redirect leads a fetch inside", async () => {
  const asked: string[] = [];
  const inside = await oddServer((request, response) => {
    asked.push(request.url ?? "");
    response.end("secret");
  });
  const port = new URL(inside).port;
  const turns = ["203.0.113.9", "127.0.0.1"];
  const fetch = createSafeFetch({
    allowPrivateNetwork: false,
    userAgent: "test",
    resolve: (name) => {
      // A name that is public when looked at, and private when connected to.
      const address =
        name === "rebind.test"
          ? (turns.shift() ?? "127.0.0.1")
          : ({
              "v6.test": "::1",
              "mapped.test": "::ffff:127.0.0.1",
              "ten.test": "10.0.0.1",
              "meta.test": "169.254.169.254",
              "zero.test": "0.0.0.0",
              "local.test": "fd00::1",
            }[name] ?? "127.0.0.1");
      return Promise.resolve([{ address, family: address.includes(":") ? 6 : 4 }]);
    },
  });
  scope.after(() => fetch.close());
  const hosts = [
    "v6.test",
    "mapped.test",
    "ten.test",
    "meta.test",
    "zero.test",
    "local.test",
    "any.test",
    "127.0.0.1",
    "[::1]",
    "[::ffff:7f00:1]",
    "2130706433",
    "0x7f.1",
    "0177.0.0.1",
    "localhost",
    "localhost.",
    "127.1",
    "169.254.169.254",
    "[fe80::1]",
    "[64:ff9b::7f00:1]",
  ];
  for (const scheme of ["http", "https"])
    for (const host of hosts) {
      const answer = await fetch(`${scheme}://${host}:${port}/x`, { timeoutMs: 2_000 });
      assert.ok(
        !answer.ok && ["blocked-address", "bad-url"].includes(answer.reason),
        `${scheme}://${host}: ${JSON.stringify(answer)}`,
      );
    }
  for (const url of [
    `file:///etc/passwd`,
    `gopher://127.0.0.1:${port}/`,
    `ftp://any.test/`,
    `http://user:pass@any.test:${port}/`,
    "data:text/html,x",
    "javascript:x",
    "//any.test",
    "",
  ]) {
    const answer = await fetch(url);
    assert.ok(!answer.ok, url);
  }
  assert.deepEqual(asked, []);
});

test("posts that answer each other in a ring are kept, and their page is shown", async () => {
  const ring = ["a", "b", "c"].map((name) => `${remote.origin}/ring/${name}`);
  const [first = "", second = "", third = ""] = ring;
  for (const [id, inReplyTo] of [
    [first, second],
    [second, third],
    [third, first],
  ] as const) {
    const tag = [
      {
        type: "Mention",
        href: `http://${authority.domain}/ap/accounts/${square.office.id}`,
        name: "@kommunchef",
      },
    ];
    const activity = { ...reply({ id, inReplyTo, tag }), id: `${id}/create` };
    assert.equal((await remote.post(inbox, activity, { as: alice })).status, 202);
  }
  const self = `${remote.origin}/ring/self`;
  await remote.post(inbox, { ...reply({ id: self, inReplyTo: self }), id: `${self}/create` }, { as: alice });
  await torg.settled();
  const { id } = authority;
  const cookie = await torg.cookieOf(authority, square.person);
  const posts = await torg.db.read(
    id,
    (tx) =>
      tx<
        { id: string }[]
      >`select id from post where authority = ${id} and uri like ${`${remote.origin}/ring/%`}`,
  );
  assert.ok(posts.length >= 3);
  for (const post of posts)
    for (const path of [`/posts/${post.id}`, `/deck/posts/${post.id}`]) {
      const { status } = await torg.ask(authority, path, { cookie });
      assert.ok([200, 302, 404].includes(status), `${path} answered ${status}`);
    }
});

test("a note with ten thousand mentions and tags is bounded", async () => {
  const tag = Array.from({ length: 10_000 }, (_, index) =>
    index % 2
      ? { type: "Mention", href: `https://m.test/${index}`, name: `@m${index}` }
      : { type: "Hashtag", name: `#t${index}` },
  );
  const content = Array.from({ length: 10_000 }, (_, index) => `#t${index}`).join(" ");
  const answer = await remote.post(
    inbox,
    reply({
      tag,
      content,
      to: tag.map((one) => one.name),
      cc: "https://www.w3.org/ns/activitystreams#Public",
    }),
    { as: alice },
  );
  assert.equal(answer.status, 202);
  await torg.settled();
  const { id } = authority;
  const [rows] = await torg.db.read(
    id,
    (tx) => tx<{ tags: number; mentions: number }[]>`
      select (select count(*)::int from post_tag where authority = ${id}) as tags,
        (select count(*)::int from post_mention where authority = ${id}) as mentions`,
  );
  assert.ok(rows && rows.tags <= 256 && rows.mentions <= 256, JSON.stringify(rows));
  assert.equal((await torg.ask(authority, `/@kommunchef/${question}`)).status, 200);
});

test("a conversation a thousand levels deep is shown", async () => {
  const author = await square.know(alice);
  let parent = question;
  for (let level = 0; level < 1_000; level++)
    parent = await square.hear(author, `${remote.origin}/deep/${level}`, `Nivå ${level}`, parent);
  await torg.settled();
  const page = await torg.ask(authority, `/@kommunchef/${question}`);
  assert.equal(page.status, 200);
  assert.ok((page.text.match(/<article/g) ?? []).length > 100);
  const cookie = await torg.cookieOf(authority, square.person);
  for (const path of ["/deck", `/deck/posts/${question}`, `/ap/posts/${question}/replies?page=true`])
    assert.equal((await torg.ask(authority, path, { cookie })).status, 200, path);
});

test("names that hide, turn around or pile up are shown apart from what is beside them", async () => {
  const names = [
    "\u202Eefehcnummok\u202C",
    "\u200B\u200B",
    "Kommunchefen\u200E",
    "Z\u0351\u036B\u0343".repeat(300),
    "\u0000\u0007",
    "𝕶𝖔𝖒𝖒𝖚𝖓",
    "a".repeat(100_000),
    "",
    " ",
  ];
  for (const [index, name] of names.entries()) {
    const actor = claimed(`${remote.origin}/users/name${index}`);
    remote.serve(`/users/name${index}`, {
      ...remote.document({ ...actor, name: `name${index}` }),
      name,
      preferredUsername: index === 6 ? `\u202E${name}` : `name${index}`,
    });
    const answer = await send(actor);
    assert.ok([202, 401, 403].includes(answer.status), `${index}: ${answer.status}`);
  }
  await torg.settled();
  const { text, status } = await torg.ask(authority, `/@kommunchef/${question}`);
  assert.equal(status, 200);
  // Invisible marks that turn text around are gone, or shut in.
  assert.doesNotMatch(text.replaceAll(/<bdi>.*?<\/bdi>/gs, ""), /\u202E/);
});

test("an address that cannot be had, or of another kind, is looked up without harm", async () => {
  const cookie = await torg.cookieOf(authority, square.person);
  for (const handle of [
    "@x@127.0.0.1:1",
    `@x@${new URL(inbox).host}`,
    "@x@[::1]",
    `@${"x".repeat(5_000)}@evil.test`,
    "@x@evil.test/../..",
    "@x@x@x",
    `@x@${remote.host}`,
  ]) {
    const { status } = await torg.ask(authority, "/deck/follow", {
      cookie,
      form: { account: square.office.id, handle },
    });
    assert.ok([200, 422].includes(status), `${handle.slice(0, 40)} answered ${status}`);
  }
});

test("after all that the server answers, nothing was set aside, and no fault was logged", async () => {
  assert.equal((await remote.post(inbox, reply(), { as: alice })).status, 202);
  await torg.settled();
  assert.deepEqual(
    newLines().filter((line) => line.level === "error"),
    [],
  );
  assert.deepEqual([...(await torg.db.system((tx) => tx`select error from subscription_failure`))], []);
});

import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import type { RemoteActor } from "../remote-server.ts";
import { hostileSquare } from "../whole/hostile-square.ts";
import { fileScope } from "../file-scope.ts";

const scope = fileScope();
const world = await hostileSquare(scope);
const { torg, square, remote, alice, inbox, reply, mark, newLines } = world;
const mallory = await remote.actor("mallory");
type How = Parameters<typeof remote.post>[2];

/** Refused with a status and a line in the log; nothing is stored, and the next honest reply is taken. */
async function assertRefused(
  what: string,
  status: number,
  reason: string,
  send: () => Promise<Response>,
): Promise<void> {
  const before = await mark();
  newLines();
  const answer = await send();
  assert.equal(answer.status, status, `${what}: ${await answer.text()}`);
  const line = newLines().find((one) => one.message === "an activity was refused");
  assert.deepEqual([line?.["status"], line?.["reason"], line?.level], [status, reason, "warn"], what);
  assert.deepEqual(await mark(), before, `${what} stored something`);
}

async function assertAnswers(): Promise<void> {
  assert.equal((await remote.post(inbox, reply(), { as: alice })).status, 202);
  await torg.settled();
}

test("an honest reply is taken", assertAnswers);

test("bodies that are too large, too deep or no JSON are refused", async () => {
  const filled = JSON.stringify(reply({ content: "x".repeat(1_048_577) }));
  const deep = `{"id":"x","actor":${JSON.stringify(alice.uri)},"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
  const as: How = { as: alice };
  const cases: [string, number, string, string, How][] = [
    ["more than 1 MiB", 413, "too-large", filled, as],
    ["deep", 400, "malformed-json", deep, as],
    ["deep objects", 400, "malformed-json", `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`, as],
    ["cut off", 400, "malformed-json", '{"type":"Create",', as],
    ["a list", 400, "malformed-json", "[]", as],
    ["null", 400, "malformed-json", "null", as],
    ["nothing", 400, "malformed-json", "", as],
    ["no actor", 400, "no-actor", '{"type":"Create"}', as],
    ["an actor that is no address", 400, "no-actor", '{"type":"Create","actor":{"id":["x",5]}}', as],
    ["text", 415, "not-json", "hej", { as: alice, headers: { "Content-Type": "text/plain" } }],
    [
      "a form",
      415,
      "not-json",
      "a=b",
      { as: alice, headers: { "Content-Type": "application/x-www-form-urlencoded" } },
    ],
    ["compressed", 415, "not-json", "{}", { as: alice, headers: { "content-encoding": "gzip" } }],
  ];
  for (const [what, status, reason, body, how] of cases)
    await assertRefused(what, status, reason, () => remote.post(inbox, body, how));
  await assertRefused("not UTF-8", 400, "not-utf-8", () =>
    fetch(inbox, {
      method: "POST",
      headers: { "content-type": "application/activity+json" },
      body: new Uint8Array([0x7b, 0xff, 0x7d]),
    }),
  );
  await assertAnswers();
});

test("a length that lies, and a body that never comes, hold up nobody", async () => {
  const before = await mark();
  const head = (more: string) =>
    `POST /ap/inbox HTTP/1.1\r\nHost: ${square.authority.domain}\r\nContent-Type: application/activity+json\r\n${more}\r\n\r\n`;
  newLines();
  const piece = `10000\r\n${" ".repeat(65_536)}\r\n`;
  assert.match(await raw(head("Transfer-Encoding: chunked") + piece.repeat(20)), /^HTTP\/1.1 413/);
  assert.equal(
    newLines().find((line) => line.message === "an activity was refused")?.["reason"],
    "too-large",
  );
  const [huge, both, negative] = await Promise.all([
    raw(head("Content-Length: 99999999999")),
    raw(`${head("Content-Length: 5\r\nTransfer-Encoding: chunked")}0\r\n\r\n`),
    raw(head("Content-Length: -1")),
  ]);
  assert.match(huge, /^HTTP\/1.1 413/);
  assert.match(both, /^HTTP\/1.1 400/);
  assert.match(negative, /^HTTP\/1.1 400/);
  const slow = Array.from({ length: 300 }, () => connect(torg.port, "127.0.0.1"));
  for (const socket of slow) socket.on("error", () => {}).write(`${head("Content-Length: 1000")}{`);
  // The slow ones are all still open.
  await assertAnswers();
  for (const socket of slow) socket.destroy();
  assert.equal(Object.keys(before).length, Object.keys(await mark()).length);
});

test("forged signatures are refused", async () => {
  const ago = (hours: number) => Temporal.Now.instant().subtract({ hours });
  const stranger = { ...alice, keyId: "http://127.0.0.1:9/users/alice#main-key" };
  const hers = () => JSON.stringify(reply());
  await assertRefused("another's key under her name", 401, "bad-signature", () =>
    remote.post(inbox, reply(), { as: alice, privateKeyPem: mallory.privateKeyPem }),
  );
  await assertRefused("another actor of the same host", 403, "foreign-key", () =>
    remote.post(inbox, reply(), { as: alice, keyId: mallory.keyId, privateKeyPem: mallory.privateKeyPem }),
  );
  await assertRefused("a key of another host", 403, "other-host", () =>
    remote.post(inbox, reply(), { as: stranger }),
  );
  await assertRefused("no signature", 401, "missing-signature", () =>
    fetch(inbox, { method: "POST", headers: { "content-type": "application/activity+json" }, body: hers() }),
  );
  for (const signature of [
    "",
    "x",
    'keyId="a"',
    `keyId="${alice.keyId}",headers="date",signature="eA=="`,
    `keyId="${alice.keyId}",keyId="b",signature="eA=="`,
  ])
    await assertRefused(
      `the signature ${signature}`,
      401,
      signature.includes('headers="date"')
        ? "uncovered"
        : signature === ""
          ? "malformed-signature"
          : "malformed-signature",
      () =>
        fetch(inbox, {
          method: "POST",
          headers: { "content-type": "application/activity+json", signature },
          body: hers(),
        }),
    );
  await assertRefused("an old date", 401, "stale-date", () =>
    remote.post(inbox, reply(), { as: alice, date: ago(13) }),
  );
  await assertRefused("a date to come", 401, "stale-date", () =>
    remote.post(inbox, reply(), { as: alice, date: ago(-2) }),
  );
  await assertRefused("another body than was signed", 401, "wrong-digest", () =>
    remote.post(inbox, reply(), { as: alice, body: hers() }),
  );
  await assertRefused("made for another host", 401, "bad-signature", () =>
    remote.post(inbox, reply(), { as: alice, host: "annan.test" }),
  );
  await assertAnswers();
});

test("nobody speaks for another, nor for another's host", async () => {
  const of = (actor: RemoteActor) => ({ as: actor });
  const elsewhere = "https://annan.test/notes/1";
  const cases: object[] = [
    {
      ...reply(),
      object: { id: elsewhere, type: "Note", attributedTo: "https://annan.test/users/a", content: "x" },
    },
    { ...reply(), id: elsewhere },
    reply({ attributedTo: mallory.uri }),
    { id: `${alice.uri}/d`, type: "Delete", actor: alice.uri, object: elsewhere },
    {
      id: `${alice.uri}/u`,
      type: "Update",
      actor: alice.uri,
      object: { id: mallory.uri, type: "Person", attributedTo: mallory.uri },
    },
  ];
  for (const activity of cases)
    await assertRefused(JSON.stringify(activity), 403, "not-its-own", () =>
      remote.post(inbox, activity, of(alice)),
    );
  const first = reply();
  assert.equal((await remote.post(inbox, first, of(alice))).status, 202);
  await torg.settled();
  const ofPosts = async () => {
    const { post, post_version: versions, addressed } = await mark();
    return [post, versions, addressed];
  };
  const before = await ofPosts();
  const { id } = first.object;
  const note = {
    id,
    type: "Note",
    attributedTo: mallory.uri,
    content: "kapad",
    updated: "2030-01-01T00:00:00Z",
  };
  const acts = [
    { id: `${mallory.uri}/1`, type: "Delete", actor: mallory.uri, object: id },
    { id: `${mallory.uri}/2`, type: "Update", actor: mallory.uri, object: note },
    { id: `${mallory.uri}/3`, type: "Delete", actor: mallory.uri, object: alice.uri },
    { id: `${mallory.uri}/4`, type: "Undo", actor: mallory.uri, object: first },
  ];
  for (const activity of acts) assert.equal((await remote.post(inbox, activity, of(mallory))).status, 202);
  await torg.settled();
  assert.deepEqual(await ofPosts(), before, "a neighbour on the same server changed her post");
});

test("the same activity again, word for word, changes nothing", async () => {
  const activity = reply();
  assert.equal((await remote.post(inbox, activity, { as: alice })).status, 202);
  await torg.settled();
  const before = await mark();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => remote.post(inbox, activity, { as: alice })),
  );
  assert.deepEqual(new Set(answers.map((answer) => answer.status)), new Set([202]));
  await torg.settled();
  const { activity_seen: _, ...now } = await mark();
  const { activity_seen: __, ...then } = before;
  assert.deepEqual(now, then);
});

test("methods and encodings that do not belong there are turned away", async () => {
  const path = "/ap/inbox";
  for (const method of ["GET", "PUT", "PATCH", "DELETE", "HEAD"]) {
    const { status } = await torg.ask(square.authority, path, {
      method,
      headers: { origin: "https://evil.test" },
    });
    assert.ok([403, 404, 405].includes(status), `${method}: ${status}`);
  }
  const overridden = await torg.ask(square.authority, path, {
    method: "GET",
    headers: { "x-http-method-override": "POST" },
  });
  assert.equal(overridden.status, 404);
});

/** Sends bytes, and returns the beginning of what comes back. */
function raw(bytes: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connect(torg.port, "127.0.0.1", () => socket.write(bytes));
  socket.setTimeout(5_000, () => socket.destroy(new Error("no answer")));
  socket.on("data", (chunk) => {
    resolve(chunk.toString());
    socket.destroy();
  });
  socket.on("error", reject);
  socket.on("close", () => resolve(""));
  return promise;
}

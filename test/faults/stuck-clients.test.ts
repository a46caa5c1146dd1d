import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { test } from "node:test";
import { makeAccessToken } from "#domain/accounts/access-token.ts";
import { exampleAuthority } from "../example.ts";
import { fileScope } from "../file-scope.ts";
import { ask } from "../whole/ask.ts";
import { startProcesses } from "./several-torgs.ts";

const scope = fileScope();
const { db, servers, host } = await startProcesses(scope, { serving: 1, working: 1 });
const [server] = servers;
assert.ok(server);
const { authority, office, person } = await exampleAuthority(db, { domain: host });
const made = await db.as(authority.id, (tx) =>
  makeAccessToken(tx, authority.id, { person, account: office.id, scopes: ["read", "write"] }),
);
assert.equal(made.outcome, "made");
const head = (line: string, ...more: string[]) =>
  [`${line} HTTP/1.1`, `Host: ${host}`, `Authorization: Bearer ${made.token}`, ...more, "", ""].join("\r\n");
const form = "Content-Type: multipart/form-data; boundary=x";
const activity = "Content-Type: application/activity+json";
const each = 60;

test("clients that stop in the middle, or never read, are let go by themselves, and all others are served", async () => {
  const stuck = {
    "nothing at all": "",
    "half a head": head("GET /").slice(0, -20),
    "an activity that does not come": head("POST /ap/inbox", activity, "Content-Length: 900") + "{",
    "an activity without an end":
      head("POST /ap/inbox", activity, "Transfer-Encoding: chunked") + "1\r\n{\r\n",
    "a picture that stalls": head("POST /api/v2/media", form, "Content-Length: 900000") + "--x\r\n",
    "a form that stalls":
      head("POST /api/v1/statuses", "Content-Type: application/x-www-form-urlencoded", "Content-Length: 90") +
      "sta",
    "an answer not read, kept open for more": head("GET /").repeat(20),
  };
  const sockets = await Promise.all(
    Object.values(stuck).flatMap((said) => Array.from({ length: each }, () => opened(said))),
  );
  // Whoever is served in between finds the door open, though hundreds stand in it.
  for (let n = 0; n < 20; n++) {
    assert.equal((await ask(server.port, host, "/")).status, 200);
    assert.equal((await ask(server.port, host, "/ap/inbox", { method: "POST", body: "{" })).status, 415);
  }
  const said = await Promise.all(sockets.map(untilLetGo));
  for (const [index, what] of Object.keys(stuck).entries())
    for (const answer of said.slice(index * each, (index + 1) * each))
      assert.doesNotMatch(answer, /^HTTP\/1.1 500/m, what);
  assert.equal((await ask(server.port, host, "/readyz")).status, 200);
  const errors = server
    .output()
    .split("\n")
    .filter((line) => line.includes('"level":"error"'));
  assert.deepEqual(errors.slice(0, 3), [], "a client that is gone is no failure of ours");
});

async function opened(said: string): Promise<Socket> {
  const socket = connect(server?.port ?? 0, "127.0.0.1");
  socket.on("error", () => {});
  await once(socket, "connect");
  if (said !== "") socket.write(said);
  return socket;
}

/** What came before the server closed. */
async function untilLetGo(socket: Socket): Promise<string> {
  let said = "";
  socket.setEncoding("utf8").on("data", (text: string) => (said += text));
  if (!socket.destroyed) await once(socket, "close");
  return said;
}

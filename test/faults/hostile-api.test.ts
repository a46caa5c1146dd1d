import assert from "node:assert/strict";
import { test } from "node:test";
import { makeAccessToken, revokeToken } from "#domain/accounts/access-token.ts";
import type { Account } from "#domain/accounts/account.ts";
import { decideOnPost } from "#domain/moderation/decide.ts";
import { deletePost } from "#domain/posts/delete-post.ts";
import { exampleRemote } from "../example.ts";
import { fileScope } from "../file-scope.ts";
import { waitFor } from "../interop/wait-for.ts";
import { ask, type Question } from "../whole/ask.ts";
import { openSquare } from "../whole/square.ts";
import { startWholeTorg } from "../whole/torg.ts";

const scope = fileScope();
const torg = await startWholeTorg(scope);
const square = await openSquare(torg, torg.hosts[0], "kommunchef");
const other = await openSquare(torg, torg.hosts[1], "kommunchef");
const { authority, office, voice, person } = square;
const now = () => Temporal.Now.instant();
const home = "/api/v1/timelines/home";

const tokenOf = async (account: Account, scopes = ["read", "write", "push"]) => {
  const made = await torg.db.as(authority.id, (tx) =>
    makeAccessToken(tx, authority.id, { person, account: account.id, scopes }),
  );
  if (made.outcome !== "made") throw new Error(made.outcome);
  return made;
};
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const get = (path: string, headers: Record<string, string> = {}, more: Question = {}) =>
  ask(torg.port, authority.domain, path, { ...more, headers });

const said = await square.say("Ett ord till alla");
const confided = await square.say("Bara för följare", { visibility: "followers" });
const [ofOffice, ofVoice] = [await tokenOf(office), await tokenOf(voice)];
await torg.settled();

test("nobody is given an answer that was made for somebody else, however it is asked for", async () => {
  const status = `/api/v1/statuses/${confided}`;
  for (const path of [home, status, `${home}?limit=5`, `${status}/context`]) {
    const asked = { ...bearer(ofOffice.token) };
    // Twice: the second comes from memory.
    for (let n = 0; n < 2; n++) assert.equal((await get(path, asked)).status, 200, path);
    const spoken = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-protocol": ofOffice.token };
    for (let n = 0; n < 2; n++) await get(path, spoken);
    const strangers: Record<string, string>[] = [
      {},
      { "if-none-match": "*" },
      { range: "bytes=0-100" },
      { "x-forwarded-host": "other.example", "x-original-url": path, "x-rewrite-url": path },
      { connection: "Upgrade", upgrade: "websocket" },
      { authorization: "Bearer" },
      { authorization: `Basic ${ofOffice.token}` },
      { cookie: `access_token=${ofOffice.token}` },
    ];
    for (const headers of strangers)
      for (const method of ["GET", "HEAD"]) {
        const { status: got, text } = await get(path, headers, { method });
        assert.ok(got === 401 || got === 404, `${method} ${path} ${JSON.stringify(headers)}: ${got}`);
        assert.doesNotMatch(text, /följare/);
      }
    const elsewhere = await ask(torg.port, other.authority.domain, path, { headers: asked });
    assert.equal(elsewhere.status, 401, "the token of another authority");
    const colleague = await get(path, bearer(ofVoice.token));
    assert.doesNotMatch(colleague.text, /följare/);
  }
});

test("an answer is not given again once it is no longer true", async () => {
  const short = await tokenOf(office);
  const post = await square.say("Det här tas bort");
  const asa = await exampleRemote(torg.db, authority, "asa", "social.test");
  const hidden = await square.hear(asa, "https://social.test/posts/1", "Det här döljs", said);
  await torg.settled();
  const context = `/api/v1/statuses/${said}/context`;
  const paths = [home, context, `/api/v1/accounts/${office.id}/statuses`];
  const read = async () => {
    const answers = await Promise.all(paths.map((path) => get(path, bearer(short.token))));
    return {
      statuses: [...new Set(answers.map(({ status }) => status))],
      text: answers.map(({ text }) => text).join(),
    };
  };
  for (let n = 0; n < 2; n++) assert.match((await read()).text, /tas bort.*döljs/);
  await torg.db.as(authority.id, async (tx) => {
    await deletePost(tx, authority.id, { id: post, account: office.id, person }, now());
    const decision = { action: "hide", post: hidden, rule: 1, reason: "Prov", person } as const;
    assert.equal((await decideOnPost(tx, authority.id, decision, now())).outcome, "decided");
  });
  await waitFor(async () => !/tas bort|döljs/.test((await read()).text), { what: "what stands now" });
  for (const id of [post, hidden])
    for (const part of ["", "/context", "/history", "/source"])
      assert.equal((await get(`/api/v1/statuses/${id}${part}`, bearer(short.token))).status, 404);
  await torg.db.as(authority.id, (tx) => revokeToken(tx, authority.id, short.id, person, now()));
  await waitFor(async () => String((await read()).statuses) === "401", { what: "the end of the token" });
});

test("a token stands in no line of the log and in no link, wherever it was put", async () => {
  const { token } = await tokenOf(office);
  const begin = torg.said.length;
  for (let n = 0; n < 2; n++) {
    const { headers, status } = await get(`${home}?limit=1&access_token=${token}`);
    assert.equal(status, 200);
    assert.ok(headers.link);
    assert.doesNotMatch(String(headers.link), new RegExp(token));
  }
  await get(`/api/v1/nothing/here?access_token=${token}`);
  await get(`/@nobody?access_token=${token}`);
  await get(`/api/v1/statuses/1${"0".repeat(18)}?access_token=${token}&max_id=%00`);
  await ask(torg.port, authority.domain, "/oauth/revoke", {
    form: { token, client_id: "x", client_secret: "hemlig-nyckel" },
  });
  const lines = torg.said.slice(begin).join("\n");
  assert.match(lines, /timelines/);
  assert.doesNotMatch(lines, new RegExp(`${token}|hemlig-nyckel`));
});

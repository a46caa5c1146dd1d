import assert from "node:assert/strict";
import { test } from "node:test";
import { makeAccessToken, revokeToken } from "#domain/accounts/access-token.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import { newKeyPair } from "#domain/accounts/new-key-pair.ts";
import { receiveFollow } from "#domain/relationships/follows.ts";
import { activityStore } from "#adapters/federation/inbox/store-activity.ts";
import { signCavage } from "#adapters/federation/signatures/cavage.ts";
import { exampleAuthority, exampleRemote } from "#test/example.ts";
import { fileScope } from "#test/file-scope.ts";
import { settled, startWholeTorg } from "#test/whole/torg.ts";
import { waitFor } from "./interop/wait-for.ts";

const scope = fileScope();
const { torg, db, hosts, port } = await startWholeTorg(scope);
const [host] = hosts;
const { authority, office, voice, person } = await exampleAuthority(db, { domain: host });
const origin = `http://127.0.0.1:${port}`;
const [office1, office2, voices] = await Promise.all([
  tokenFor(office.id),
  tokenFor(office.id),
  tokenFor(voice.id),
]);

type Asked = Omit<RequestInit, "headers"> & { headers?: Record<string, string> };
type Answer = { status: number; body: string; headers: Headers };
type Status = { id: string; content: string; bookmarked: boolean };

async function tokenFor(account: AccountId) {
  const made = await db.as(authority.id, (tx) =>
    makeAccessToken(tx, authority.id, { person, account, scopes: ["read", "write"] }),
  );
  assert.equal(made.outcome, "made");
  return made;
}

async function ask(path: string, token?: string, more: Asked = {}): Promise<Answer> {
  const headers = { ...(token ? { authorization: `Bearer ${token}` } : {}), ...more.headers };
  const answer = await fetch(origin + path, { ...more, headers });
  return { status: answer.status, body: await answer.text(), headers: answer.headers };
}
const say = async (status: string) => {
  const said = await ask("/api/v1/statuses", office1.token, {
    method: "POST",
    body: new URLSearchParams({ status }),
  });
  return JSON.parse(said.body) as Status;
};
const home = async (token: string) =>
  JSON.parse((await ask("/api/v1/timelines/home", token)).body) as Status[];
/** How often the routes themselves have been asked; what is given from memory does not reach them. */
const requestsOf = async (path: string, token: string, times: number) => {
  let queries = 0;
  const count = (_: number, words: string) => void (words.includes("access_token") && queries++);
  Reflect.set(torg.services.db.sql.options, "debug", count);
  for (let n = 0; n < times; n++) assert.equal((await ask(path, token)).status, 200);
  Reflect.set(torg.services.db.sql.options, "debug", false);
  return queries;
};

/** How often the database is asked in the meantime. */
async function queriesFor(work: () => Promise<unknown>): Promise<number> {
  let queries = 0;
  Reflect.set(torg.services.db.sql.options, "debug", (_: number, words: string) => {
    if (words.includes("from account")) queries++;
  });
  await work();
  Reflect.set(torg.services.db.sql.options, "debug", false);
  return queries;
}

test("what is asked again while nothing changes is given from memory, each time with a number of its own", async () => {
  await say("Hej från kommunen");
  await waitFor(async () => (await requestsOf("/api/v1/timelines/home", office1.token, 1)) === 0, {
    what: "an answer from memory",
  });
  const [one, two] = [
    await ask("/api/v1/timelines/home", office1.token),
    await ask("/api/v1/timelines/home", office1.token),
  ];
  assert.equal(one.body, two.body);
  assert.notEqual(one.headers.get("x-request-id"), two.headers.get("x-request-id"));
  assert.match(one.headers.get("content-type") ?? "", /^application\/json/);
  assert.ok(one.headers.get("content-security-policy"));
  const left = (answer: Answer) => Number(answer.headers.get("x-ratelimit-remaining"));
  assert.equal(left(one) - left(two), 1);
});

test("whoever writes reads it at once, and so does every other program", async () => {
  await home(office2.token);
  const { id } = await say("Det senaste");
  for (const token of [office1.token, office2.token]) assert.equal((await home(token))[0]?.id, id);
  await ask(`/api/v1/statuses/${id}`, office1.token, { method: "DELETE" });
  for (const token of [office1.token, office2.token])
    assert.equal(
      (await home(token)).some((status) => status.id === id),
      false,
    );
});

test("settings that are no facts show at once too", async () => {
  const { id } = await say("Att minnas");
  assert.equal((await home(office1.token))[0]?.bookmarked, false);
  await ask(`/api/v1/statuses/${id}/bookmark`, office1.token, { method: "POST" });
  assert.equal((await home(office1.token))[0]?.bookmarked, true);
  assert.equal((await home(office2.token))[0]?.bookmarked, true, "another program of the same account");
});

test("one account never gets the answer of another, and nobody that of a token", async () => {
  await say("Bara i den enas hem");
  const mine = await ask("/api/v1/timelines/home", office1.token);
  assert.match(mine.body, /Bara i den enas hem/);
  assert.doesNotMatch((await ask("/api/v1/timelines/home", voices.token)).body, /Bara i den enas hem/);
  assert.equal((await ask("/api/v1/timelines/home")).status, 401);
  const { id } = JSON.parse((await ask("/api/v1/accounts/verify_credentials", office1.token)).body) as Status;
  assert.equal(id, office.id);
  const other = JSON.parse((await ask("/api/v1/accounts/verify_credentials", voices.token)).body) as Status;
  assert.equal(other.id, voice.id);
});

test("a document of an account is given from memory to servers, and its page to readers, from the same address", async () => {
  const activity = { headers: { accept: "application/activity+json" } };
  const path = `/@${office.handle}`;
  const [page, document] = [await ask(path), await ask(path, undefined, activity)];
  assert.match(page.body, /^<!doctype html>/i);
  assert.equal((JSON.parse(document.body) as Status).id, `http://${host}/ap/accounts/${office.id}`);
  await waitFor(async () => (await queriesFor(() => ask(path, undefined, activity))) === 0, {
    what: "a document from memory",
  });
  assert.equal((await ask(path, undefined, activity)).body, document.body);
  assert.equal((await ask(path)).body, page.body);
});

test("what has come in and changes nothing leaves what lies ready as it is", async () => {
  const document = () =>
    ask(`/ap/accounts/${office.id}`, undefined, { headers: { accept: "application/activity+json" } });
  const account = await exampleRemote(torg.services.db, authority, "bo", "social.test");
  await settled(db);
  await waitFor(async () => (await queriesFor(document)) === 0, { what: "a document from memory" });
  const json = { id: "https://social.test/moves/1", type: "Move", actor: "https://social.test/users/bo" };
  const store = activityStore(torg.services.db);
  const raw = Buffer.from(JSON.stringify(json));
  assert.equal(await store(authority.id, { account, json, raw }), "stored");
  await settled(db);
  assert.equal(await queriesFor(document), 0);
});

test("a post for followers, shown to the one who signed, is shown to nobody else", async () => {
  const { id } = await say("Bara för följare");
  const path = `/ap/posts/${id}`;
  const open = await ask(path);
  assert.match(open.body, /Bara för följare/);
  assert.equal((await ask(path)).body, open.body);
  const keys = await newKeyPair();
  const asa = await exampleRemote(db, authority, "asa", "social.test");
  const keyId = await torg.services.db.as(authority.id, async (tx) => {
    const uri = "https://social.test/f/1";
    const follow = { network: "fediverse", uri, follower: asa, followed: office, entry: null };
    await receiveFollow(tx, authority.id, follow);
    await tx`update post set visibility = 'followers' where authority = ${authority.id} and id = ${id}`;
    const [row] = await tx<{ uri: string }[]>`
      update account set public_key = ${keys.publicKeyPem} where authority = ${authority.id} and id = ${asa} returning uri`;
    return `${row?.uri}#main-key`;
  });
  const signed = () => {
    const url = new URL(`http://${host}${path}`);
    const date = Temporal.Now.instant();
    return { headers: signCavage({ method: "GET", url, keyId, privateKeyPem: keys.privateKeyPem, date }) };
  };
  for (const _ of ["once", "and again"]) {
    assert.match((await ask(path, undefined, signed())).body, /Bara för följare/);
    assert.equal((await ask(path)).status, 404);
  }
});

test("a request with a cookie is not answered from memory", async () => {
  const cookie = { headers: { cookie: "torg_session=ingenting" } };
  const [one, two] = [await ask("/about"), await ask("/about", undefined, cookie)];
  assert.equal(one.status, two.status);
});

test("what is changed past this process is told of, and shows", async () => {
  await home(office1.token);
  await db.sql.begin(async (tx) => {
    await tx`select set_config('torg.authority', ${authority.id}, true)`;
    await tx`update account set name = 'Ny chef' where id = ${office.id}`;
    await tx`select pg_notify('torg_kept', ${JSON.stringify({ authority: authority.id, account: office.id, what: "timelines" })})`;
  });
  await waitFor(async () => /Ny chef/.test((await ask("/api/v1/timelines/home", office1.token)).body), {
    what: "the new name",
  });
});

test("a token that is taken back past this process is worth nothing as soon as the journal tells, whatever lay ready", async () => {
  await home(office2.token);
  await home(office2.token);
  const { id } = office2;
  await db.as(authority.id, (tx) => revokeToken(tx, authority.id, id, person, Temporal.Now.instant()));
  await waitFor(async () => (await ask("/api/v1/timelines/home", office2.token)).status === 401, {
    what: "the token refused",
  });
});

test("a pace holds for what is given from memory as well", async () => {
  await home(office1.token);
  let last: Answer | undefined;
  for (let n = 0; n < 320 && last?.status !== 429; n++)
    last = await ask("/api/v1/timelines/home", office1.token);
  assert.equal(last?.status, 429);
  assert.ok(Number(last.headers.get("retry-after")) > 0);
});

import assert from "node:assert/strict";
import { request } from "node:http";
import { after, test } from "node:test";
import { addBlock } from "#domain/relationships/blocks.ts";
import { startRemoteServer, type PostChanges } from "#test/remote-server.ts";
import { newKeyPair } from "#domain/accounts/new-key-pair.ts";
import { activity, inboxWorld, note } from "#test/inbox-world.ts";

const world = await inboxWorld({ after });
const { remote, inbox } = world;
const alice = await remote.actor("alice");
const mallory = await remote.actor("mallory");
const elsewhere = await startRemoteServer();
after(() => elsewhere.stop());
const stranger = await elsewhere.actor("stranger");
const create = (name: string) =>
  activity(alice, "Create", note(alice, name), `${alice.uri}/${name}/activity`);

test("a signed activity is answered 202 and stands in the journal as it came", async () => {
  const before = await world.journalCount();
  const sent = create("stored");
  const answer = await remote.post(inbox, sent, { as: alice });
  assert.equal(answer.status, 202);
  assert.equal(await world.journalCount(), before + 1);
  const [row] = await world.db.read(
    world.authority.id,
    (tx) => tx<{ raw: Buffer; direction: string; channel: string; id: string }[]>`
    select raw, direction, channel, facts->>'id' as id from journal join journal_payload on journal_payload.entry = journal.id
    where kind = 'activity-received' order by journal.id desc limit 1`,
  );
  assert.equal(row?.raw.toString(), JSON.stringify(sent));
  assert.deepEqual([row?.direction, row?.channel, row?.id], ["in", "fediverse", sent.id]);
});

test("an account's own inbox takes the same, that of nobody does not", async () => {
  const answer = await remote.post(`${world.me}/inbox`, create("own-inbox"), { as: alice });
  assert.equal(answer.status, 202);
  await refused(
    () =>
      remote.post(`${world.site.origin}/ap/accounts/123456789012345678/inbox`, create("nobody"), {
        as: alice,
      }),
    404,
    "unknown-account",
  );
});

test("repetition changes nothing", async () => {
  const sent = create("again");
  const first = await remote.post(inbox, sent, { as: alice });
  const before = await world.journalCount();
  const second = await remote.post(inbox, sent, { as: alice });
  assert.deepEqual([first.status, second.status], [202, 202]);
  assert.equal(await world.journalCount(), before);
});

test("what was taken back may be said again under the same name", async () => {
  const follow = activity(alice, "Follow", world.me, `${alice.uri}#follow`);
  const undo = activity(alice, "Undo", follow, `${alice.uri}#follow/Undo`);
  const before = await world.journalCount();
  for (const sent of [follow, undo, follow]) await remote.post(inbox, sent, { as: alice });
  assert.equal(await world.journalCount(), before + 3);
});

const now = Temporal.Now.instant();
const wrong: [string, object | string, PostChanges, number, string][] = [
  ["no signature", create("w1"), { headers: {} }, 401, "missing-signature"],
  ["a malformed signature", create("w2"), { headers: {} }, 401, "malformed-signature"],
  ["a stale date", create("w3"), { date: now.subtract({ hours: 13 }) }, 401, "stale-date"],
  ["a date in the future", create("w4"), { date: now.add({ hours: 2 }) }, 401, "stale-date"],
  [
    "another body than was signed",
    create("w5"),
    { body: JSON.stringify(create("changed")) },
    401,
    "wrong-digest",
  ],
  ["another key's signature", create("w6"), { privateKeyPem: mallory.privateKeyPem }, 401, "bad-signature"],
  [
    "a key of another actor on the same host",
    create("w7"),
    { keyId: mallory.keyId, privateKeyPem: mallory.privateKeyPem },
    403,
    "foreign-key",
  ],
  [
    "a key on another host",
    create("w8"),
    { keyId: stranger.keyId, privateKeyPem: stranger.privateKeyPem },
    403,
    "other-host",
  ],
  ["a signature for another host", create("w9"), { host: "another.test" }, 401, "bad-signature"],
  ["an actor on another host", { ...create("w10"), actor: stranger.uri }, {}, 403, "other-host"],
  ["an object on another host", activity(alice, "Create", note(stranger, "theirs")), {}, 403, "not-its-own"],
  ["another's object", activity(alice, "Update", note(mallory, "hers")), {}, 403, "not-its-own"],
  ["a Delete on another host", activity(alice, "Delete", `${stranger.uri}/1`), {}, 403, "not-its-own"],
  [
    "an id on another host",
    activity(alice, "Like", world.me, `${elsewhere.origin}/like/1`),
    {},
    403,
    "not-its-own",
  ],
  ["no actor", { ...create("w11"), actor: undefined }, {}, 400, "no-actor"],
  ["a list for an activity", "[]", {}, 400, "malformed-json"],
  ["broken JSON", '{"type":', {}, 400, "malformed-json"],
  [
    "JSON nested beyond reason",
    `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
    {},
    400,
    "malformed-json",
  ],
  [
    "a form",
    create("w12"),
    { headers: { "Content-Type": "application/x-www-form-urlencoded" } },
    415,
    "not-json",
  ],
  ["a body over one mebibyte", { ...create("w13"), pad: "x".repeat(1_048_576) }, {}, 413, "too-large"],
];
for (const [what, sent, changes, status, reason] of wrong)
  test(`${what} is refused with ${status}, a line in the log, and nothing stored`, async () => {
    const how = { as: alice, ...changes };
    if (reason === "missing-signature") await refused(() => bare(JSON.stringify(sent), {}), status, reason);
    else if (reason === "malformed-signature")
      await refused(() => bare(JSON.stringify(sent), { signature: "keyId=x" }), status, reason);
    else await refused(() => remote.post(inbox, sent, how), status, reason);
  });

test("a body of unsaid length is cut off at one mebibyte", async () => {
  const status = await new Promise<number>((resolve) => {
    const sending = request(
      inbox,
      { method: "POST", headers: { "content-type": "application/activity+json" } },
      (response) => {
        resolve(response.statusCode ?? 0);
        sending.destroy();
      },
    );
    sending.on("error", () => {});
    const chunk = "x".repeat(65_536);
    for (let sent = 0; sent < 20; sent++) sending.write(chunk);
    sending.end();
  });
  assert.equal(status, 413);
});

test("a key that does not fit is asked for anew, but not within five minutes", async () => {
  const bob = await remote.actor("bob");
  const like = () => remote.post(inbox, activity(bob, "Like", world.me), { as: bob });
  assert.equal((await like()).status, 202);
  Object.assign(bob, await newKeyPair());
  const asked = () => remote.asked.filter((one) => one.path === "/users/bob").length;
  assert.deepEqual([(await like()).status, asked()], [401, 1]);
  world.later(6);
  assert.deepEqual([(await like()).status, asked()], [202, 2]);
});

test("nobody speaks from outside as one of ours", async () => {
  const us = { ...mallory, uri: world.me, keyId: `${world.me}#main-key` };
  await refused(() => remote.post(inbox, activity(us, "Like", world.me), { as: us }), 403, "own-actor");
});

test("a known sender's changed key is fetched", async () => {
  const carol = await remote.actor("carol");
  await world.meet(remote, carol);
  const { publicKeyPem, privateKeyPem } = await newKeyPair();
  Object.assign(carol, { publicKeyPem, privateKeyPem });
  assert.equal((await remote.post(inbox, activity(carol, "Like", world.me), { as: carol })).status, 202);
  assert.equal((await remote.post(inbox, activity(carol, "Like", world.me), { as: carol })).status, 202);
  assert.equal(remote.asked.filter((one) => one.path === "/users/carol").length, 1);
});

test("a changed key that has come once is asked for no more", async () => {
  const gustav = await remote.actor("gustav");
  const like = async () =>
    (await remote.post(inbox, activity(gustav, "Like", world.me), { as: gustav })).status;
  const asked = () => remote.asked.filter((one) => one.path === "/users/gustav").length;
  assert.deepEqual([await like(), await like(), asked()], [202, 202, 1]);
  Object.assign(gustav, await newKeyPair());
  world.later(6);
  assert.deepEqual([await like(), asked()], [202, 2]);
  world.later(6);
  assert.deepEqual([await like(), await like(), asked()], [202, 202, 2]);
});

test("a stranger is kept in one commit with what they say, and not at all where that is refused", async () => {
  const ivar = await remote.actor("ivar");
  const before = await world.count("account");
  const theirs = activity(ivar, "Create", note(mallory, "not-ivars"));
  await refused(() => remote.post(inbox, theirs, { as: ivar }), 403, "not-its-own");
  assert.equal(await world.count("account"), before);
  assert.equal((await remote.post(inbox, activity(ivar, "Like", world.me), { as: ivar })).status, 202);
  const [row] = await world.db.read(
    world.authority.id,
    (tx) => tx<{ together: boolean }[]>`
      select account.xmin = journal.xmin as together from account
      join journal on journal.account = account.id where account.uri = ${ivar.uri}`,
  );
  assert.deepEqual(row, { together: true });
});

test("a forged activity leaves no account behind either", async () => {
  const dave = await remote.actor("dave");
  const before = await world.count("account");
  await refused(
    () =>
      remote.post(inbox, activity(dave, "Like", world.me), {
        as: dave,
        privateKeyPem: mallory.privateKeyPem,
      }),
    401,
    "bad-signature",
  );
  assert.equal(await world.count("account"), before);
});

test("an actor whose server does not answer just now is asked to come again", async () => {
  const erin = await remote.actor("erin");
  remote.describe(erin, 500);
  const answer = await remote.post(inbox, activity(erin, "Like", world.me), { as: erin });
  assert.equal(answer.status, 503);
  assert.ok(Number(answer.headers.get("retry-after")) > 0);
});

test("the Delete of an actor that is gone and was never known is answered and forgotten", async () => {
  const frank = await remote.actor("frank");
  remote.describe(frank, 410);
  const before = await world.journalCount();
  assert.equal((await remote.post(inbox, activity(frank, "Delete", frank.uri), { as: frank })).status, 202);
  assert.equal(await world.journalCount(), before);
  await refused(() => remote.post(inbox, activity(frank, "Like", world.me), { as: frank }), 401, "no-key");
});

test("nothing is taken from a blocked account or a blocked domain", async () => {
  const grete = await remote.actor("grete");
  const account = await world.meet(remote, grete);
  await world.db.as(world.authority.id, (tx) => addBlock(tx, world.authority.id, { account: account.id }));
  await refused(() => remote.post(inbox, activity(grete, "Like", world.me), { as: grete }), 403, "blocked");
});

test("fifty activities at once from a stranger cost one question, and all are kept", async () => {
  const hanna = await remote.actor("hanna");
  const before = await world.journalCount();
  const sent = Array.from({ length: 50 }, (_, index) =>
    activity(hanna, "Create", note(hanna, `many-${index}`), `${hanna.uri}/many-${index}/a`),
  );
  const answers = await Promise.all(sent.map((one) => remote.post(inbox, one, { as: hanna })));
  assert.ok(answers.every((answer) => answer.status === 202));
  assert.equal(await world.journalCount(), before + 50);
  assert.equal(remote.asked.filter((one) => one.path === "/users/hanna").length, 1);
  const [row] = await world.db.read(
    world.authority.id,
    (tx) => tx<{ count: number }[]>`
    select count(distinct xmin::text)::int as count from journal where facts->>'id' like ${`${hanna.uri}/many-%`}`,
  );
  assert.ok(row && row.count < 50, `${row?.count} transactions`);
});

async function refused(send: () => Promise<Response>, status: number, reason: string): Promise<void> {
  const before = await world.journalCount();
  const lines = world.refusals().length;
  const answer = await send();
  assert.equal(answer.status, status, await answer.text());
  assert.equal(world.refusals().at(-1)?.["reason"], reason);
  assert.equal(world.refusals().length, lines + 1);
  assert.equal(await world.journalCount(), before);
}

function bare(body: string, headers: Record<string, string>): Promise<Response> {
  return fetch(inbox, {
    method: "POST",
    headers: { "content-type": "application/activity+json", ...headers },
    body,
  });
}

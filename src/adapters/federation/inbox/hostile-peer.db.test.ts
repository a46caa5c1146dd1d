import assert from "node:assert/strict";
import { after, test } from "node:test";
import { accountsByHandle, findAccount } from "#domain/accounts/account.ts";
import { publishPost } from "#domain/posts/publish-post.ts";
import { addBlock, isBlocked, removeBlock } from "#domain/relationships/blocks.ts";
import type { RemoteActor } from "#test/remote-server.ts";
import { startRemoteServer } from "#test/remote-server.ts";
import { activity, inboxWorld, note } from "#test/inbox-world.ts";
import { uriOf } from "./as2.ts";
import { lookUpAccount } from "./look-up-account.ts";
import { readActor } from "./read-actor.ts";

const world = await inboxWorld({ after });
const { remote, inbox, db, me, ours } = world;
const authority = world.authority.id;
const alice = await remote.actor("alice");
const mallory = await remote.actor("mallory");
const known = await world.meet(remote, alice);
await world.meet(remote, mallory);
const evil = await startRemoteServer();
after(() => evil.stop());
const toMe = { cc: [me], tag: [{ type: "Mention", href: me, name: "@kommunchef" }] };

test("a Delete of another's post that has not come yet does not keep it away", async () => {
  await send(mallory, activity(mallory, "Delete", `${alice.uri}/early`));
  await send(alice, activity(alice, "Create", note(alice, "early", toMe)));
  assert.ok(await world.find(`${alice.uri}/early`));
  await send(alice, activity(alice, "Delete", `${alice.uri}/never`));
  await send(alice, activity(alice, "Create", note(alice, "never", toMe)));
  assert.equal(await world.find(`${alice.uri}/never`), undefined);
});

test("who may not see a post of ours neither favours nor boosts it; whom it is for may favour it", async () => {
  const handle = `@${known.handle}@${known.domain}`;
  const secret = await say(`${handle} Hej`, "direct");
  for (const type of ["Like", "Announce"]) await send(mallory, activity(mallory, type, secret));
  await send(alice, activity(alice, "Announce", secret));
  assert.deepEqual([await world.count("favourite"), await world.count("boost")], [0, 0]);
  await send(alice, activity(alice, "Like", secret));
  assert.equal(await world.count("favourite"), 1);
});

test("a key that another claims as its own still speaks for its owner alone", async () => {
  const claimed = remote.document(mallory);
  const key = { id: alice.keyId, owner: mallory.uri, publicKeyPem: mallory.publicKeyPem };
  remote.describe(mallory, { ...claimed, publicKey: key });
  const as = { ...mallory, keyId: alice.keyId };
  await remote.post(inbox, activity(mallory, "Like", me), { as });
  await send(alice, activity(alice, "Create", note(alice, "still-me", toMe)));
  const stolen = await remote.post(inbox, activity(alice, "Like", me), { as });
  assert.equal(stolen.status, 401);
  remote.describe(mallory, undefined);
});

test("a handle elsewhere is no way around a block of the server that one lives on", async () => {
  await db.as(authority, async (tx) => {
    await tx`update account set domain = 'handles.example' where id = ${known.id}`;
    for (const domain of [remote.host, "handles.example"]) {
      assert.equal(await isBlocked(tx, authority, known.id), false);
      await addBlock(tx, authority, { domain });
      assert.equal(await isBlocked(tx, authority, known.id), true, domain);
      await removeBlock(tx, authority, { domain });
    }
    await tx`update account set domain = ${remote.host} where id = ${known.id}`;
  });
});

test("a host with a dot at its end is no other host", () => {
  assert.equal(uriOf("https://evil.example./users/a"), undefined);
  assert.equal(uriOf("https://evil.example/users/a"), "https://evil.example/users/a");
});

test("an actor that names another server's inbox as its own is not sent to there", () => {
  const inboxes = (inbox: string, sharedInbox: string) => {
    const read = readActor({
      id: "https://evil.example/a",
      type: "Person",
      preferredUsername: "a",
      inbox,
      endpoints: { sharedInbox },
    });
    return [read?.inbox, read?.sharedInbox];
  };
  const victim = "https://victim.example/inbox";
  const [own, beneath] = ["https://evil.example/inbox", "https://ap.evil.example/inbox"];
  assert.deepEqual(inboxes(victim, victim), [null, null]);
  assert.deepEqual(inboxes("https://notevil.example/inbox", victim), [null, null]);
  assert.deepEqual(inboxes("https://example/inbox", victim), [null, null]);
  assert.deepEqual(inboxes(own, victim), [own, null]);
  assert.deepEqual(inboxes(own, own), [own, own]);
  assert.deepEqual(inboxes(beneath, own), [beneath, null]);
});

test("a server that names somebody else's account as its own does not rename it", async () => {
  const links = [{ rel: "self", type: "application/activity+json", href: alice.uri }];
  evil.serve("/.well-known/webfinger", { subject: `acct:alice@${evil.host}`, links });
  const found = await lookUpAccount(world.services, world.authority, `@alice@${evil.host}`);
  assert.equal(found, undefined);
  const after = await db.read(authority, async (tx) => ({
    alice: await findAccount(tx, authority, known.id),
    named: await accountsByHandle(tx, world.authority, [`@alice@${evil.host}`]),
  }));
  assert.equal(after.alice?.domain, remote.host);
  assert.equal(after.named.size, 0);
});

test("a server that confirms a handle on another host has it", async () => {
  const dora = await remote.actor("dora");
  const links = [{ rel: "self", type: "application/activity+json", href: dora.uri }];
  const finger = { subject: `acct:dora@${evil.host}`, links };
  evil.serve("/.well-known/webfinger", finger);
  remote.serve("/.well-known/webfinger", finger);
  const found = await lookUpAccount(world.services, world.authority, `@dora@${evil.host}`);
  assert.deepEqual([found?.uri, found?.domain], [dora.uri, evil.host]);
});

test("a report opens a direct message only if it comes from a server that has it", async () => {
  const secret = await say(`@${known.handle}@${known.domain} Bara till dig`, "direct");
  const stranger = await evil.actor("stranger");
  const reported = async (from: typeof remote, as: RemoteActor) => {
    const before = await world.count("report");
    const flag = activity(as, "Flag", secret);
    assert.equal((await from.post(inbox, flag, { as })).status, 202);
    await world.handle();
    return (await world.count("report")) - before;
  };
  assert.equal(await reported(evil, stranger), 0);
  assert.equal(await reported(remote, alice), 1);
});

test("a flood of reports from one server stops at what a moderator could read", async () => {
  for (let count = 0; count < 65; count++)
    assert.equal((await remote.post(inbox, activity(mallory, "Flag", me), { as: mallory })).status, 202);
  await world.handle();
  const [row] = await db.read(
    authority,
    (tx) => tx<{ count: number }[]>`select count(*)::int as count from report where post is null`,
  );
  assert.equal(row?.count, 59);
});

async function send(as: RemoteActor, what: object): Promise<void> {
  const answer = await remote.post(inbox, what, { as });
  assert.equal(answer.status, 202, await answer.text());
  await world.handle();
}

/** The name of a post of ours. */
async function say(source: string, visibility: "direct" | "followers"): Promise<string> {
  const draft = { kind: "note", sourceType: "plain", source, language: "sv", attachments: [] } as const;
  const said = await db.as(authority, (tx) =>
    publishPost(
      tx,
      world.authority,
      { ...draft, attachments: [], account: ours.id, person: null, visibility, capacity: "office" },
      Temporal.Now.instant(),
    ),
  );
  assert.equal(said.outcome, "published");
  return said.outcome === "published" ? `${world.site.origin}/ap/posts/${said.id}` : "";
}

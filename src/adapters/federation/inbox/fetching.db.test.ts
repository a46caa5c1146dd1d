import assert from "node:assert/strict";
import { after, test } from "node:test";
import { requestFollow, receiveFollowAnswer } from "#domain/relationships/follows.ts";
import { activity, inboxWorld, note } from "#test/inbox-world.ts";
import { lookUpAccount } from "./look-up-account.ts";

const world = await inboxWorld({ after });
const { remote, inbox, db, me, ours } = world;
const authority = world.authority.id;
const alice = await remote.actor("alice");
const bob = await remote.actor("bob");
const account = await world.meet(remote, alice);
const toMe = { cc: [me], tag: [{ type: "Mention", href: me, name: "@kommunchef" }] };
const path = (actor: { uri: string }, name: string) => `${new URL(actor.uri).pathname}/${name}`;

test("the posts that a reply answers are fetched with their authors, up to the first", async () => {
  remote.serve(path(bob, "root"), note(bob, "root"));
  remote.serve(path(bob, "middle"), note(bob, "middle", { inReplyTo: `${bob.uri}/root` }));
  await create(note(alice, "leaf", { ...toMe, inReplyTo: `${bob.uri}/middle` }));
  await world.runJobs();
  const [root, middle, leaf] = [
    await world.find(`${bob.uri}/root`),
    await world.find(`${bob.uri}/middle`),
    await world.find(`${alice.uri}/leaf`),
  ];
  assert.ok(root);
  assert.deepEqual([middle?.inReplyTo, middle?.thread], [root.id, root.id]);
  assert.deepEqual([leaf?.inReplyTo, leaf?.thread, leaf?.parentState], [middle?.id, root.id, null]);
});

test("a parent that is not to be had is said to be missing", async () => {
  await create(note(alice, "lonely", { ...toMe, inReplyTo: `${bob.uri}/gone` }));
  await world.runJobs();
  assert.equal((await world.find(`${alice.uri}/lonely`))?.parentState, "unavailable");
});

test("a parent on a server that does not answer is asked for again later", async () => {
  remote.serve(path(bob, "slow"), 503);
  await create(note(alice, "patient", { ...toMe, inReplyTo: `${bob.uri}/slow` }));
  assert.deepEqual(await world.runJobs(["fetch-thread"]), ["fetch-thread", "fetch-thread"]);
  assert.equal((await world.find(`${alice.uri}/patient`))?.parentState, "unavailable");
});

test("posts that answer each other in a ring are fetched once and end", async () => {
  remote.serve(path(bob, "ring-1"), note(bob, "ring-1", { inReplyTo: `${alice.uri}/ring-3` }));
  remote.serve(path(bob, "ring-2"), note(bob, "ring-2", { inReplyTo: `${bob.uri}/ring-1` }));
  await create(note(alice, "ring-3", { ...toMe, inReplyTo: `${bob.uri}/ring-2` }));
  await world.runJobs();
  const posts = [
    await world.find(`${bob.uri}/ring-1`),
    await world.find(`${bob.uri}/ring-2`),
    await world.find(`${alice.uri}/ring-3`),
  ];
  assert.equal(new Set(posts.map((post) => post?.thread)).size, 1);
  assert.ok(posts.some((post) => post?.inReplyTo === null));
});

test("answers that nobody sent us are found through the first post's replies", async () => {
  const replies = `${bob.uri}/asked/replies`;
  remote.serve(path(bob, "asked"), note(bob, "asked", { replies }));
  const items = [
    `${bob.uri}/answer`,
    note(alice, "inline", { inReplyTo: `${bob.uri}/asked` }),
    "https://elsewhere.invalid/x",
  ];
  remote.serve(path(bob, "asked/replies"), {
    id: replies,
    type: "Collection",
    first: { type: "CollectionPage", items, next: replies },
  });
  remote.serve(path(bob, "answer"), note(bob, "answer", { inReplyTo: `${bob.uri}/asked` }));
  await create(note(alice, "asks", { ...toMe, inReplyTo: `${bob.uri}/asked` }));
  await world.runJobs();
  const asked = await world.find(`${bob.uri}/asked`);
  for (const uri of [`${bob.uri}/answer`, `${alice.uri}/inline`, `${alice.uri}/asks`])
    assert.equal((await world.find(uri))?.inReplyTo, asked?.id, uri);
});

test("a boosted post is fetched when somebody here follows the one who boosts", async () => {
  remote.serve(path(bob, "passed-on"), note(bob, "passed-on"));
  await send(activity(alice, "Announce", `${bob.uri}/passed-on`));
  assert.deepEqual(await world.runJobs(["fetch-post"]), []);
  await db.as(authority, async (tx) => {
    const { id } = await requestFollow(tx, authority, { follower: ours.id, followed: account, person: null });
    await receiveFollowAnswer(tx, authority, { follow: id, by: account.id, accepted: true, entry: null });
  });
  await send(activity(alice, "Announce", `${bob.uri}/passed-on`));
  await world.runJobs();
  assert.ok(await world.find(`${bob.uri}/passed-on`));
  assert.equal(await world.count("boost"), 1);
});

test("a Create that only names its post has it fetched, if it is the sender's own", async () => {
  remote.serve(path(alice, "named"), note(alice, "named", toMe));
  remote.serve(path(alice, "false"), note(bob, "false", { ...toMe, id: `${alice.uri}/false` }));
  await send(activity(alice, "Create", `${alice.uri}/named`));
  await send(activity(alice, "Create", `${alice.uri}/false`));
  await world.runJobs();
  assert.ok(await world.find(`${alice.uri}/named`));
  assert.equal(await world.find(`${alice.uri}/false`), undefined);
});

test("an account is found by its handle, and by nobody else's", async () => {
  const carol = await remote.actor("carol");
  const found = await lookUpAccount(world.services, world.authority, `@carol@${remote.host}`);
  assert.deepEqual([found?.uri, found?.domain], [carol.uri, remote.host]);
  assert.equal((await lookUpAccount(world.services, world.authority, `carol@${remote.host}`))?.id, found?.id);
  assert.equal(await lookUpAccount(world.services, world.authority, `@nobody@${remote.host}`), undefined);
  assert.equal(await lookUpAccount(world.services, world.authority, "@a b@c"), undefined);
});

function create(object: Record<string, unknown>): Promise<void> {
  return send(activity(alice, "Create", object));
}

async function send(what: object): Promise<void> {
  assert.equal((await remote.post(inbox, what, { as: alice })).status, 202);
  await world.handle();
}

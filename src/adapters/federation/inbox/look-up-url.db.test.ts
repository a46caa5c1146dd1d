import assert from "node:assert/strict";
import { after, test } from "node:test";
import { addBlock, removeBlock } from "#domain/relationships/blocks.ts";
import { inboxWorld, note } from "#test/inbox-world.ts";
import { startRemoteServer } from "#test/remote-server.ts";
import { lookUpUrl } from "./look-up-url.ts";

const world = await inboxWorld({ after });
const { remote, db } = world;
const authority = world.authority.id;
const other = await startRemoteServer();
after(() => other.stop());
const bob = await remote.actor("bob");
const path = (name: string) => `${new URL(bob.uri).pathname}/${name}`;
const lookUp = (url: string) => lookUpUrl(world.services, world.authority, url);

test("a post at an address elsewhere is fetched with its author, and kept", async () => {
  remote.serve(path("first"), note(bob, "first"));
  const found = await lookUp(`${bob.uri}/first`);
  assert.ok(found && "post" in found);
  assert.equal(found.post.uri, `${bob.uri}/first`);
  const asked = remote.asked.length;
  assert.deepEqual(await lookUp(`${bob.uri}/first`), found);
  assert.equal(remote.asked.length, asked);
});

test("an account at an address elsewhere is fetched, and kept", async () => {
  const carol = await remote.actor("carol");
  const found = await lookUp(carol.uri);
  assert.ok(found && "account" in found);
  assert.deepEqual([found.account.uri, found.account.domain], [carol.uri, remote.host]);
});

test("a page that gives the post under its own id gives that post", async () => {
  remote.serve(path("named"), note(bob, "named"));
  remote.serve("/page/named", note(bob, "named"));
  const found = await lookUp(`${remote.origin}/page/named`);
  assert.ok(found && "post" in found);
  assert.equal(found.post.uri, `${bob.uri}/named`);
});

test("words in another server's name are asked of that server, and not believed without it", async () => {
  other.serve("/forged", note(bob, "never-said"));
  assert.equal(await lookUp(`${other.origin}/forged`), undefined);
  other.serve("/as-bob", { ...remote.document(bob), name: "Not Bob", id: `${remote.origin}/users/nobody` });
  assert.equal(await lookUp(`${other.origin}/as-bob`), undefined);
  other.serve("/ours", { ...note(bob, "x"), id: `${world.site.origin}/ap/posts/1` });
  assert.equal(await lookUp(`${other.origin}/ours`), undefined);
});

test("our own addresses, blocked servers and what is no address are not asked", async () => {
  remote.serve(path("blocked"), note(bob, "blocked"));
  await db.as(authority, (tx) => addBlock(tx, authority, { domain: remote.host }));
  const asked = remote.asked.length;
  for (const url of [
    `${bob.uri}/blocked`,
    `${world.site.origin}/ap/posts/1`,
    "ftp://social.test/x",
    "https://bob:secret@social.test/x",
    "https://",
    `https://social.test/${"x".repeat(3_000)}`,
  ])
    assert.equal(await lookUp(url), undefined);
  assert.equal(remote.asked.length, asked);
  await db.as(authority, (tx) => removeBlock(tx, authority, { domain: remote.host }));
});

test("what is neither a post nor an account, and what does not answer, is nothing", async () => {
  remote.serve("/list", { id: `${remote.origin}/list`, type: "Collection" });
  remote.serve("/down", 503);
  for (const name of ["list", "down", "nothing"])
    assert.equal(await lookUp(`${remote.origin}/${name}`), undefined);
});

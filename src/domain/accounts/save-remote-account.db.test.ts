import assert from "node:assert/strict";
import { after, test } from "node:test";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority } from "#test/example.ts";
import { findRemoteAccount } from "./account.ts";
import {
  markAccountGone,
  saveRemoteAccount,
  saveRemoteAccounts,
  type RemoteAccount,
} from "./save-remote-account.ts";

const { db } = await testDatabase({ after });
const { authority } = await exampleAuthority(db, { domain: "torg.test" });

function resident(handle: string, more: Partial<RemoteAccount> = {}): RemoteAccount {
  const uri = `https://elsewhere.example/users/${handle}`;
  return {
    network: "fediverse",
    uri,
    url: `https://elsewhere.example/@${handle}`,
    handle,
    domain: "elsewhere.example",
    name: handle,
    biography: [{ kind: "paragraph", inlines: [{ kind: "text", text: "Bor här" }] }],
    fields: [{ name: "Ort", value: "Växjö" }],
    avatarUrl: null,
    headerUrl: null,
    inbox: `${uri}/inbox`,
    sharedInbox: "https://elsewhere.example/inbox",
    outbox: `${uri}/outbox`,
    followers: `${uri}/followers`,
    publicKeyId: `${uri}#main-key`,
    publicKey: "pem",
    locked: true,
    indexable: true,
    automated: false,
    ...more,
  };
}

const find = (handle: string) =>
  db.read(authority.id, (tx) => findRemoteAccount(tx, authority.id, resident(handle).uri));

test("several are kept as each would be alone, and their ids come in the order given", async () => {
  const picture = "https://elsewhere.example/same.png";
  const [c, a, b] = [
    resident("c", { avatarUrl: picture, headerUrl: "https://elsewhere.example/c.png" }),
    resident("a", { sharedInbox: null, url: null, automated: true, locked: false }),
    resident("b", { avatarUrl: picture, name: 'Ett "namn" \\ 🐦' }),
  ];
  const ids = await db.as(authority.id, (tx) => saveRemoteAccounts(tx, authority.id, [c, a, b, c]));
  const together = await Promise.all([c, a, b].map(({ handle }) => find(handle)));
  assert.deepEqual(ids, [...together.map((one) => one?.id), together[0]?.id]);
  const { id, createdAt, ...kept } = together[0] ?? assert.fail();
  const { avatarUrl, headerUrl, ...said } = c;
  assert.ok(avatarUrl && headerUrl && id && createdAt && kept.avatar && kept.header);
  assert.deepEqual({ ...kept, ...said }, kept);
  assert.equal(together[2]?.avatar, kept.avatar);
  for (const one of [c, a, b]) await db.as(authority.id, (tx) => saveRemoteAccount(tx, authority.id, one));
  assert.deepEqual(await Promise.all([c, a, b].map(({ handle }) => find(handle))), together);
});

test("of one who is there twice the later counts, and who was gone is back", async () => {
  const gone = await db.as(authority.id, (tx) => saveRemoteAccount(tx, authority.id, resident("d")));
  await db.as(authority.id, (tx) => markAccountGone(tx, authority.id, gone));
  const twice = [resident("d", { name: "förr" }), resident("d", { name: "nu" })];
  const ids = await db.as(authority.id, (tx) => saveRemoteAccounts(tx, authority.id, twice));
  const kept = await find("d");
  assert.deepEqual([ids, kept?.name, kept?.goneAt], [[gone, gone], "nu", null]);
});

test("the host of a known handle is kept where that is asked for, that of a new handle is as given", async () => {
  const save = (account: RemoteAccount, hosts: "given" | "kept") =>
    db.as(authority.id, (tx) => saveRemoteAccounts(tx, authority.id, [account], hosts));
  const moved = resident("e", { domain: "proven.example" });
  await save(moved, "kept");
  await save(resident("e", { name: "nytt" }), "kept");
  assert.deepEqual([(await find("e"))?.domain, (await find("e"))?.name], ["proven.example", "nytt"]);
  await save({ ...resident("f"), uri: moved.uri }, "kept");
  assert.deepEqual([(await find("e"))?.domain, (await find("e"))?.handle], ["elsewhere.example", "f"]);
  await save({ ...moved, handle: "f" }, "given");
  assert.equal((await find("e"))?.domain, "proven.example");
});

test("of none there is nothing to keep", async () => {
  assert.deepEqual(await db.as(authority.id, (tx) => saveRemoteAccounts(tx, authority.id, [])), []);
});

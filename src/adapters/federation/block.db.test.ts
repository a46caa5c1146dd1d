import assert from "node:assert/strict";
import { test } from "node:test";
import { accountUri, siteOf } from "#context.ts";
import type { Entry } from "#domain/journal/entry.ts";
import { decideOnBlock } from "#domain/moderation/decide.ts";
import { receiveFollow, requestFollow } from "#domain/relationships/follows.ts";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority } from "#test/example.ts";
import { exampleRemote, exampleServices } from "#test/federation-world.ts";
import { outSubscription } from "./out-subscription.ts";

test("a person who is blocked is told so by the authority's account, and no follow is left on either side", async (t) => {
  const { db } = await testDatabase(t);
  const services = exampleServices(t, db);
  const { authority, voice, office, person } = await exampleAuthority(db);
  const site = siteOf(services.config, authority);
  const anna = await exampleRemote(db, authority, "https://a.test/anna");
  const decide = (action: "block" | "unblock") =>
    db.as(authority.id, (tx) =>
      decideOnBlock(tx, authority.id, {
        action,
        whom: { account: anna.id },
        rule: action === "block" ? 1 : null,
        reason: "Hot",
        person,
      }),
    );
  const sent = async () => {
    await db.as(authority.id, async (tx) => {
      const kinds = ["follow-rejected", "follow-undone", "sender-blocked", "sender-unblocked"];
      const entries = await tx<Entry[]>`select * from journal where kind = any(${kinds}) order by id`;
      await outSubscription(services).handle(tx, authority.id, entries);
    });
    const rows = await db.read(
      authority.id,
      (tx) => tx<{ body: string; inbox: string }[]>`
        select body, inbox from outgoing join delivery on delivery.outgoing = outgoing.id`,
    );
    assert.ok(rows.every(({ inbox }) => inbox === anna.inbox));
    return rows.map(
      ({ body }) => JSON.parse(body) as { type: string; actor: string; object: { type?: string } },
    );
  };
  await db.as(authority.id, async (tx) => {
    const theirs = { network: "fediverse", uri: `${anna.uri ?? ""}#follow`, follower: anna.id, entry: null };
    await receiveFollow(tx, authority.id, { ...theirs, followed: office });
    await requestFollow(tx, authority.id, { follower: office.id, followed: anna, person });
  });

  assert.deepEqual(await decide("block"), { outcome: "decided" });
  assert.equal((await db.read(authority.id, (tx) => tx`select from follow`)).length, 0);
  const told = (await sent()).map(({ type, actor }) => `${type} ${actor}`).toSorted();
  const chief = accountUri(site, office.id);
  assert.deepEqual(told, [`Block ${accountUri(site, voice.id)}`, `Reject ${chief}`, `Undo ${chief}`]);

  assert.deepEqual(await decide("unblock"), { outcome: "decided" });
  const undone = (await sent()).filter(({ type, object }) => type === "Undo" && object.type === "Block");
  assert.equal(undone.length, 1);
});

test("a domain that is blocked keeps no follow, nor does what lies under it; its neighbours keep theirs", async (t) => {
  const { db } = await testDatabase(t);
  const { authority, office, person } = await exampleAuthority(db);
  const near = await exampleRemote(db, authority, "https://b.test/bo");
  const under = await exampleRemote(db, authority, "https://social.b.test/cia");
  const other = await exampleRemote(db, authority, "https://notb.test/dan");
  await db.as(authority.id, async (tx) => {
    for (const one of [near, under, other])
      await receiveFollow(tx, authority.id, {
        network: "fediverse",
        uri: `${one.uri ?? ""}#follow`,
        follower: one.id,
        followed: office,
        entry: null,
      });
    const ground = { rule: 1, reason: "Skräppost", person };
    await decideOnBlock(tx, authority.id, { action: "block", whom: { domain: "b.test" }, ...ground });
    const left = await tx<
      { follower: string }[]
    >`select follower from follow where authority = ${authority.id}`;
    assert.deepEqual(
      left.map((row) => row.follower),
      [other.id],
    );
  });
});

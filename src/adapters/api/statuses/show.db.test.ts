import assert from "node:assert/strict";
import { test } from "node:test";
import { deletePost } from "#domain/posts/delete-post.ts";
import { setHidden } from "#domain/posts/hide-post.ts";
import type { PostId } from "#domain/posts/post.ts";
import { publishPost } from "#domain/posts/publish-post.ts";
import { react } from "#domain/posts/react.ts";
import { findItems } from "#domain/timelines/find-items.ts";
import { boostBy } from "#domain/posts/find-boosts.ts";
import { startClientWorld } from "#test/client-world.ts";
import { countingReads } from "#test/count-queries.ts";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority } from "#test/example.ts";
import { fileScope } from "#test/file-scope.ts";
import { loadStatuses } from "../entities/load-statuses.ts";
import type { Status } from "../entities/status.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startClientWorld(scope, db);
const { authority, office, voice } = world;
const token = await world.token(["read"]);
type Context = { ancestors: Status[]; descendants: Status[] };
const show = (id: string, as?: string) =>
  world.api<Status>("GET", `/api/v1/statuses/${id}`, as ? { token: as } : {});
const around = async (id: string, as?: string) => {
  const { body } = await world.api<Context>("GET", `/api/v1/statuses/${id}/context`, as ? { token: as } : {});
  for (const status of [...body.ancestors, ...body.descendants]) assertEntity("Status", status);
  return { above: textsOf(body.ancestors), below: textsOf(body.descendants) };
};
const textsOf = (statuses: Status[]) => statuses.map(({ content }) => content.replaceAll(/<[^>]+>/g, ""));
const remove = (id: PostId) =>
  db.as(authority.id, (tx) =>
    deletePost(tx, authority.id, { id, account: office.id, person: null }, Temporal.Now.instant()),
  );

test("anyone sees what is public or unlisted; what is for some is there for those", async () => {
  const open = await world.say(office, "Till alla");
  const link = await world.say(office, "Med länk", { visibility: "unlisted" });
  const few = await world.say(office, "Till följare", { visibility: "followers" });
  assert.deepEqual(
    [(await show(open)).status, (await show(link)).status, (await show(few)).status],
    [200, 200, 404],
  );
  const { status, body } = await show(few, token);
  assert.deepEqual([status, body.visibility], [200, "private"]);
  assert.equal((await show(few, await world.token(["read"], { account: voice }))).status, 404);
  const anonymous = (await show(open)).body;
  assertEntity("Status", anonymous);
  assert.equal("favourited" in anonymous, false);
  const several = await world.api<Status[]>("GET", "/api/v1/statuses", { query: { id: [few, link, open] } });
  assert.deepEqual(textsOf(several.body), ["Med länk", "Till alla"]);
});

test("posts of another authority, hidden ones and deleted ones are not there", async () => {
  const elsewhere = await exampleAuthority(db);
  const foreign = await db.as(elsewhere.authority.id, async (tx) => {
    const said = await publishPost(
      tx,
      elsewhere.authority,
      {
        kind: "note",
        sourceType: "plain",
        source: "Hos grannen",
        language: "sv",
        attachments: [],
        account: elsewhere.office.id,
        person: null,
        visibility: "public",
        capacity: "office",
      },
      Temporal.Now.instant(),
    );
    return said.outcome === "published" ? said.id : assert.fail(said.outcome);
  });
  const hidden = await world.hear("Otrevligt");
  await db.as(authority.id, (tx) => setHidden(tx, authority.id, hidden, Temporal.Now.instant()));
  const gone = await world.say(office, "Borta");
  await remove(gone);
  for (const id of [foreign, hidden, gone])
    for (const as of [undefined, token]) {
      assert.equal((await show(id, as)).status, 404);
      for (const part of ["context", "history", "favourited_by"])
        assert.equal((await world.api("GET", `/api/v1/statuses/${id}/${part}`)).status, 404);
    }
});

test("a context is told depth first, with one's answers to oneself before the others", async () => {
  const root = await world.hear("rot");
  const one = await world.say(office, "ett", { inReplyTo: root });
  const two = await world.hear("två", { inReplyTo: one });
  const aside = await world.hear("vid sidan", { inReplyTo: one });
  const three = await world.say(office, "tre", { inReplyTo: two });
  const self = await world.say(office, "eget", { inReplyTo: one });
  assert.deepEqual(await around(three, token), { above: ["rot", "ett", "två"], below: [] });
  assert.deepEqual(await around(one, token), {
    above: ["rot"],
    below: ["eget", "två", "tre", "vid sidan"],
  });
  assert.deepEqual((await around(root)).below, ["ett", "två", "tre", "vid sidan", "eget"].toSorted(byOrder));
  assert.ok(aside && self);

  function byOrder(left: string, right: string): number {
    const order = ["eget", "ett", "två", "tre", "vid sidan"];
    return order.indexOf(left) - order.indexOf(right);
  }
});

test("what is removed, or not for the viewer, is left out of a context, and what it leads to stays", async () => {
  const root = await world.say(office, "början");
  const gone = await world.say(office, "borttaget", { inReplyTo: root });
  const below = await world.hear("svar på det", { inReplyTo: gone });
  const secret = await world.hear("i förtroende", {
    inReplyTo: root,
    visibility: "direct",
    mentioned: [voice.id],
  });
  await remove(gone);
  assert.deepEqual(await around(root, token), { above: [], below: ["svar på det"] });
  assert.deepEqual(await around(below, token), { above: ["början"], below: [] });
  const orphan = (await show(below, token)).body;
  assert.deepEqual([orphan.in_reply_to_id, orphan.in_reply_to_account_id], [null, null]);
  const mine = await world.token(["read"], { account: voice });
  assert.deepEqual((await around(root, mine)).below, ["i förtroende", "svar på det"].toSorted(byArrival));
  assert.ok(secret);

  function byArrival(left: string, right: string): number {
    const order = ["svar på det", "i förtroende"];
    return order.indexOf(left) - order.indexOf(right);
  }
});

test("showing posts takes as many queries for forty as for two", async () => {
  const seen = { site: { authority, origin: world.origin }, caller: { account: office } };
  const ids: string[] = [];
  const queriesFor = async (posts: string[]) => {
    const counting = countingReads(db);
    const viewer = { kind: "staff", accounts: [office.id] } as const;
    const items = await db.read(authority.id, (tx) => findItems(tx, authority.id, posts, viewer));
    const statuses = await counting.db.read(authority.id, (tx) => loadStatuses(tx, seen, items));
    assert.equal(statuses.length, posts.length);
    return counting.queries.count;
  };
  for (let index = 0; index < 15; index++) {
    const question = await world.hear(`fråga ${index}`);
    const reply = await world.say(office, `Svar @asa@social.test ${index}`, { inReplyTo: question });
    const post = await world.say(voice, `Läs ${index}`);
    const boost = { reaction: "boost" as const, post, account: office.id, person: null };
    const id = await db.as(authority.id, async (tx) => {
      await react(tx, authority.id, boost);
      return boostBy(tx, authority.id, boost);
    });
    ids.push(question, reply, id ?? assert.fail());
  }
  const few = await queriesFor(ids.slice(0, 3));
  const many = await queriesFor(ids);
  assert.equal(many, few);
  assert.ok(many <= 10, `${many}`);
});

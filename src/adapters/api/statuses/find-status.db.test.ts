import assert from "node:assert/strict";
import { test } from "node:test";
import { react } from "#domain/posts/react.ts";
import { startClientWorld } from "#test/client-world.ts";
import { testDatabase } from "#test/database.ts";
import { fileScope } from "#test/file-scope.ts";
import type { Status } from "../entities/status.ts";
import { findStatus } from "./find-status.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startClientWorld(scope, db);
const { authority, office, voice } = world;

const find = (id: string, as?: typeof office) =>
  db.read(authority.id, (tx) =>
    findStatus(
      tx,
      { site: { authority, origin: world.origin }, caller: as && ({ account: as } as never) },
      id,
    ),
  );

test("the id of a boost leads to the post inside, and tells who boosted it", async () => {
  const post = await world.say(voice, "Vi bygger en bro");
  await db.as(authority.id, (tx) =>
    react(tx, authority.id, { reaction: "boost", post, account: office.id, person: world.person }),
  );
  const token = await world.token(["read"]);
  const { body } = await world.api<Status[]>("GET", "/api/v1/timelines/home", { token });
  const boost = body.find(({ reblog }) => reblog !== null)?.id ?? assert.fail("no boost");
  assert.deepEqual([(await find(boost, office))?.id, (await find(boost))?.boostedBy], [post, office.id]);
  assert.deepEqual([(await find(post))?.id, (await find(post))?.boostedBy], [post, null]);
});

test("what was said to another account of ours, and what is not there, is not found", async () => {
  const post = await world.hear("Bara till er", { visibility: "direct", mentioned: [voice.id] });
  assert.equal((await find(post, voice))?.id, post);
  assert.equal(await find(post, office), undefined);
  assert.equal(await find(post), undefined);
  assert.equal(await find("100000000000000000", office), undefined);
});

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { exampleAuthority } from "#test/example.ts";
import { testDatabase } from "#test/database.ts";
import { publishPost, type NewPost } from "./publish-post.ts";
import { writeOnce } from "./write-once.ts";

const { db } = await testDatabase({ after });
const { authority, office, person } = await exampleAuthority(db);
const now = Temporal.Instant.from("2026-03-03T07:48:00Z");

function publish(key: string, source: string, at = now) {
  const post: NewPost = {
    kind: "note",
    sourceType: "plain",
    source,
    language: "sv",
    attachments: [],
    account: office.id,
    person,
    visibility: "public",
    capacity: "office",
  };
  return db.as(authority.id, (tx) =>
    writeOnce(
      tx,
      authority.id,
      { person, key, said: post },
      at,
      () => publishPost(tx, authority, post, at),
      (done) => (done.outcome === "published" ? done.id : undefined),
    ),
  );
}

async function countPosts(source: string): Promise<number> {
  const rows = await db.read(
    authority.id,
    (tx) => tx`select 1 from post_version where authority = ${authority.id} and source = ${source}`,
  );
  return rows.length;
}

test("one key writes one post, also when it is sent many times at once", async () => {
  const done = await Promise.all(Array.from({ length: 4 }, () => publish("key-1", "En gång")));
  const outcomes = done.map((one) => one.outcome).toSorted();
  assert.deepEqual(outcomes, ["again", "again", "again", "published"]);
  const ids = new Set(done.map((one) => ("post" in one ? one.post : "id" in one ? one.id : "")));
  assert.equal(ids.size, 1);
  assert.equal(await countPosts("En gång"), 1);
});

test("a key that comes back with other words writes nothing, and says so", async () => {
  await publish("key-2", "De första orden");
  const again = await publish("key-2", "Andra ord");
  assert.equal(again.outcome === "again" && again.same, false);
  assert.equal(await countPosts("Andra ord"), 0);
});

test("a key stays free as long as nothing was written with it", async () => {
  assert.equal((await publish("key-3", " ")).outcome, "empty");
  assert.equal((await publish("key-3", "Nu finns det ord")).outcome, "published");
});

test("keys are forgotten after a week", async () => {
  await publish("key-4", "Förra månaden", now.subtract({ hours: 24 * 30 }));
  await publish("key-5", "I dag");
  assert.equal((await publish("key-4", "Förra månaden")).outcome, "published");
});

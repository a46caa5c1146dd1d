import assert from "node:assert/strict";
import { after, test } from "node:test";
import { exampleAuthority } from "#test/example.ts";
import { testDatabase } from "#test/database.ts";
import type { MediaId } from "#domain/media/media.ts";
import { editPost } from "./edit-post.ts";
import type { PostId } from "./post.ts";
import { publishPost, type NewPost } from "./publish-post.ts";

const { db } = await testDatabase({ after });
const { authority, office, person } = await exampleAuthority(db);
const now = Temporal.Instant.from("2026-11-22T10:00:00Z");
const number = "Ring 640823-3234 om du undrar.";

const publish = (more: Partial<NewPost>) =>
  db.as(authority.id, (tx) =>
    publishPost(
      tx,
      authority,
      {
        kind: "note",
        sourceType: "plain",
        source: "Hej",
        language: "sv",
        attachments: [],
        account: office.id,
        person,
        visibility: "public",
        capacity: "office",
        ...more,
      },
      now,
    ),
  );
const edit = (post: PostId, more: { source?: string; reason?: string; exceptions?: NewPost["exceptions"] }) =>
  db.as(authority.id, (tx) =>
    editPost(
      tx,
      authority,
      {
        kind: "note",
        sourceType: "plain",
        source: "Hej igen",
        language: "sv",
        attachments: [],
        account: office.id,
        person,
        reason: "Fel dag",
        post,
        ...more,
      },
      now,
    ),
  );

test("a personal number stops a post wherever it stands, until a reason is given", async () => {
  const stopped = { outcome: "personal-number", found: ["640823-3234"] };
  assert.deepEqual(await publish({ source: number }), stopped);
  assert.deepEqual(await publish({ warning: number }), stopped);
  assert.deepEqual(await publish({ kind: "article", title: number }), stopped);
  assert.deepEqual(await publish({ attachments: [{ media: await picture(), alt: number }] }), stopped);
  assert.deepEqual(await publish({ source: number, exceptions: { personalNumber: "   " } }), stopped);
  assert.deepEqual(await overridden(), []);
});

test("with a reason it is published, and the reason stands in the journal", async () => {
  const done = await publish({ source: number, exceptions: { personalNumber: " Hon har bett om det. " } });
  assert.equal(done.outcome, "published");
  assert.deepEqual(await overridden(), [
    {
      check: "personal-number",
      post: "id" in done ? done.id : "",
      person,
      body: '{"reason":"Hon har bett om det."}',
    },
  ]);
});

test("a reason for what is not there leaves no trace", async () => {
  const before = await overridden();
  await publish({ exceptions: { personalNumber: "I onödan", alternativeText: "I onödan" } });
  assert.deepEqual(await overridden(), before);
});

test("a picture without alternative text stops a post, until a reason is given", async () => {
  const media = await picture();
  const attachments = [{ media, alt: " " }];
  assert.deepEqual(await publish({ attachments }), { outcome: "alternative-text-missing", media });
  const done = await publish({ attachments, exceptions: { alternativeText: "Ren utsmyckning" } });
  assert.equal(done.outcome, "published");
  assert.equal((await overridden()).at(-1)?.check, "alternative-text");
});

test("a new version is held to the same, its public reason included", async () => {
  const done = await publish({});
  const post = done.outcome === "published" ? done.id : assert.fail();
  assert.equal((await edit(post, { source: number })).outcome, "personal-number");
  assert.equal((await edit(post, { reason: number })).outcome, "personal-number");
  assert.equal(
    (await edit(post, { source: number, exceptions: { personalNumber: "Känd person" } })).outcome,
    "edited",
  );
  assert.equal((await overridden()).at(-1)?.post, post);
});

async function overridden() {
  const rows = await db.as(
    authority.id,
    (tx) => tx<{ check: string; post: string; person: string; body: string }[]>`
      select facts->>'check' as check, post, person, body from journal join journal_payload on entry = id
      where kind = 'check-overridden' order by id`,
  );
  return Array.from(rows, (row) => ({ ...row }));
}

async function picture(): Promise<MediaId> {
  const [row] = await db.as(
    authority.id,
    (tx) => tx<{ id: MediaId }[]>`
      insert into media (authority, state, type, width, height) values (${authority.id}, 'ready', 'image/webp', 1, 1) returning id`,
  );
  return row?.id ?? assert.fail();
}

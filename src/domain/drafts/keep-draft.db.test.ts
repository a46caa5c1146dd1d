import assert from "node:assert/strict";
import { after, test } from "node:test";
import { testDatabase } from "#test/database.ts";
import { contentOf, openDraftDesk } from "#test/draft-desk.ts";
import { formKey } from "./form-key.ts";
import { keepDraft, type Kept, type Written } from "./keep-draft.ts";
import { latestUnsent, listDrafts } from "./list-drafts.ts";
import { throwAway, undoDraft } from "./take-back.ts";

const { db } = await testDatabase({ after });
const desk = await openDraftDesk(db);
const { authority, office, person } = desk;
const now = Temporal.Instant.from("2026-11-22T10:00:00Z");

const keep = (written: Written, at = now) =>
  db.as(authority.id, (tx) => keepDraft(tx, authority.id, written, at));
const idOf = (kept: Kept) => ("id" in kept ? kept.id : assert.fail("nothing was kept"));
const textOf = async (id: string) => (await desk.draft(id)).content.text;

test("the same form keeps one draft, with what was typed last", async () => {
  const form = desk.written("Simhallen");
  const first = await keep(form);
  const second = await keep({ ...form, content: contentOf(office, "Simhallen öppnar") });
  assert.equal(idOf(second), idOf(first));
  assert.equal(await textOf(idOf(first)), "Simhallen öppnar");
});

test("many saves of one form at once make one draft", async () => {
  const form = desk.written("Samtidigt");
  const kept = await Promise.all(Array.from({ length: 5 }, () => keep(form)));
  assert.equal(new Set(kept.map(idOf)).size, 1);
});

test("what is emptied is gone, and what was never filled is not kept", async () => {
  const form = desk.written("Hastigt påkommet");
  const { id } = (await keep(form)) as { id: string };
  assert.deepEqual(await keep({ ...form, content: contentOf(office, ""), blank: true }), {
    outcome: "emptied",
  });
  await assert.rejects(desk.draft(id), /no draft/);
  assert.deepEqual(await keep(desk.written("")), { outcome: "emptied" });
});

test("two windows with one draft: the one that saves on an older base gets a draft of its own, and nothing is lost", async () => {
  const id = idOf(await keep(desk.written("Grunden")));
  const draft = await desk.draft(id);
  const window = (secret: string) => formKey(draft, secret);
  const [one, other] = [window("aaaaaa"), window("bbbbbb")];
  const said = (text: string, once: string) => desk.written(text, { once });
  assert.deepEqual(await keep(said("Grunden, och ett", one)), { outcome: "kept", id });
  const parted = await keep(said("Grunden, och två", other));
  assert.equal(parted.outcome, "parted");
  assert.deepEqual(await keep(said("Grunden, och ett till", one)), { outcome: "kept", id });
  assert.equal(idOf(await keep(said("Grunden, och två till", other))), idOf(parted));
  assert.equal(await textOf(id), "Grunden, och ett till");
  assert.equal(await textOf(idOf(parted)), "Grunden, och två till");
});

test("the window that wrote the draft goes on with it after another has only looked", async () => {
  const form = desk.written("Skrivet här");
  const id = idOf(await keep(form));
  formKey(await desk.draft(id), "cccccc");
  assert.deepEqual(await keep({ ...form, content: contentOf(office, "Skrivet här också") }), {
    outcome: "kept",
    id,
  });
});

test("a change of what is planned is kept aside until it is sent, so that the plan stands", async () => {
  const done = await desk.submit({ text: "Planerat", localTime: "2026-11-23T08:00" }, now);
  assert.equal(done.outcome, "scheduled");
  const { draft: id } = done as { draft: string };
  const once = formKey(await desk.draft(id), "dddddd");
  const parted = await keep(desk.written("Planerat, men bättre", { once }));
  assert.equal(parted.outcome, "parted");
  assert.deepEqual([await textOf(id), (await desk.draft(id)).state], ["Planerat", "scheduled"]);
  const again = await desk.submit({ text: "Planerat, men bättre", once, localTime: "2026-11-23T09:00" }, now);
  assert.equal(again.outcome, "scheduled");
  assert.equal((await desk.draft(id)).state, "thrown", "the earlier plan is replaced");
  assert.equal(await desk.entries("schedule-withdrawn"), 1);
});

test("a draft of an account that was taken away is still there to be read", async () => {
  const { voice } = desk;
  const form = desk.written("Som myndigheten", { content: contentOf(voice, "Som myndigheten") });
  const id = idOf(await keep(form));
  await db.as(
    authority.id,
    (tx) => tx`delete from account_grant where authority = ${authority.id} and account = ${voice.id}`,
  );
  const listed = await db.read(authority.id, (tx) => listDrafts(tx, authority.id, { person, accounts: [] }));
  assert.ok(listed.some((draft) => draft.id === id && draft.content.text === "Som myndigheten"));
});

test("drafts are their writer's alone", async () => {
  const id = idOf(await keep(desk.written("Mitt eget")));
  const { colleague } = desk;
  const theirs = await db.read(authority.id, (tx) =>
    listDrafts(tx, authority.id, { person: colleague, accounts: [office.id] }),
  );
  assert.ok(theirs.every((draft) => draft.id !== id));
  const thrown = await db.as(authority.id, (tx) => throwAway(tx, authority, id, colleague, now));
  assert.deepEqual(thrown, { outcome: "nothing" });
});

test("what is thrown away no longer fills the composer, and can be brought back", async () => {
  const id = idOf(await keep(desk.written("Slängs"), now.add({ hours: 1 })));
  const latest = () =>
    db.read(authority.id, (tx) =>
      latestUnsent(tx, authority.id, person, { mode: "new" }, now.add({ hours: 2 })),
    );
  assert.equal((await latest())?.id, id);
  await db.as(authority.id, (tx) => throwAway(tx, authority, id, person, now));
  assert.notEqual((await latest())?.id, id);
  const back = await db.as(authority.id, (tx) => undoDraft(tx, authority, id, person, now));
  assert.equal(back.outcome, "draft");
  assert.equal(await textOf(id), "Slängs");
});

test("not a word of a draft stands in the journal", async () => {
  await keep(desk.written("Hemligt utkast om xyzzy"));
  const rows = await db.read(
    authority.id,
    (tx) => tx`select from journal_payload where authority = ${authority.id} and body like '%xyzzy%'`,
  );
  assert.equal(rows.length, 0);
  assert.equal(await desk.entries("post-published"), 0);
});

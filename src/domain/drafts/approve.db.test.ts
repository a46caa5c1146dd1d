import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { publishPost, type NewPost } from "#domain/posts/publish-post.ts";
import { testDatabase } from "#test/database.ts";
import { openDraftDesk } from "#test/draft-desk.ts";
import { approveDraft, refuseDraft } from "./approve.ts";
import { bypassApproval } from "./bypass-approval.ts";
import type { DraftId } from "./draft.ts";
import { formKey } from "./form-key.ts";
import { bypassedAmong, sendDraft } from "./send-draft.ts";
import type { Submitted } from "./submit-draft.ts";

const { db } = await testDatabase({ after });
const desk = await openDraftDesk(db);
const { authority, office, person, colleague } = desk;
const now = Temporal.Instant.from("2026-11-22T10:00:00Z");
const idOf = (done: Submitted): DraftId => ("draft" in done ? done.draft : assert.fail(done.outcome));
const approve = (id: DraftId, version: number, by = colleague) =>
  db.as(authority.id, (tx) => approveDraft(tx, authority, { id, version, by }, now, 0));
const say = async (source: string, more: Partial<NewPost> = {}) => {
  const said = { account: office.id, capacity: "office", visibility: "public", language: "sv" } as const;
  const post: NewPost = {
    kind: "note",
    sourceType: "plain",
    attachments: [],
    person,
    source,
    ...said,
    ...more,
  };
  const done = await db.as(authority.id, (tx) => publishPost(tx, authority, post, now));
  return done.outcome === "published" ? done.id : assert.fail(done.outcome);
};

beforeEach(() => desk.setApproval(true));

test("an account without the setting speaks at once", async () => {
  await desk.setApproval(false);
  assert.equal((await desk.submit({ text: "Utan omväg" }, now, 0)).outcome, "sent");
});

test("with it, what is published waits, and goes out when a second person approves", async () => {
  const done = await desk.submit({ text: "Godkänns" }, now, 0);
  assert.equal(done.outcome, "awaiting");
  assert.equal(await desk.countOf("Godkänns"), 0);
  assert.equal((await approve(idOf(done), 1)).outcome, "sent");
  assert.equal(await desk.countOf("Godkänns"), 1);
  assert.deepEqual([await desk.entries("approval-asked"), await desk.entries("approval-given")], [1, 1]);
});

test("nobody approves their own words, nor for an account that is not theirs", async () => {
  const id = idOf(await desk.submit({ text: "Eget" }, now));
  assert.equal((await approve(id, 1, person)).outcome, "not-waiting");
  const stranger = (await openDraftDesk(db)).colleague;
  assert.equal((await approve(id, 1, stranger)).outcome, "not-waiting");
});

test("the approved version is what is sent: what has changed since it was read is not approved", async () => {
  const id = idOf(await desk.submit({ text: "Före" }, now));
  const once = formKey(await desk.draft(id), "eeeeee");
  const again = await desk.submit({ text: "Efter", once }, now);
  assert.equal(again.outcome, "awaiting");
  assert.equal((await approve(id, 1)).outcome, "changed");
  assert.equal((await approve(id, 2)).outcome, "sent");
  assert.deepEqual([await desk.countOf("Före"), await desk.countOf("Efter")], [0, 1]);
});

test("an approved plan keeps its time, and a change of it needs a new approval", async () => {
  const id = idOf(await desk.submit({ text: "Till måndag", localTime: "2026-11-23T08:00" }, now));
  assert.equal((await approve(id, 1)).outcome, "scheduled");
  const once = formKey(await desk.draft(id), "ffffff");
  const again = await desk.submit({ text: "Till måndag, ändrat", localTime: "2026-11-23T08:00", once }, now);
  assert.equal(again.outcome, "awaiting");
  const { approvedBy, state } = await desk.draft(id);
  assert.deepEqual([approvedBy, state], [null, "awaiting"]);
});

test("what was planned before the setting was made waits at its time", async () => {
  await desk.setApproval(false);
  const id = idOf(await desk.submit({ text: "Tidigare plan", localTime: "2026-11-23T09:00" }, now));
  await desk.setApproval(true);
  const at = Temporal.Instant.from("2026-11-23T08:00:00Z");
  const sent = await db.as(authority.id, (tx) => sendDraft(tx, authority, id, at));
  assert.equal(sent.outcome, "awaiting");
  assert.equal(await desk.countOf("Tidigare plan"), 0);
});

test("refused, it is back with its writer, with the reason", async () => {
  const id = idOf(await desk.submit({ text: "Duger inte" }, now));
  const refuse = (comment: string) =>
    db.as(authority.id, (tx) => refuseDraft(tx, authority, { id, version: 1, by: colleague, comment }, now));
  assert.equal((await refuse(" ")).outcome, "comment-missing");
  assert.equal((await refuse("Kolla datumet.")).outcome, "refused");
  const { state, comment, refusedBy } = await desk.draft(id);
  assert.deepEqual([state, comment, refusedBy], ["draft", "Kolla datumet.", colleague]);
});

test("published without approval: only with a reason, which the record keeps, and colleagues see it", async () => {
  const bypass = { text: "Vattnet går att dricka igen", wish: "bypass" as const };
  assert.equal((await desk.submit(bypass, now, 0)).outcome, "bypass-reason-missing");
  const done = await desk.submit({ ...bypass, bypassReason: "Brådskande, jouren" }, now, 0);
  assert.ok(done.outcome === "sent");
  assert.equal(await desk.entries("approval-bypassed"), 1);
  const marked = await db.read(authority.id, (tx) => bypassedAmong(tx, authority.id, done.posts));
  assert.deepEqual([...marked], done.posts);
  const waiting = idOf(await desk.submit({ text: "Väntar redan" }, now, 0));
  const decide = (reason: string) =>
    db.as(authority.id, (tx) => bypassApproval(tx, authority, { id: waiting, by: person, reason }, now, 0));
  assert.equal((await decide("")).outcome, "reason-missing");
  const withdrawn = await desk.entries("approval-withdrawn");
  assert.equal((await decide("Ingen annan i tjänst")).outcome, "sent");
  assert.equal(
    await desk.entries("approval-withdrawn"),
    withdrawn + 1,
    "nobody is asked to read it any more",
  );
  assert.equal(await desk.entries("approval-bypassed"), 2);
});

test("an answer whose conversation has changed while it waited is let out only by whoever has been shown that", async () => {
  const question = await say("Vad kostar det?");
  const to = { mode: "reply" as const, post: question };
  const decide = {
    approved: (id: DraftId, seen: string | null) =>
      db.as(authority.id, (tx) =>
        approveDraft(tx, authority, { id, version: 1, by: colleague, seen }, now, 0),
      ),
    bypassed: (id: DraftId, seen: string | null) =>
      db.as(authority.id, (tx) =>
        bypassApproval(tx, authority, { id, by: person, reason: "Jouren", seen }, now, 0),
      ),
  };
  for (const [how, act] of Object.entries(decide)) {
    const text = `Femtio kronor, ${how}`;
    const id = idOf(await desk.submit({ text, to }, now, 0));
    await say(`Jag menar för barn, ${how}`, { inReplyTo: question, person: colleague });
    const stopped = await act(id, null);
    assert.ok(stopped.outcome === "thread-changed", stopped.outcome);
    assert.equal(stopped.changes.posts.length, 1);
    assert.deepEqual([(await desk.draft(id)).state, await desk.countOf(text)], ["awaiting", 0]);
    assert.equal((await act(id, stopped.changes.seen)).outcome, "sent");
    assert.equal(await desk.countOf(text), 1);
  }
});

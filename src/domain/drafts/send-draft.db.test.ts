import assert from "node:assert/strict";
import { after, test } from "node:test";
import { revokeGrant, grantAccount } from "#domain/accounts/grants.ts";
import { findAuthority } from "#domain/authorities/authority.ts";
import { deletePost } from "#domain/posts/delete-post.ts";
import { publishPost } from "#domain/posts/publish-post.ts";
import { sendDueDrafts } from "#adapters/deck/drafts/jobs.ts";
import { openDatabase } from "#platform/database.ts";
import { silentLog } from "#platform/log.ts";
import { testDatabase } from "#test/database.ts";
import { contentOf, openDraftDesk } from "#test/draft-desk.ts";
import type { DraftId } from "./draft.ts";
import { sendDraft } from "./send-draft.ts";
import type { Submitted } from "./submit-draft.ts";
import { undoDraft, unschedule } from "./take-back.ts";

const { db, url } = await testDatabase({ after });
const desk = await openDraftDesk(db);
const { authority, office, person } = desk;
const now = Temporal.Instant.from("2026-11-22T10:00:00Z");

const idOf = (done: Submitted): DraftId => ("draft" in done ? done.draft : assert.fail(done.outcome));
/** A worker that comes by at a time. */
const sweep = (at: Temporal.Instant, database = db) =>
  sendDueDrafts({
    db: database,
    clock: () => at,
    log: silentLog,
    lookUpAccount: () => Promise.resolve(undefined),
  });

test("what is sent waits for its seconds, and then goes out once", async () => {
  const done = await desk.submit({ text: "Snart ute" }, now);
  assert.equal(done.outcome, "sending");
  await sweep(now.add({ seconds: 9 }));
  assert.equal(await desk.countOf("Snart ute"), 0);
  await sweep(now.add({ seconds: 10 }));
  await sweep(now.add({ seconds: 11 }));
  assert.equal(await desk.countOf("Snart ute"), 1);
  const draft = await desk.draft(idOf(done));
  assert.deepEqual([draft.state, draft.posts.length, draft.content], ["sent", 1, {}]);
});

test("what is taken back in time is not sent, and stands as it was; afterwards it is too late", async () => {
  const id = idOf(await desk.submit({ text: "Ångras" }, now));
  const undo = () => db.as(authority.id, (tx) => undoDraft(tx, authority, id, person, now));
  const back = await undo();
  assert.equal(back.outcome === "draft" && back.draft.content.text, "Ångras");
  await sweep(now.add({ minutes: 1 }));
  assert.equal(await desk.countOf("Ångras"), 0);
  const other = idOf(await desk.submit({ text: "Hinner ut" }, now, 0));
  const late = await db.as(authority.id, (tx) => undoDraft(tx, authority, other, person, now));
  assert.equal(late.outcome, "too-late");
});

test("sending and taking back at the same moment: one of them wins, and they agree on which", async () => {
  for (let round = 0; round < 10; round++) {
    const text = `Kapplöpning ${round}`;
    const id = idOf(await desk.submit({ text }, now));
    const [, undone] = await Promise.all([
      sweep(now.add({ seconds: 10 })),
      db.as(authority.id, (tx) => undoDraft(tx, authority, id, person, now)),
    ]);
    assert.equal(await desk.countOf(text), undone.outcome === "too-late" ? 1 : 0);
  }
});

for (const [season, localTime, due, clock] of [
  ["in spring, at a time that the clock skips", "2027-03-28T02:30", "2027-03-28T01:30:00Z", "03:30"],
  ["in spring, after the change", "2027-03-28T08:00", "2027-03-28T06:00:00Z", "08:00"],
  ["in autumn, at a time that comes twice", "2027-10-31T02:30", "2027-10-31T00:30:00Z", "02:30"],
  ["in autumn, after the change", "2027-10-31T08:00", "2027-10-31T07:00:00Z", "08:00"],
] as const)
  test(`planned over a change of the clock ${season}: sent once at the stated local time, by two workers and over a restart`, async () => {
    const text = `Planerat ${localTime}`;
    const done = await desk.submit({ text, localTime, wish: "schedule" }, now);
    assert.equal(done.outcome === "scheduled" && String(done.planned.at), due);
    const at = Temporal.Instant.from(due);
    const local = at.toZonedDateTimeISO(authority.zone);
    assert.equal(local.toPlainTime().toString({ smallestUnit: "minute" }), clock);
    await sweep(at.subtract({ minutes: 1 }));
    assert.equal(await desk.countOf(text), 0, "not before its time");
    // The first worker dies with its words said and nothing committed.
    const dying = db.as(authority.id, async (tx) => {
      assert.equal((await sendDraft(tx, authority, idOf(done), at)).outcome, "sent");
      throw new Error("killed");
    });
    await assert.rejects(dying, /killed/);
    assert.equal(await desk.countOf(text), 0);
    // Two others, of a process started anew, come at the same moment.
    const anew = openDatabase(url, { connections: 3 });
    await Promise.all([sweep(at, anew), sweep(at, anew), sweep(at)]);
    await sweep(at.add({ hours: 1 }), anew);
    await anew.close();
    assert.equal(await desk.countOf(text), 1);
  });

test("a time that has been is refused", async () => {
  const done = await desk.submit({ text: "Förr", localTime: "2026-11-22T10:59", wish: "schedule" }, now);
  assert.equal(done.outcome, "time-passed");
  assert.equal((await desk.submit({ text: "Aldrig", wish: "schedule" }, now)).outcome, "time-missing");
});

test("two hours late is sent on return; later is not, and the writer is told", async () => {
  const plan = (text: string) => desk.submit({ text, localTime: "2026-11-23T08:00", wish: "schedule" }, now);
  const due = Temporal.Instant.from("2026-11-23T07:00:00Z");
  await plan("Lite sen");
  await sweep(due.add({ hours: 2 }));
  assert.equal(await desk.countOf("Lite sen"), 1);
  const id = idOf(await plan("För sen"));
  await sweep(due.add({ hours: 2, seconds: 1 }));
  assert.equal(await desk.countOf("För sen"), 0);
  assert.equal((await desk.draft(id)).state, "late");
  assert.equal(await desk.entries("send-late"), 1);
  const at = due.add({ hours: 3 });
  const sent = await db.as(authority.id, (tx) => sendDraft(tx, authority, id, at, { atOnce: true }));
  assert.equal(sent.outcome, "sent");
  assert.equal(await desk.countOf("För sen"), 1);
  assert.equal(await desk.entries("schedule-withdrawn"), 1, "the writer need not be told any more");
});

test("eight o'clock stays eight o'clock when the authority moves to another zone", async () => {
  const other = await openDraftDesk(db);
  const done = await other.submit({ text: "Åtta", localTime: "2026-11-24T08:00", wish: "schedule" }, now);
  await db.as(
    other.authority.id,
    (tx) => tx`update authority set zone = 'Europe/Helsinki' where id = ${other.authority.id}`,
  );
  await sweep(now);
  const { dueAt, zone } = await other.draft(idOf(done));
  assert.deepEqual([String(dueAt), zone], ["2026-11-24T06:00:00Z", "Europe/Helsinki"]);
  const moved = await db.read(other.authority.id, (tx) => findAuthority(tx, other.authority.id));
  assert.equal(moved?.zone, "Europe/Helsinki");
  await sweep(Temporal.Instant.from("2026-11-24T06:00:00Z"));
  assert.equal(await other.countOf("Åtta"), 1);
});

test("what is taken out of the plan does not go out", async () => {
  const withdrawn = await desk.entries("schedule-withdrawn");
  const id = idOf(await desk.submit({ text: "Ur planen", localTime: "2026-12-01T08:00" }, now));
  await db.as(authority.id, (tx) => unschedule(tx, authority, id, person, now));
  await sweep(Temporal.Instant.from("2026-12-01T07:30:00Z"));
  assert.equal(await desk.countOf("Ur planen"), 0);
  assert.equal(await desk.entries("schedule-withdrawn"), withdrawn + 1);
});

test("whoever may no longer speak for the account does not speak by plan either; the words are kept, with the reason", async () => {
  const grant = { person, account: office.id };
  const id = idOf(await desk.submit({ text: "Utan rätt", localTime: "2026-12-02T08:00" }, now));
  await db.as(authority.id, (tx) => revokeGrant(tx, authority.id, grant, undefined));
  await sweep(Temporal.Instant.from("2026-12-02T07:00:00Z"));
  await db.as(authority.id, (tx) => grantAccount(tx, authority.id, grant, undefined));
  const draft = await desk.draft(id);
  assert.deepEqual(
    [draft.state, draft.problem, draft.content.text],
    ["failed", "account-revoked", "Utan rätt"],
  );
  assert.equal(await desk.countOf("Utan rätt"), 0);
  assert.equal(await desk.entries("send-failed"), 1);
});

test("an answer whose question is gone by its time is not sent, and says why", async () => {
  const asked = await db.as(authority.id, (tx) =>
    publishPost(
      tx,
      authority,
      {
        kind: "note",
        sourceType: "plain",
        source: "Fråga",
        language: "sv",
        attachments: [],
        account: office.id,
        person,
        visibility: "public",
        capacity: "office",
      },
      now,
    ),
  );
  assert.ok(asked.outcome === "published");
  const to = { mode: "reply" as const, post: asked.id };
  const id = idOf(await desk.submit({ text: "Svar", to, localTime: "2026-12-03T08:00" }, now));
  await db.as(authority.id, (tx) =>
    deletePost(tx, authority.id, { id: asked.id, account: office.id, person }, now),
  );
  await sweep(Temporal.Instant.from("2026-12-03T07:00:00Z"));
  const draft = await desk.draft(id);
  assert.deepEqual([draft.state, draft.problem], ["failed", "parent-missing"]);
});

test("a long text goes out as a chain, all of it or nothing", async () => {
  const text = `${"Del ett. ".repeat(40).trim()}\n\n---\n\nDel två.`;
  const done = await desk.submit({ text, content: contentOf(office, text, { split: true }) }, now, 0);
  assert.ok(done.outcome === "sent" && done.posts.length === 2, done.outcome);
  const rows = await db.read(
    authority.id,
    (tx) => tx<{ answers: string | null; thread: string }[]>`
      select in_reply_to as answers, thread from post where authority = ${authority.id} and id = any(${done.posts}::bigint[]) order by id`,
  );
  assert.deepEqual(
    rows.map((row) => row.answers),
    [null, done.posts[0]],
  );
});

test("what stands in the way is told when it is planned, and nothing is changed", async () => {
  const before = await desk.entries("post-scheduled");
  const done = await desk.submit({ text: "", blank: true, localTime: "2026-12-04T08:00" }, now);
  assert.equal(done.outcome, "empty");
  assert.equal(await desk.entries("post-scheduled"), before);
});

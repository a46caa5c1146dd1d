import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { grantAccount } from "#domain/accounts/grants.ts";
import { endPerson } from "#domain/people/end-person.ts";
import { testDatabase } from "#test/database.ts";
import { openNotificationWorld, type NotificationWorld } from "#test/notification-world.ts";
import { findDueLetter, markMailed } from "./letters.ts";
import type { NotificationId } from "./notification.ts";
import { hearNotified, type Notified } from "./notified.ts";
import { chooseLetters, findReader, markRead, unreadCounts } from "./reader.ts";

const { db } = await testDatabase({ after });
const now = Temporal.Now.instant();
let w: NotificationWorld;

beforeEach(async () => {
  w = await openNotificationWorld(db);
});

test("accounts are read by grant, and a person's own by nobody else", async () => {
  const bo = await w.colleague("bo");
  await w.hear("Hej", [w.office.id]);
  await w.note({ kind: "care-noted", subject: [w.careId(), bo] });
  await w.digest();
  assert.deepEqual(
    (await w.heardBy(bo, [])).map((one) => one.kind),
    ["note-mention"],
  );
  assert.deepEqual(
    (await w.heardBy(w.person, [w.office.id])).map((one) => one.kind),
    ["mention"],
  );
  assert.deepEqual(await w.heardBy(w.person, [w.voice.id]), []);
});

test("a task is told to whoever gets it, and taken away when another does", async () => {
  const [bo, cilla] = [await w.colleague("bo"), await w.colleague("cilla")];
  await w.assign(bo);
  await w.digest();
  const [first] = await w.heardBy(bo, []);
  assert.equal(first?.kind, "assigned");
  assert.equal(first?.fromPerson, w.person);
  assert.equal(first?.thread, w.thread);
  await w.assign(cilla);
  await w.digest();
  assert.deepEqual(await w.ownKinds(bo), []);
  assert.deepEqual(await w.ownKinds(cilla), ["assigned"]);
  await w.digest();
  assert.deepEqual(await w.ownKinds(bo), []);
  await w.assign(null);
  await w.digest();
  assert.deepEqual(await w.ownKinds(cilla), []);
});

test("a task for an office is told to everybody who speaks for it, but not to whoever gave it", async () => {
  const bo = await w.colleague("bo");
  await db.as(w.authority.id, (tx) =>
    grantAccount(tx, w.authority.id, { person: bo, account: w.office.id }, undefined),
  );
  await w.assign(null, w.office.id);
  await w.digest();
  assert.deepEqual(await w.ownKinds(bo), ["assigned"]);
  assert.deepEqual(await w.ownKinds(w.person), []);
});

test("an overdue answer is told until it is answered", async () => {
  const care = w.careId();
  await w.note({ kind: "care-overdue", subject: [care, w.person], facts: { thread: w.thread, level: 1 } });
  await w.digest();
  assert.deepEqual(await w.ownKinds(w.person), ["overdue"]);
  await w.note({ kind: "care-status-changed", subject: [care], facts: { thread: w.thread, after: {} } });
  await w.digest();
  assert.deepEqual(await w.ownKinds(w.person), ["overdue"]);
  await w.note({ kind: "care-answered", subject: [care] });
  await w.digest();
  assert.deepEqual(await w.ownKinds(w.person), []);
});

test("an overdue answer is no reminder any more when the task is given to another", async () => {
  const bo = await w.colleague("bo");
  const care = w.careId();
  await w.note({ kind: "care-overdue", subject: [care, w.person], facts: { thread: w.thread, level: 1 } });
  await w.assign(bo);
  await w.digest();
  assert.deepEqual(await w.ownKinds(w.person), []);
  assert.deepEqual(await w.ownKinds(bo), ["assigned"]);
});

test("what was told of a conversation is told of the one that it joins, and settled there", async () => {
  const [care, joined] = [w.careId(), await w.say("Rot")];
  await w.note({ kind: "care-overdue", subject: [care, w.person], facts: { thread: w.thread, level: 1 } });
  await w.note({ kind: "care-joined", subject: [care], facts: { thread: joined, from: w.thread } });
  await w.digest();
  assert.deepEqual(
    (await w.heardBy(w.person, [])).map((one) => [one.kind, one.thread]),
    [["overdue", joined]],
  );
  await w.note({ kind: "care-answered", subject: [care], facts: { thread: joined } });
  await w.digest();
  assert.deepEqual(await w.ownKinds(w.person), []);
});

test("a mention in a note goes with the note, and leaves those in other notes", async () => {
  const bo = await w.colleague("bo");
  const [care, one, other] = [w.careId(), w.careId(), w.careId()];
  for (const note of [one, other])
    await w.note({ kind: "care-noted", subject: [care, bo], facts: { thread: w.thread, note } });
  await w.digest();
  assert.deepEqual(await w.ownKinds(bo), ["note-mention", "note-mention"]);
  await w.note({ kind: "care-noted", subject: [care], facts: { thread: w.thread, note: one, undo: true } });
  await w.digest();
  assert.deepEqual(await w.ownKinds(bo), ["note-mention"]);
});

test("approval is asked of those who may give it, and answered to the writer", async () => {
  const bo = await w.colleague("bo");
  await db.as(w.authority.id, (tx) =>
    grantAccount(tx, w.authority.id, { person: bo, account: w.office.id }, undefined),
  );
  const draft = w.careId();
  const about = { account: w.office.id, subject: [draft, w.person], facts: {} };
  await w.note({ kind: "approval-asked", ...about, person: null });
  await w.digest();
  assert.deepEqual(await w.ownKinds(bo), ["approval-asked"]);
  assert.deepEqual(await w.ownKinds(w.person), []);
  await w.note({ kind: "approval-refused", ...about, person: bo });
  await w.digest();
  assert.deepEqual(await w.ownKinds(bo), []);
  const [refused] = await w.heardBy(w.person, []);
  assert.deepEqual(
    [refused?.kind, refused?.draft, refused?.fromPerson, refused?.post],
    ["approval-refused", draft, bo, null],
  );
  await w.note({ kind: "approval-given", ...about, person: bo });
  await w.note({ kind: "send-late", ...about });
  await w.note({ kind: "send-failed", ...about });
  await w.digest();
  assert.deepEqual(await w.ownKinds(w.person), ["failed", "late", "approval-given", "approval-refused"]);
});

test("whoever has left is told nothing", async () => {
  const bo = await w.colleague("bo");
  await db.as(w.authority.id, (tx) => endPerson(tx, w.authority.id, bo, w.person, now));
  await w.assign(bo);
  await w.digest();
  assert.deepEqual(await w.ownKinds(bo), []);
});

test("only one's own matters count as unread, up to where one has read", async () => {
  const bo = await w.colleague("bo");
  await w.hear("Hej", [w.office.id]);
  await w.assign(bo);
  await w.note({ kind: "care-noted", subject: [w.careId(), bo] });
  await w.digest();
  const unread = () =>
    db.read(
      w.authority.id,
      async (tx) => (await unreadCounts(tx, w.authority.id, [bo, w.person])).get(bo) ?? 0,
    );
  assert.equal(await unread(), 2);
  const [newest, older] = await w.heardBy(bo, []);
  await db.as(w.authority.id, (tx) => markRead(tx, w.authority.id, bo, required(older).id));
  assert.equal(await unread(), 1);
  await db.as(w.authority.id, (tx) => markRead(tx, w.authority.id, bo, required(newest).id));
  await db.as(w.authority.id, (tx) => markRead(tx, w.authority.id, bo, required(older).id));
  assert.equal(await unread(), 0);
  assert.equal(
    (await db.read(w.authority.id, (tx) => findReader(tx, w.authority.id, bo))).readTo,
    required(newest).id,
  );
});

test("every process hears whose notifications have changed, once they can be read", async () => {
  const heard: Notified[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const ear = await hearNotified(db, (notified) => {
    heard.push(notified);
    resolve();
  });
  const bo = await w.colleague("bo");
  await w.hear("Hej", [w.office.id]);
  await w.assign(bo);
  await w.digest();
  await promise;
  await ear.stop();
  assert.deepEqual(heard, [{ authority: w.authority.id, persons: [bo], accounts: [w.office.id] }]);
});

test("a letter is sent to whoever asked for it and has not seen the matter, and only once", async () => {
  const bo = await w.colleague("bo");
  const due = (id: NotificationId) =>
    db.as(w.authority.id, (tx) => findDueLetter(tx, w.authority.id, id, Temporal.Now.instant()));
  await w.assign(bo);
  await w.digest();
  const [first] = await w.heardBy(bo, []);
  assert.equal(await due(required(first).id), undefined, "not asked for");
  await db.as(w.authority.id, (tx) => chooseLetters(tx, w.authority.id, bo, ["assigned"]));
  assert.equal((await due(required(first).id))?.to.email, "bo@example.se");
  await db.as(w.authority.id, (tx) => markMailed(tx, w.authority.id, required(first).id, now));
  assert.equal(await due(required(first).id), undefined, "sent before");
  await w.assign(bo);
  await w.digest();
  const [second] = await w.heardBy(bo, []);
  const [job] = await db.system(
    (tx) => tx<{ runAt: Temporal.Instant }[]>`
      select run_at as "runAt" from graphile_worker._private_jobs
      where payload ->> 'notification' = ${required(second).id}`,
  );
  assert.equal(job?.runAt.since(required(second).at).total("minutes"), 10);
  await db.as(w.authority.id, (tx) => markRead(tx, w.authority.id, bo, required(second).id));
  assert.equal(await due(required(second).id), undefined, "seen");
});

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("missing");
  return value;
}

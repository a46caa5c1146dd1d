import assert from "node:assert/strict";
import { inboxTimeline } from "#domain/timelines/timelines.ts";
import { after, test } from "node:test";
import { careWorld } from "#test/care-world.ts";
import { actOnMany, undoMany } from "./bulk.ts";
import { countWaiting, listCare } from "./list-care.ts";
import { assignablesOf } from "./may-care.ts";
import { addNote, notesOf, withdrawNote } from "./notes.ts";
import { changeTags } from "./tags.ts";
import { undoCare } from "./undo.ts";

const { db, authority, office, person, asa, now, by, bo, library, follow, hear, say, careFor, give, status } =
  await careWorld({ after });

test("assigning tells who and leaves a trace; the assignee is kept when a new reply reopens", async () => {
  const question = await hear();
  await follow();
  const given = await give(question, { person: bo.person });
  assert.equal(given.outcome, "done");
  const care = await careFor(question);
  assert.deepEqual([care.status, care.assigneeName], ["assigned", "Bo Exempel"]);
  const answer = await say("Ja.", { inReplyTo: question });
  await hear({ inReplyTo: { uri: "x", own: answer } });
  await follow();
  const reopened = await careFor(question);
  assert.deepEqual([reopened.status, reopened.assigneePerson], ["assigned", bo.person]);
  assert.equal((await give(question, { account: library })).outcome, "done");
  assert.equal((await careFor(question)).assigneeName, "Biblioteket");
  assert.equal((await give(question, {})).outcome, "done");
  assert.equal((await careFor(question)).status, "new");
});

test("of two who assign at once, the second is told what the first did and overwrites nothing", async () => {
  const question = await hear();
  await follow();
  const { version } = await careFor(question);
  const [one, other] = await Promise.all([
    give(question, { person }, version, by),
    give(question, { person: bo.person }, version, bo),
  ]);
  const refused = one.outcome === "changed" ? one : other.outcome === "changed" ? other : assert.fail();
  assert.deepEqual(
    refused.changes.map((change) => [change.kind, change.after?.person]),
    [["care-assigned", (await careFor(question)).assigneePerson]],
  );
  assert.deepEqual([one.outcome, other.outcome].toSorted(), ["changed", "done"]);
  const agreed = await give(question, { person: (await careFor(question)).assigneePerson }, version);
  assert.equal(agreed.outcome, "same");
});

test("a thread given to another office stands in that office's inbox, with what comes after, until it is taken back", async () => {
  const question = await hear({ mentioned: [office.id] });
  await follow();
  const inbox = async () =>
    (await db.read(authority.id, (tx) => inboxTimeline(tx, authority.id, [library], { limit: 50 }))).map(
      (item) => item.id,
    );
  assert.ok(!(await inbox()).includes(question));
  await give(question, { account: library });
  assert.ok((await inbox()).includes(question));
  const parent = await db.read(authority.id, async (tx) => {
    const [row] = await tx<
      { uri: string }[]
    >`select uri from post where authority = ${authority.id} and id = ${question}`;
    return row?.uri ?? assert.fail();
  });
  const more = await hear({ inReplyTo: { uri: parent }, mentioned: [office.id] });
  await follow();
  assert.ok((await inbox()).includes(more));
  await give(question, {});
  const left = await inbox();
  assert.ok(!left.includes(question) && !left.includes(more));
  await status(question, "closed");
});

test("nobody without a grant, from outside or unknown can act or be given a thread", async () => {
  const question = await hear();
  await follow();
  assert.equal(
    (await give(question, { person }, undefined, { person: bo.person, accounts: [] })).outcome,
    "not-granted",
  );
  assert.equal((await give(question, { account: asa })).outcome, "not-assignable");
  const ours = await say("God morgon.");
  assert.equal((await give(ours, { person })).outcome, "not-found");
  const message = await hear({ visibility: "direct" });
  await follow();
  const care = await careFor(message);
  const { people, offices } = await db.read(authority.id, (tx) => assignablesOf(tx, authority.id, care));
  assert.deepEqual(
    people.map((one) => one.name),
    ["Anna Exempel", "Bo Exempel"],
  );
  assert.deepEqual(
    offices.map((one) => one.name),
    ["Kommunchefen"],
  );
});

test("closing ends the wait and opening again takes it up where it was", async () => {
  const question = await hear();
  await follow();
  const { askedAt } = await careFor(question);
  assert.equal((await status(question, "waiting")).outcome, "done");
  assert.ok((await careFor(question)).askedAt);
  assert.equal((await status(question, "nothing-to-answer")).outcome, "done");
  assert.equal((await careFor(question)).askedAt, null);
  assert.equal((await status(question, "open")).outcome, "done");
  const care = await careFor(question);
  assert.equal(care.status, "new");
  assert.equal(care.askedAt?.epochMilliseconds, askedAt?.epochMilliseconds);
  assert.equal((await status(question, "closed")).outcome, "done");
  assert.equal((await status(question, "closed")).outcome, "same");
});

test("undoing gives back what the act replaced, unless somebody has acted since", async () => {
  const question = await hear();
  await follow();
  const before = await careFor(question);
  const closed = await status(question, "closed");
  const undo = (version: number, who = by) =>
    db.as(authority.id, (tx) => undoCare(tx, authority.id, { thread: question, version }, who));
  if (closed.outcome !== "done") return assert.fail();
  assert.equal((await undo(closed.version, bo)).outcome, "nothing-to-undo");
  assert.equal((await undo(closed.version)).outcome, "done");
  const after = await careFor(question);
  assert.deepEqual({ ...after, version: 0 }, { ...before, version: 0 });
  const given = await give(question, { person });
  await give(question, { person: bo.person }, undefined, bo);
  if (given.outcome !== "done") return assert.fail();
  assert.equal((await undo(given.version)).outcome, "changed");
  assert.equal((await careFor(question)).assigneePerson, bo.person);
});

test("notes name colleagues, stay out of the journal, and can be taken back by who wrote them", async () => {
  const question = await hear();
  await follow();
  const noted = await db.as(authority.id, (tx) =>
    addNote(tx, authority.id, { thread: question, text: "@Bo Exempel, vet du? Hemligt." }, by, now),
  );
  if (noted.outcome !== "done") return assert.fail();
  assert.deepEqual(
    noted.mentioned.map((one) => one.id),
    [bo.person],
  );
  const journaled = await db.read(
    authority.id,
    (tx) => tx<{ text: string; subject: string[] }[]>`
    select row_to_json(journal)::text as text, subject::text[] as subject from journal
    where authority = ${authority.id} and kind = 'care-noted'`,
  );
  assert.ok(journaled.every((row) => !row.text.includes("Hemligt")));
  assert.deepEqual(journaled[0]?.subject, [noted.care, bo.person]);
  assert.equal((await careFor(question)).notes, 1);
  const withdraw = (who: typeof by) =>
    db.as(authority.id, (tx) => withdrawNote(tx, authority.id, { thread: question, note: noted.note }, who));
  assert.equal((await withdraw(bo)).outcome, "not-found");
  assert.equal((await withdraw(by)).outcome, "done");
  assert.equal((await db.read(authority.id, (tx) => notesOf(tx, authority.id, noted.care))).length, 0);
});

test("labels are one however they are written", async () => {
  const question = await hear();
  await follow();
  const tag = (add: string[], remove: string[] = []) =>
    db.as(authority.id, (tx) => changeTags(tx, authority.id, { thread: question, add, remove }, by));
  await tag(["#Simhall", " simhall ", "Barn och unga"]);
  assert.deepEqual((await careFor(question)).tags, ["barn och unga", "simhall"]);
  assert.equal((await tag(["SIMHALL"])).outcome, "same");
  await tag([], ["simhall"]);
  assert.deepEqual((await careFor(question)).tags, ["barn och unga"]);
});

test("many are acted on at once: each stands for itself, and all can be undone", async () => {
  const threads = [await hear(), await hear(), await hear()];
  await follow();
  const versions = await Promise.all(threads.map(async (thread) => (await careFor(thread)).version));
  await give(threads[2] ?? "", { person: bo.person });
  const chosen = threads.map((thread, index) => ({ thread, seen: versions[index] }));
  const done = await db.as(authority.id, (tx) =>
    actOnMany(tx, authority.id, chosen, { kind: "status", to: "closed" }, by, now),
  );
  assert.deepEqual(
    threads.map((thread) => done.get(thread)?.outcome),
    ["done", "done", "changed"],
  );
  const undoable = [...done].flatMap(([thread, act]) =>
    act.outcome === "done" ? [{ thread, version: act.version }] : [],
  );
  const undone = await db.as(authority.id, (tx) => undoMany(tx, authority.id, undoable, by));
  assert.deepEqual(
    [...undone.values()].map((one) => one.outcome),
    ["done", "done"],
  );
  assert.equal((await careFor(threads[0] ?? "")).status, "new");
});

test("the list holds what waits, the most urgent first, for those it is addressed to", async () => {
  const question = await hear();
  await follow();
  await db.as(
    authority.id,
    (tx) => tx`
    update care set due_at = ${now.subtract({ hours: 1 })} where authority = ${authority.id} and thread = ${question}`,
  );
  const list = (accounts: readonly (typeof office.id)[], filter: object = {}) =>
    db.read(authority.id, (tx) =>
      listCare(
        tx,
        authority.id,
        accounts,
        { status: "waits", order: "due", ...filter },
        { skip: 0, limit: 50 },
        now,
      ),
    );
  assert.equal((await list(by.accounts))[0]?.thread, question);
  assert.deepEqual(
    (await list(by.accounts, { status: "overdue" })).map((care) => care.thread),
    [question],
  );
  assert.equal((await list([library])).length, 0);
  await give(question, { account: library });
  assert.deepEqual(
    (await list([library])).map((care) => care.thread),
    [question],
  );
  const count = await db.read(authority.id, (tx) => countWaiting(tx, authority.id, [library], now));
  assert.deepEqual(count, { waiting: 1, overdue: 1 });
});

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { plainContent } from "#domain/drafts/content.ts";
import { findDraft } from "#domain/drafts/draft.ts";
import { addDraft, type Written } from "#domain/drafts/keep-draft.ts";
import { entriesAfter } from "#domain/journal/entry.ts";
import { decideOnPost } from "#domain/moderation/decide.ts";
import { deletePost } from "#domain/posts/delete-post.ts";
import { receiveDelete } from "#domain/posts/receive-change.ts";
import { careWorld } from "#test/care-world.ts";
import { careOrFresh } from "./begin-care.ts";
import { careOf } from "./care.ts";
import { careSubscription } from "./care-subscription.ts";
import { addNote } from "./notes.ts";

const {
  db,
  authority,
  office,
  voice,
  person,
  asa,
  now,
  by,
  follow,
  hear,
  say,
  careFor,
  kinds,
  give,
  answers,
} = await careWorld({ after });

test("what is addressed to us opens care, our answer settles it, and a new reply opens it again", async () => {
  const question = await hear();
  await follow();
  const opened = await careFor(question);
  assert.equal(opened.status, "new");
  assert.equal(opened.account, office.id);
  assert.equal(opened.askedPost, question);
  assert.ok(opened.askedAt);
  const answer = await say("Ja.", { inReplyTo: question });
  await follow();
  const answered = await careFor(question);
  assert.deepEqual([answered.status, answered.askedAt, answered.dueAt], ["answered", null, null]);
  assert.deepEqual(
    [...(await answers(opened.id))].map((row) => ({ ...row })),
    [{ post: answer, person }],
  );
  const again = await hear({ inReplyTo: { uri: "x", own: answer } });
  await follow();
  const reopened = await careFor(question);
  assert.deepEqual([reopened.status, reopened.askedPost], ["new", again]);
  assert.deepEqual(await kinds(question), ["care-opened", "care-answered", "care-reopened"]);
});

test("a batch gives what its entries give one by one", async () => {
  const tell = async () => {
    const question = await hear();
    const answer = await say("Ja.", { inReplyTo: question });
    await hear({ inReplyTo: { uri: "x", own: answer } });
    return question;
  };
  const together = await tell();
  await follow();
  const apart = await tell();
  await follow(1);
  const [one, other] = [await careFor(together), await careFor(apart)];
  assert.deepEqual([one.status, one.version, one.notes], [other.status, other.version, other.notes]);
  assert.deepEqual(await kinds(together), await kinds(apart));
  assert.equal((await answers(one.id)).length, 1);
  assert.equal((await answers(other.id)).length, 1);
});

test("what others say among themselves, and what we say first, opens nothing", async () => {
  const theirs = await hear({ mentioned: [] });
  const ours = await say("God morgon.");
  await follow();
  const found = await db.read(authority.id, (tx) => careOf(tx, authority.id, [theirs, ours]));
  assert.equal(found.size, 0);
});

test("a colleague called in by mention has not answered whoever asked", async () => {
  const question = await hear();
  const call = await say(`@${voice.handle} kan ni?`, { inReplyTo: undefined });
  await follow();
  assert.equal((await careFor(question)).status, "new");
  // In the thread itself: an answer to our own post that speaks only to our own.
  const answer = await say("Vi återkommer.", { inReplyTo: question });
  await hear({ inReplyTo: { uri: "x", own: answer } });
  await say(`@${voice.handle} kan ni svara?`, { inReplyTo: answer });
  await follow();
  assert.equal((await careFor(question)).status, "new");
  assert.ok(call);
});

test("a question that its author takes back, or that is hidden, waits no more", async () => {
  const [taken, hidden] = [await hear(), await hear()];
  await follow();
  await db.as(authority.id, async (tx) => {
    const [row] = await tx<
      { uri: string }[]
    >`select uri from post where authority = ${authority.id} and id = ${taken}`;
    const removed = { network: "fediverse", uri: row?.uri ?? "", author: asa, authorUri: "", entry: null };
    await receiveDelete(tx, authority.id, removed, now);
    const decision = { action: "hide", post: hidden, rule: 5, reason: "Reklam.", person } as const;
    await decideOnPost(tx, authority.id, decision, now);
  });
  await follow();
  for (const post of [taken, hidden]) {
    const care = await careFor(post);
    assert.deepEqual([care.status, care.askedAt], ["nothing-to-answer", null]);
  }
  await db.as(authority.id, (tx) =>
    decideOnPost(
      tx,
      authority.id,
      { action: "unhide", post: hidden, rule: null, reason: "Fel.", person },
      now,
    ),
  );
  await follow();
  assert.equal((await careFor(hidden)).status, "new");
});

test("of two questions the second waits when the first is taken back", async () => {
  const root = await say("Vad tycker ni?");
  const first = await hear({ inReplyTo: { uri: "x", own: root } });
  const second = await hear({ inReplyTo: { uri: "x", own: root } });
  await follow();
  assert.equal((await careFor(root)).askedPost, first);
  await db.as(authority.id, async (tx) => {
    const [row] = await tx<
      { uri: string }[]
    >`select uri from post where authority = ${authority.id} and id = ${first}`;
    const removed = { network: "fediverse", uri: row?.uri ?? "", author: asa, authorUri: "", entry: null };
    await receiveDelete(tx, authority.id, removed, now);
  });
  await follow();
  const care = await careFor(root);
  assert.deepEqual([care.status, care.askedPost], ["new", second]);
});

test("an answer that we take back leaves the question waiting as before", async () => {
  const question = await hear();
  const answer = await say("Fel svar.", { inReplyTo: question });
  await follow();
  await db.as(authority.id, (tx) =>
    deletePost(tx, authority.id, { id: answer, account: office.id, person }, now),
  );
  await follow();
  const care = await careFor(question);
  assert.deepEqual([care.status, care.askedPost], ["new", question]);
  assert.equal((await answers(care.id)).length, 0);
});

test("when a missing parent comes, care follows its thread, and two become one", async () => {
  const parent = "https://a.example/parent";
  const [one, other] = [
    await hear({ inReplyTo: { uri: parent } }),
    await hear({ inReplyTo: { uri: parent } }),
  ];
  await follow();
  await give(other, { person });
  const note = { thread: one, text: "Se upp." };
  await db.as(authority.id, (tx) => addNote(tx, authority.id, note, by, now));
  const said = { account: office.id, capacity: "office", visibility: "public", language: "sv" } as const;
  const written: Written = {
    person,
    once: "an-answer-that-was-begun",
    to: { mode: "reply", post: other },
    content: plainContent({ ...said, text: "Vi ser över" }),
    reason: "",
    postVersion: null,
    seen: null,
    localTime: null,
    blank: false,
  };
  const begun = await db.as(authority.id, (tx) => addDraft(tx, authority.id, written, now));
  assert.equal(begun.thread, other);
  const root = await hear({ uri: parent, mentioned: [] });
  await follow();
  const draft = await db.read(authority.id, (tx) => findDraft(tx, authority.id, begun.id));
  assert.equal(draft?.thread, root, "the answer that was begun goes with it");
  const care = await careFor(root);
  assert.equal(care.askedPost, one);
  assert.equal(care.notes, 1);
  assert.equal(care.assigneePerson, person);
  assert.equal(care.status, "assigned");
  const kept = await db.read(authority.id, (tx) => careOf(tx, authority.id, [one, other, root]));
  assert.deepEqual([...kept.keys()], [root]);
  assert.ok((await kinds(root)).includes("care-noted"));
  assert.equal((await kinds(root)).filter((kind) => kind === "care-joined").length, 2);
});

test("that something is gone may be followed again late, and leaves alone what waits by then", async () => {
  const root = await say("Vad tycker ni om parken?");
  const first = await hear({ uri: "https://a.example/gone", inReplyTo: { uri: "x", own: root } });
  const second = await hear({ inReplyTo: { uri: "x", own: root } });
  const removed = { network: "fediverse", uri: "https://a.example/gone", authorUri: "", entry: null };
  await db.as(authority.id, (tx) => receiveDelete(tx, authority.id, { ...removed, author: asa }, now));
  await follow();
  const before = await careFor(root);
  const care = careSubscription();
  const gone = await db.read(authority.id, async (tx) => {
    const entries = await entriesAfter(tx, "0", 10_000);
    return entries.filter(({ kind, post }) => kind === "post-delete-received" && post === first);
  });
  assert.deepEqual(
    gone.map((entry) => care.late?.(entry)),
    ["always"],
  );
  await db.as(authority.id, (tx) => care.handle(tx, authority.id, gone));
  const then = await careFor(root);
  assert.deepEqual([then.status, then.askedPost, then.version], ["new", second, before.version]);
});

test("a thread that has no row yet can be taken up, and is promised its time when it is opened", async () => {
  const question = await hear();
  const fresh = await db.read(authority.id, (tx) => careOrFresh(tx, authority.id, question));
  assert.deepEqual([fresh?.status, fresh?.version, fresh?.askedPost], ["new", 0, question]);
  const given = await give(question, { person }, fresh?.version);
  assert.equal(given.outcome, "done");
  await follow();
  const care = await careFor(question);
  assert.deepEqual([care.status, care.assigneePerson], ["assigned", person]);
  assert.deepEqual(await kinds(question), ["care-assigned", "care-opened"]);
});

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { decideOnPost } from "#domain/moderation/decide.ts";
import { deletePost } from "#domain/posts/delete-post.ts";
import { receiveDelete, receiveEdit } from "#domain/posts/receive-change.ts";
import { addPerson } from "#domain/people/person.ts";
import type { PostId } from "#domain/posts/post.ts";
import { testDatabase } from "#test/database.ts";
import { exampleIncoming } from "#test/example.ts";
import { openSite, schemaJudge } from "#test/open-site.ts";
import { addAuthority, addStranger, addVoice, hear, now, say, webServices } from "#test/web-site.ts";

const { db } = await testDatabase({ after });
const authority = await addAuthority(db, "torg.test");
const chief = await addVoice(db, authority, "kommunchef", { name: "Kommunchefen" });
const eva = await addStranger(db, authority, "Eva", { indexable: true });
const moderator = await db.as(authority.id, (tx) =>
  addPerson(
    tx,
    authority.id,
    { name: "Mona", email: "mona@exempel.test", roles: ["moderator"], language: "sv" },
    undefined,
  ),
);
assert.ok(moderator.outcome === "added");
const site = openSite(webServices(db));
const judge = await schemaJudge(site);

type Change = {
  position: string;
  change: string;
  post: string;
  thread: string;
  state: string;
  threadListed: boolean;
};
type Changes = { items: Change[]; next: string | null; position: string };

/** Numbers as the sequencer does. */
async function number(): Promise<void> {
  await db.system(
    (tx) => tx`
    with fresh as (select authority, id, row_number() over (order by id) as step from journal where number is null),
    numbered as (update journal set number = (select number from journal_head) + fresh.step from fresh
      where journal.authority = fresh.authority and journal.id = fresh.id returning journal.number)
    update journal_head set number = (select max(number) from numbered) where exists (select from numbered)`,
  );
}

async function changes(query: string): Promise<Changes> {
  await number();
  return (await judge(await site.ask(`/changes?${query}`))) as Changes;
}

const here = async () => (await changes("after=now")).position;
const told = (list: Changes) =>
  list.items.map(({ change, post, state, threadListed }) => ({ change, post, state, threadListed }));
const remove = (id: PostId) =>
  db.as(authority.id, (tx) => deletePost(tx, authority.id, { id, account: chief.id, person: null }, now));

test("a copy hears of what came, was edited, hidden, shown again and removed, with the state it has now", async () => {
  const from = await here();
  const question = await say(db, authority, chief, "Fråga");
  const answer = await hear(db, authority, eva, "Svar", { inReplyTo: question });
  const decide = (action: "hide" | "unhide") =>
    db.as(authority.id, (tx) =>
      decideOnPost(
        tx,
        authority.id,
        { action, post: answer, rule: 1, reason: "Hot", person: moderator.id },
        now,
      ),
    );
  assert.deepEqual(told(await changes(`after=${from}`)), [
    { change: "published", post: question, state: "shown", threadListed: true },
    { change: "published", post: answer, state: "shown", threadListed: true },
  ]);
  const position = await here();
  assert.deepEqual(await decide("hide"), { outcome: "decided" });
  const hidden = await changes(`after=${position}`);
  assert.deepEqual(told(hidden), [{ change: "hidden", post: answer, state: "hidden", threadListed: true }]);
  await decide("unhide");
  await remove(question);
  assert.deepEqual(told(await changes(`after=${hidden.position}`)), [
    { change: "removed", post: question, state: "removed", threadListed: false },
  ]);
});

test("what was never for everyone is not told of, nor how much of it there is", async () => {
  const from = await here();
  const secret = await say(db, authority, chief, "Bara för följare", { visibility: "followers" });
  await say(db, authority, chief, "Bara med länk", { visibility: "unlisted" });
  await hear(db, authority, eva, "Ett ärende", { visibility: "direct", mentioned: [chief.id] });
  await hear(db, authority, eva, "Inget samtal med oss");
  await remove(secret);
  const list = await changes(`after=${from}`);
  assert.deepEqual(list, { items: [], next: null, position: from });
  assert.equal(await here(), from);
});

test("a reply that its author draws back to few is removed for everyone else", async () => {
  const question = await say(db, authority, chief, "Fråga");
  const answer = await hear(db, authority, eva, "Svar", { inReplyTo: question });
  const from = await here();
  const uri = await db.read(authority.id, async (tx) => {
    const [row] = await tx<
      { uri: string }[]
    >`select uri from post where authority = ${authority.id} and id = ${answer}`;
    return row?.uri ?? "";
  });
  await number();
  const at = now.add({ minutes: 1 });
  const edit = exampleIncoming({
    uri,
    author: eva,
    source: "Ändrat",
    visibility: "followers",
    publishedAt: now,
    editedAt: at,
  });
  assert.equal((await db.as(authority.id, (tx) => receiveEdit(tx, authority.id, edit))).outcome, "changed");
  assert.deepEqual(told(await changes(`after=${from}`)), [
    { change: "edited", post: answer, state: "removed", threadListed: true },
  ]);
  const gone = { network: "fediverse", uri, author: eva, authorUri: "", entry: null };
  await db.as(authority.id, (tx) => receiveDelete(tx, authority.id, gone, at));
  assert.equal((await changes(`after=${from}`)).items.length, 2);
});

test("a conversation that we join later is told of by our post in it", async () => {
  const from = await here();
  const first = await hear(db, authority, eva, "Hej kommunen", { mentioned: [chief.id] });
  assert.deepEqual(told(await changes(`after=${from}`)), []);
  const ours = await say(db, authority, chief, "Hej", { inReplyTo: first });
  const { items, position } = await changes(`after=${from}`);
  assert.ok(items.some((item) => item.post === ours && item.thread === first));
  assert.deepEqual(
    (await site.json<{ items: { id: string }[] }>(`/threads/${first}`)).items.map((item) => item.id),
    [first, ours],
  );
  assert.equal((await changes(`after=${position}`)).items.length, 0);
});

test("pages of changes follow on each other without gap or repetition", async () => {
  const all = await changes("after=0&limit=500");
  const found: Change[] = [];
  for (let next: string | null = "/changes?limit=3"; next;) {
    const page: Changes = await site.json<Changes>(next);
    found.push(...page.items);
    next = page.next;
  }
  assert.deepEqual(found, all.items);
  assert.ok(found.length > 5);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { accountCare } from "#domain/care/account-care.ts";
import { findAnyPost, readThread } from "#domain/posts/read-posts.ts";
import { includes, openCareDesk } from "#test/care-desk.ts";

const { anna, bo, caredFor, db, id, opened, rowsOf, site, textOf } = await openCareDesk();
const care = "/deck/settings/care";

test("a matter of one person is moved to a safe channel with one form, once, and its thread is closed", async () => {
  const post = await site.hear("Mitt bygglov ligger hos er sedan i maj");
  await opened(post);
  const path = `/deck/posts/${post}/safe-channel`;
  const before = await textOf(path);
  includes(before, "Kontot har ingen kontaktväg");
  includes(before, "{kontakt}");
  const way = "Ring kontaktcenter på 0150-570 00.";
  await site.ask(`${care}/rules/accounts/${site.office.id}`, anna, {
    deputy: site.person,
    "way-sv": way,
    "way-en": "",
  });
  assert.equal((await db.read(id, (tx) => accountCare(tx, id, site.office.id))).deputy, site.person);
  const page = await textOf(path);
  includes(page, `Hej asa! Det här behöver vi ta med dig enskilt, så att dina uppgifter är skyddade. ${way}`);
  const form = {
    account: site.office.id,
    language: "sv",
    once: "en-gang-och-inte-mer",
    text: `@asa@social.test ${way}`,
  };
  const hole = await site.ask(path, anna, { ...form, text: "Ring {kontakt}" });
  assert.equal(hole.status, 422);
  assert.equal((await site.ask(path, bo, form)).status, 403);
  for (const _ of [1, 2])
    assert.equal(
      (await site.ask(path, anna, form)).headers.get("location")?.split("?")[0],
      `/deck/posts/${post}`,
    );
  const thread = await db.read(id, (tx) => readThread(tx, id, post, { kind: "public" }, 10));
  assert.deepEqual(
    thread.map((one) => one.source),
    ["Mitt bygglov ligger hos er sedan i maj", `@asa@social.test ${way}`],
  );
  // Our own answer is followed as well, and must not take the closing back.
  await site.hear("Något annat").then(opened);
  const closed = await caredFor(post);
  assert.deepEqual([closed?.status, closed?.askedAt], ["closed", null]);
  const [moved, ...more] = await rowsOf<{ person: string; post: string; facts: object }>("case-moved");
  assert.deepEqual([moved?.person, moved?.post, more], [site.person, thread[1]?.id, []]);
  assert.ok(await db.read(id, (tx) => findAnyPost(tx, id, thread[1]?.id ?? "")));
});

test("whoever was quicker in the thread is read before it is moved, and pressing again moves it", async () => {
  const post = await site.hear("Hur går det med mitt bidrag?");
  await opened(post);
  const path = `/deck/posts/${post}/safe-channel`;
  const seen = /name="seen" value="(\d+)"/.exec(await textOf(path))?.[1] ?? "";
  await site.hear("Det löste sig!", { inReplyTo: post });
  const form = { account: site.office.id, language: "sv", once: "sen", text: "Ring oss." };
  const stopped = await site.ask(path, anna, { ...form, seen });
  assert.equal(stopped.status, 409);
  const page = await stopped.text();
  includes(page, "Det löste sig!");
  includes(page, "Ring oss.");
  assert.equal((await caredFor(post))?.status, "new");
  const again = /name="seen" value="(\d+)"/.exec(page)?.[1] ?? "";
  assert.equal((await site.ask(path, anna, { ...form, seen: again })).status, 303);
  assert.equal((await caredFor(post))?.status, "closed");
});

test("where a colleague approves answers, the thread stays open and the answer waits", async () => {
  const post = await site.hear("Jag har en fråga om min ansökan");
  await opened(post);
  await db.as(
    id,
    (tx) => tx`update account set approval = true where authority = ${id} and id = ${site.office.id}`,
  );
  const form = { account: site.office.id, language: "sv", once: "godkann", text: "Ring oss." };
  const answer = await site.ask(`/deck/posts/${post}/safe-channel`, anna, form);
  await db.as(
    id,
    (tx) => tx`update account set approval = false where authority = ${id} and id = ${site.office.id}`,
  );
  assert.match(answer.headers.get("location") ?? "", /[?&]sent=\d{18}/);
  assert.equal((await caredFor(post))?.status, "new");
  const drafts = await db.read(
    id,
    (tx) => tx`select from draft where authority = ${id} and state = 'awaiting'`,
  );
  assert.equal(drafts.length, 1);
});

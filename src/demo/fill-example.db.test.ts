import { markedPosts } from "#domain/posts/marked-posts.ts";
import { pinnedPosts } from "#domain/posts/pins.ts";
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { subscriptions } from "#app.ts";
import { readConfig } from "#config.ts";
import { grantedAccounts } from "#domain/accounts/grants.ts";
import { listAuthorities } from "#domain/authorities/authority.ts";
import { expiryOf, listCanned } from "#domain/care/canned-answers.ts";
import { isOverdue } from "#domain/care/care.ts";
import { listUndecided } from "#domain/care/concern.ts";
import { listCare } from "#domain/care/list-care.ts";
import { notesOf } from "#domain/care/notes.ts";
import { isFiltered } from "#domain/decks/filters.ts";
import { columnsOf, listDecks } from "#domain/decks/read-decks.ts";
import { latestUnsent, listDrafts } from "#domain/drafts/list-drafts.ts";
import { followJournal } from "#domain/journal/follow-journal.ts";
import { startSequencer } from "#domain/journal/sequencer.ts";
import { folderMediaStore } from "#domain/media/media-store.ts";
import { notificationsOf } from "#domain/notifications/notification.ts";
import { findPersonByEmail } from "#domain/people/person.ts";
import { membersOf, listsOf } from "#domain/relationships/lists.ts";
import { silentLog } from "#platform/log.ts";
import { testDatabase } from "#test/database.ts";
import { waitFor } from "#test/interop/wait-for.ts";
import { fillExample } from "./fill-example.ts";

for (const [when, local] of [
  ["a working day at noon", "2026-11-25T12:00"],
  ["a Saturday night", "2026-11-28T23:50"],
  ["Christmas Day", "2026-12-25T09:00"],
] as const)
  test(`on ${when} the example shows the shared work in each of its states`, async (t) => {
    const now = Temporal.PlainDateTime.from(local).toZonedDateTime("Europe/Stockholm").toInstant();
    const { db, id, anna, maria, accounts } = await example(t, now);
    await db.read(id, async (tx) => {
      const all = { status: "all", order: "due" } as const;
      const cares = await listCare(tx, id, accounts, all, { skip: 0, limit: 50 }, now);
      assert.ok(cares.some((care) => isOverdue(care, now) && care.assigneePerson === anna));
      assert.ok(cares.some((care) => care.assigneePerson === maria && care.tags.includes("simhallen")));
      assert.ok(cares.some((care) => care.assigneeAccount && care.status === "assigned"));
      assert.ok(cares.some((care) => care.status === "new" && care.dueAt));
      for (const status of ["answered", "nothing-to-answer"])
        assert.ok(
          cares.some((care) => care.status === status),
          status,
        );
      const mentions = await Promise.all(cares.map((care) => notesOf(tx, id, care.id)));
      assert.ok(mentions.flat().some((note) => note.mentions.includes(anna)));
      assert.equal((await listUndecided(tx, id, accounts, 9)).length, 1);

      const today = now.toZonedDateTimeISO("Europe/Stockholm").toPlainDate();
      const canned = await listCanned(tx, id, accounts);
      assert.deepEqual(canned.map((one) => expiryOf(one, today)).toSorted(), ["never", "soon"]);
    });
  });

test("one thing is late, and the example has decks, a list, drafts in three states, and somebody to be told of them", async (t) => {
  const now = Temporal.Now.instant();
  const { db, id, anna, accounts } = await example(t, now);
  await db.read(id, async (tx) => {
    const overdue = await listCare(
      tx,
      id,
      accounts,
      { status: "overdue", order: "due" },
      { skip: 0, limit: 9 },
      now,
    );
    assert.deepEqual(
      overdue.map((care) => care.assigneePerson),
      [anna],
      "what has just been asked is not late yet",
    );
    const asker = { person: anna, admin: true };
    const [own, team] = await listDecks(tx, id, asker);
    assert.ok(own && team);
    assert.deepEqual([own.person, team.person], [anna, null]);
    const columns = await columnsOf(tx, id, own.id, asker);
    assert.ok(columns.some((column) => column.kind === "tag"));
    assert.ok(columns.some((column) => isFiltered(column.filters)));
    assert.ok((await columnsOf(tx, id, team.id, asker)).some((column) => column.kind === "search"));
    const [list] = await listsOf(tx, id, accounts);
    assert.equal(list && (await membersOf(tx, id, list.id)).length, 2);

    const drafts = await listDrafts(tx, id, { person: anna, accounts });
    assert.deepEqual(drafts.map((draft) => draft.state).toSorted(), ["awaiting", "draft", "scheduled"]);
    assert.equal(await latestUnsent(tx, id, anna, { mode: "new" }), undefined, "the composer opens empty");
    const due = drafts.find((draft) => draft.state === "scheduled")?.dueAt;
    const days = due?.since(now).total("hours") ?? 0;
    assert.ok(days > 0 && days < 24 * 8);
  });
  await db.read(id, async (tx) => {
    const pinned = await Promise.all(accounts.map((account) => pinnedPosts(tx, id, account)));
    const kept = await Promise.all(
      accounts.map((account) => markedPosts(tx, id, account, "bookmark", { limit: 9 })),
    );
    assert.deepEqual([pinned.flat().length, kept.flat().length], [1, 1]);
  });
  const kinds = ["overdue", "assigned", "note-mention", "approval-asked", "mention", "follow"] as const;
  const reader = { person: anna, accounts };
  await waitFor(
    async () => {
      const told = await db.read(id, (tx) => notificationsOf(tx, id, reader, { limit: 40 }));
      return kinds.every((kind) => told.some((one) => one.kind === kind));
    },
    { what: "everything that Anna is to be told" },
  );
});

/** The example, filled as of a moment, beside what follows the journal. */
async function example(t: TestContext, now: Temporal.Instant) {
  const data = await mkdtemp(join(tmpdir(), "torg-example-"));
  const running: { stop(): Promise<void> }[] = [];
  // Before the database is closed.
  t.after(async () => {
    for (const one of running.toReversed()) await one.stop();
    await rm(data, { recursive: true, force: true });
  });
  const { db } = await testDatabase(t);
  const log = silentLog;
  const journal = await followJournal({ db, log });
  running.push(journal);
  const services = {
    db,
    log,
    journal,
    clock: () => now,
    config: readConfig({ TORG_DATA: data }),
    mediaStore: folderMediaStore(data),
  };
  running.push(startSequencer({ db, log, subscriptions: subscriptions(services) }));
  await fillExample(services);
  await fillExample(services);
  const [authority] = await db.system(listAuthorities);
  assert.ok(authority);
  const { id } = authority;
  const [anna, maria] = await db.read(id, async (tx) => [
    await findPersonByEmail(tx, id, "anna@exempelkommun.example"),
    await findPersonByEmail(tx, id, "maria@exempelkommun.example"),
  ]);
  assert.ok(anna && maria);
  const accounts = (await db.read(id, (tx) => grantedAccounts(tx, id, maria.id))).map((one) => one.id);
  assert.equal(accounts.length, 2);
  return { db, id, anna: anna.id, maria: maria.id, accounts };
}

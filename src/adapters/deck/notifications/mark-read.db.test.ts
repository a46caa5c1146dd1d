import assert from "node:assert/strict";
import { test } from "node:test";
import { notificationsOf } from "#domain/notifications/notification.ts";
import { findReader } from "#domain/notifications/reader.ts";
import { testDatabase } from "#test/database.ts";
import { startDeckSite } from "#test/deck-site.ts";
import { waitFor } from "#test/interop/wait-for.ts";
import { fileScope } from "#test/file-scope.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const site = await startDeckSite(scope, db);
const anna = (await site.signIn()).header;
const { id } = site.authority;
const reading = { person: site.person, accounts: [site.office.id] };

/** The newest that is told, once there are as many as expected: they are made a moment after a post has come. */
const newestOf = (count: number) =>
  waitFor(
    async () => {
      const all = await db.read(id, (tx) => notificationsOf(tx, id, reading, { limit: 9 }));
      return all.length === count && all[0];
    },
    { what: `${count} notifications` },
  );

test("what has come after a page of notifications was shown is not read with it", async () => {
  await site.hear("Sedd");
  const seen = await newestOf(1);
  const page = await (await site.ask("/deck/notifications", anna)).text();
  const upTo = / name="upTo" value="(\d+)"/.exec(page)?.[1];
  assert.ok(upTo);
  assert.equal(upTo, seen.id);
  await site.hear("Osedd");
  const unseen = await newestOf(2);
  assert.equal((await site.ask("/deck/notifications/read", anna, { upTo })).status, 303);
  assert.equal((await db.read(id, (tx) => findReader(tx, id, site.person))).readTo, seen.id);
  const again = await (await site.ask("/deck/notifications", anna)).text();
  assert.match(again, new RegExp(`id="item-told-${unseen.id}".*?class="post told unread"`, "s"));
});

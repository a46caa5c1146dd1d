import assert from "node:assert/strict";
import { after, test } from "node:test";
import { silentLog } from "#platform/log.ts";
import { exampleAuthority } from "#test/example.ts";
import { connectAs, testDatabase } from "#test/database.ts";
import { append } from "./append.ts";
import { sequencerLock, startSequencer } from "./sequencer.ts";
import type { Subscription } from "./subscription.ts";

const { db, sql } = await testDatabase({ after });
const { authority } = await exampleAuthority(db);

const write = () =>
  db.as(authority.id, (tx) => append(tx, { authority: authority.id, direction: "within", kind: "told" }));

/** Hears of what is written, one after the other. */
function hearing(): { subscription: Subscription; next: () => Promise<string> } {
  const heard: string[] = [];
  let wake = () => {};
  return {
    subscription: {
      name: "hears",
      kinds: ["told"],
      async handle(_tx, _authority, entries) {
        heard.push(...entries.map((entry) => entry.id));
        wake();
      },
    },
    async next() {
      while (heard.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      return heard.shift() ?? "";
    },
  };
}

test("a sequencer whose connection is cut takes the lock again and numbers on", async () => {
  const ear = hearing();
  const sequencer = startSequencer({ db, subscriptions: [ear.subscription], log: silentLog });
  const before = await write();
  assert.equal(await ear.next(), before);
  const admin = connectAs("postgres", "torg");
  const cut = await admin`
    select pg_terminate_backend(pid) from pg_locks
    where locktype = 'advisory' and objid = ${sequencerLock} and granted
    and database = (select oid from pg_database where datname = ${sql.options.database})`;
  await admin.end();
  assert.equal(cut.length, 1);
  const since = await write();
  assert.equal(await ear.next(), since);
  await sequencer.stop();
});

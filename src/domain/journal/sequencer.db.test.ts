import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Database } from "#platform/database.ts";
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
function hearing(name = "hears"): { subscription: Subscription; next: () => Promise<string> } {
  const heard: string[] = [];
  let wake = () => {};
  return {
    subscription: {
      name,
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

test("a sequencer that starts wakes those that were left something to read, and nobody else", async () => {
  const before = await write();
  const [reader, newcomer] = [hearing(), hearing("comes later")];
  const first = startSequencer({ db, subscriptions: [reader.subscription], log: silentLog });
  assert.equal(await reader.next(), before);
  await first.stop();
  let steps = 0;
  const counted: Database = {
    ...db,
    system(work) {
      steps++;
      return db.system(work);
    },
  };
  const subscriptions = [reader.subscription, newcomer.subscription];
  const second = startSequencer({ db: counted, subscriptions, log: silentLog });
  await newcomer.next();
  assert.equal(steps, 1);
  await second.stop();
});

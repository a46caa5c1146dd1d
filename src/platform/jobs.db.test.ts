import assert from "node:assert/strict";
import { test } from "node:test";
import { appRole, testDatabase } from "#test/database.ts";
import { fileScope } from "#test/file-scope.ts";
import { waitFor } from "#test/interop/wait-for.ts";
import { addJobs, startWorker } from "./jobs.ts";
import { silentLog } from "./log.ts";

const scope = fileScope();
const { db, ownerUrl } = await testDatabase(scope);

test("jobs with keys are queued in the order of these, whoever names them how", async () => {
  const jobs = ["c", "a", "b"].map((key) => ({ payload: {}, key }));
  await db.system((tx) => addJobs(tx, "anything", jobs));
  const rows = await db.system(
    (tx) => tx<{ key: string }[]>`select key from graphile_worker.jobs order by id`,
  );
  assert.deepEqual(
    rows.map(({ key }) => key),
    ["a", "b", "c"],
  );
});

test("a worker whose session was cut is known to live again", async () => {
  const worker = await startWorker({
    db,
    databaseUrl: ownerUrl,
    role: appRole,
    handlers: {},
    log: silentLog,
  });
  const sessions = () =>
    db.system(
      (tx) => tx<{ pid: number }[]>`select pid from pg_locks where locktype = 'advisory' and classid = 7467
        and database = (select oid from pg_database where datname = current_database())`,
    );
  const [first] = await sessions();
  assert.ok(first);
  await db.system((tx) => tx`select pg_terminate_backend(${first.pid}, 5000)`);
  const next = await waitFor(async () => (await sessions())[0], { what: "another session of its" });
  assert.notEqual(next.pid, first.pid);
  await worker.stop();
  const left = () =>
    db.system(
      (tx) => tx`select from pg_stat_activity where datname = current_database() and usename <> current_user`,
    );
  // The library's connections end a moment after it says so, and must not be cut with the database.
  assert.ok(await waitFor(async () => (await left()).length === 0, { what: "the end of its connections" }));
  assert.equal((await sessions()).length, 0);
});

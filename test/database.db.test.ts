import assert from "node:assert/strict";
import { after, test } from "node:test";
import { testDatabase } from "./database.ts";

const { sql, db } = await testDatabase({ after });

test("tests work as a role that owns no table and cannot pass row-level security", async () => {
  const [role] = await sql`
    select current_user as name, session_user as session, rolsuper or rolbypassrls as unbound,
      (select count(*)::int from pg_tables where tableowner = current_user) as owned
    from pg_roles where rolname = current_user`;
  assert.deepEqual({ ...role }, { name: "torg_app", session: "torg_app", unbound: false, owned: 0 });
});

test("a test's database begins migrated", async () => {
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count from migration`;
  assert.ok(row && row.count > 0);
});

test("jobs can be added and seen by the tests' role", async () => {
  await db.system((tx) => tx`select graphile_worker.add_job('hello', '{}'::json)`);
  const [row] = await sql<
    { count: number }[]
  >`select count(*)::int as count from graphile_worker._private_jobs`;
  assert.equal(row?.count, 1);
});

test("two databases of one run see nothing of each other", async (t) => {
  const other = await testDatabase(t);
  const [row] = await other.sql<{ count: number }[]>`
    select count(*)::int as count from graphile_worker._private_jobs`;
  assert.equal(row?.count, 0);
});

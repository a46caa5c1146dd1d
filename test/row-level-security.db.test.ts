import assert from "node:assert/strict";
import { after, test } from "node:test";
import { testDatabase } from "./database.ts";
import { exampleAuthority, exampleRemote } from "./example.ts";

const { db } = await testDatabase({ after });

/** Tables with an authority that are not guarded, each with its reason. */
const unguarded: Record<string, string> = {
  post_search:
    "a policy would keep PostgreSQL from using the word index; it holds ids and words of public posts alone",
};
/** Tables that belong to nobody, or to all. */
const shared = [
  // What platform/ remembers.
  "journal_head",
  "migration",
  "subscription",
  "subscription_failure",
  // The Host header finds its authority before anything is bound; holds no secret.
  "authority",
  // The door of an empty installation.
  "set_up_link",
];

type Table = { name: string; tenant: boolean; enabled: boolean; forced: boolean; policies: string[] };

const tables = await db.system(
  (tx) => tx<Table[]>`
    select relname as name, relrowsecurity as enabled, relforcerowsecurity as forced,
      exists (select from pg_attribute where attrelid = pg_class.oid and attname = 'authority' and not attisdropped) as tenant,
      array(select qual || coalesce(' / ' || with_check, '') from pg_policies where tablename = relname and schemaname = 'public') as policies
    from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by relname`,
);
const guarded = tables
  .filter((table) => table.tenant && !(table.name in unguarded))
  .map((table) => table.name);

test("every table of an authority's has row-level security, also for its owner, under one policy", () => {
  for (const { name, enabled, forced, policies } of tables.filter((table) => guarded.includes(table.name))) {
    assert.ok(enabled && forced, `${name} is not guarded: call guard_tenant('${name}')`);
    assert.equal(policies.length, 1, name);
    assert.match(policies[0] ?? "", /authority = .*bound_authority\(\)/, name);
  }
  assert.ok(guarded.length > 20);
});

test("what is not guarded is named here, with its reason", () => {
  const others = tables.filter((table) => !guarded.includes(table.name)).map((table) => table.name);
  assert.deepEqual(others, [...Object.keys(unguarded), ...shared].toSorted());
});

test("no view or function reads with its owner's rights", async () => {
  const found = await db.system(
    (tx) => tx<{ name: string }[]>`
      select proname as name from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
      union all select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')`,
  );
  assert.deepEqual([...found], []);
});

test("the tests act as a role that neither owns nor passes by anything", async () => {
  const [role] = await db.system(
    (tx) => tx<{ name: string; strong: boolean; owns: number }[]>`
      select current_user as name, rolsuper or rolbypassrls as strong,
        (select count(*)::int from pg_class where relowner = pg_roles.oid) as owns
      from pg_roles where rolname = current_user`,
  );
  assert.deepEqual({ ...role }, { name: "torg_app", strong: false, owns: 0 });
});

test("who is bound to one authority reads and changes no row of another, and who is bound to none no row at all", async () => {
  const a = await exampleAuthority(db);
  const b = await exampleAuthority(db);
  await exampleRemote(db, a.authority, "alice", "grannen.test");
  for (const name of guarded) {
    const seen = await db.as(b.authority.id, async (tx) => {
      const read = await tx`select from ${tx(name)} where authority = ${a.authority.id}`;
      const changed =
        await tx`update ${tx(name)} set authority = authority where authority = ${a.authority.id}`;
      const removed = await tx`delete from ${tx(name)} where authority = ${a.authority.id}`;
      return [read.length, changed.count, removed.count];
    });
    assert.deepEqual(seen, [0, 0, 0], name);
    const unbound = await db.sql`select from ${db.sql(name)} limit 1`;
    assert.equal(unbound.length, 0, name);
  }
  await assert.rejects(
    db.as(
      b.authority.id,
      (tx) => tx`insert into block (authority, domain) values (${a.authority.id}, 'x.test')`,
    ),
    /row-level security/,
  );
});

test("a binding ends with its transaction, also on a connection that is used again", async () => {
  const a = await exampleAuthority(db);
  await db.as(a.authority.id, (tx) => tx`select 1`);
  await db.as(a.authority.id, () => Promise.reject(new Error("rolled back"))).catch(() => {});
  for (let turn = 0; turn < 10; turn++) {
    const [row] = await db.sql<{ bound: string | null }[]>`select bound_authority() as bound`;
    assert.equal(row?.bound, null);
  }
});

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { after, test } from "node:test";
import { migrate } from "#platform/migrate.ts";
import { addressOf, connectAs } from "#test/database.ts";

const name = `test_${randomUUID().replaceAll("-", "")}`;
const admin = connectAs("postgres", "torg");
await admin.unsafe(`create database ${name} owner torg`);
const url = addressOf("torg", name);
const files = await readdir(new URL("../../../migrations/", import.meta.url));
await migrate(url, () => {}, new Set(files.filter((file) => file < "0015")));
const sql = connectAs("torg", name);
after(async () => {
  await sql.end();
  // The migrations of the job queue leave a connection to end by itself; cut off, it would take the process with it.
  for (let open = 1; open > 0;) {
    const [row] = await admin<{ open: number }[]>`
      select count(*)::int as open from pg_stat_activity where datname = ${name}`;
    open = row?.open ?? 0;
  }
  await admin.unsafe(`drop database ${name}`);
  await admin.end();
});

test("what came before care was kept is neither overdue nor asked again", async () => {
  await sql`select set_config('torg.authority', '0', false)`;
  const [authority] = await sql<{ id: string }[]>`
    insert into authority (name, municipality, languages, domain, handle_domain)
    values ('Exempelkommun', '0000', array['sv'], 'a.test', 'a.test') returning id`;
  const own = authority?.id ?? assert.fail();
  const account = async (uri: string | null, handle: string) => {
    const [row] = await sql<{ id: string }[]>`
      insert into account (authority, network, kind, handle, domain, uri, name)
      values (${own}, 'fediverse', ${uri ? "remote" : "office"}, ${handle}, 'a.test', ${uri}, ${handle}) returning id`;
    return row?.id ?? assert.fail();
  };
  const [office, asa] = [await account(null, "office"), await account("https://b.test/asa", "asa")];
  /** A post that came so many days ago; ours answers the thread. */
  const post = async (daysAgo: number, ours: boolean, thread?: string) => {
    const [row] = await sql<{ id: string }[]>`
      with fresh as (select ((extract(epoch from now()) * 1000 - ${daysAgo}::bigint * 86400000)::bigint << 16)
        | (nextval('id_sequence') & 65535) as id)
      insert into post (authority, id, account, network, uri, kind, visibility, thread, published_at)
      select ${own}, id, ${ours ? office : asa}, 'fediverse', ${ours ? null : `https://b.test/${randomUUID()}`}, 'note',
        'public', coalesce(${thread ?? null}::bigint, id), now() from fresh returning id`;
    const id = row?.id ?? assert.fail();
    if (!ours)
      await sql`insert into addressed (authority, account, post, why) values (${own}, ${office}, ${id}, 'mention')`;
    return id;
  };
  const [old, waiting, answered] = [await post(60, false), await post(2, false), await post(3, false)];
  await post(2, true, answered);
  const ours = await post(5, true);
  await post(4, false, ours);
  const later = await post(1, false, ours);
  await sql`insert into journal (authority, number, direction, kind) values (${own}, 7, 'in', 'post-received')`;
  await sql`update journal_head set number = 7`;

  await migrate(url);

  const rows = await sql<{ thread: string; status: string; asked: boolean; due_at: null; account: string }[]>`
    select thread, status, asked_at is not null as asked, due_at, account from care order by thread`;
  const cares = new Map(rows.map((row) => [row.thread, row]));
  assert.equal(cares.get(old), undefined);
  assert.deepEqual(
    { ...cares.get(waiting) },
    { thread: waiting, status: "new", asked: true, due_at: null, account: office },
  );
  assert.deepEqual([cares.get(answered)?.status, cares.get(answered)?.asked], ["answered", false]);
  assert.equal(cares.get(ours)?.status, "new");
  assert.ok(later);
  assert.equal(rows.length, 3);
  const [read] = await sql`select position from subscription where name = 'care'`;
  assert.equal(read?.["position"], "7");
});

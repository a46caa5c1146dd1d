import type { Database } from "#platform/database.ts";

/**
 * Fills tables with many rows: what the database would keep up row by row, indexes and the looks at other tables, is
 * built once at the end, and each table has a connection to itself. Afterwards they are as they were, and as autovacuum
 * would have left them.
 */
export async function fillQuickly(
  db: Database,
  tables: readonly string[],
  fillings: readonly (() => Promise<unknown>)[],
): Promise<void> {
  const built = await takeApart(db, tables);
  await Promise.all(fillings.map((fill) => fill()));
  // The largest index first, so that the last connection does not have it to itself in the end.
  const waiting = built.indexes.toSorted((one, other) => weight(other) - weight(one));
  const build = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await quietly(db, next);
  };
  await Promise.all([build(), build()]);
  for (const key of built.keys) await db.sql.unsafe(key);
}

/** Drops what can be built again; PostgreSQL's own words for each are what builds it. */
async function takeApart(
  db: Database,
  tables: readonly string[],
): Promise<{ indexes: string[]; keys: string[] }> {
  const names = [...tables];
  const built = { indexes: [] as string[], keys: [] as string[] };
  await db.sql.begin(async (tx) => {
    const keys = await tx<{ owner: string; name: string; definition: string }[]>`
      select conrelid::regclass::text as owner, conname as name, pg_get_constraintdef(oid) as definition
      from pg_constraint where contype = 'f' and conrelid = any(${names}::regclass[])`;
    for (const { owner, name, definition } of keys) {
      await tx`alter table ${tx(owner)} drop constraint ${tx(name)}`;
      built.keys.push(`alter table ${owner} add constraint ${name} ${definition}`);
    }
    const indexes = await tx<{ indexname: string; indexdef: string }[]>`
      select indexname, indexdef from pg_indexes where schemaname = current_schema() and tablename = any(${names}::text[])
      and not exists (select from pg_constraint where conname = indexname)`;
    for (const { indexname, indexdef } of indexes) {
      await tx`drop index ${tx(indexname)}`;
      built.indexes.push(indexdef);
    }
  });
  return built;
}

async function quietly(db: Database, statement: string): Promise<void> {
  await db.sql.begin(async (tx) => {
    await tx`set local maintenance_work_mem = '512MB'`;
    await tx.unsafe(statement);
  });
}

function weight(index: string): number {
  if (index.includes("gin") && !index.includes("WHERE")) return 2;
  return index.includes("gin") ? 1 : 0;
}

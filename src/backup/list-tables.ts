import type postgres from "postgres";

/** Lasting tables of the schema with the columns that hold what was written, those referred to first. */
export async function listTables(tx: postgres.ISql): Promise<{ name: string; columns: string[] }[]> {
  const rows = await tx<{ name: string; columns: string[]; needs: string[] }[]>`
    select relname as name,
      (select array_agg(attname::text order by attnum) from pg_attribute
        where attrelid = table_.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns,
      (select coalesce(array_agg(distinct other.relname::text), '{}') from pg_constraint
        join pg_class other on other.oid = confrelid
        where conrelid = table_.oid and contype = 'f' and confrelid <> table_.oid) as needs
    from pg_class table_
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relpersistence = 'p' order by relname`;
  const ordered: (typeof rows)[number][] = [];
  while (ordered.length < rows.length) {
    const done = new Set(ordered.map((row) => row.name));
    const next = rows.filter((row) => !done.has(row.name) && row.needs.every((need) => done.has(need)));
    if (next.length === 0) throw new Error("tables refer to each other in a circle");
    ordered.push(...next);
  }
  return ordered.map(({ name, columns }) => ({ name, columns }));
}

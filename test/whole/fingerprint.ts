import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Database } from "#platform/database.ts";

/** Counted per window or per request, whatever comes of it. */
const passing = ["rate_limit"];
/** Written by the clock as well, when it tries again (what is to be delivered stands in `outgoing`). */
const retried = ["delivery", "peer"];

/**
 * How many rows of an authority each table holds, and the last transaction that wrote one: equal before and after
 * when nothing was added, changed or taken away. What the clock writes by itself counts only with `retries`.
 */
export async function fingerprint(
  db: Database,
  authority: AuthorityId,
  { retries = false } = {},
): Promise<Record<string, string>> {
  const tables = (await tenantTables(db)).filter((name) => retries || !retried.includes(name));
  return db.system(async (tx) => {
    const parts = tables.map(
      (table) =>
        `select '${table}' as name, count(*) || ' ' || coalesce(max(xmin::text::bigint), 0) as mark
         from ${table} where ${table === "authority" ? "id" : "authority"} = ${authority}`,
    );
    const rows = await tx.unsafe<{ name: string; mark: string }[]>(parts.join(" union all "));
    return Object.fromEntries(rows.map((row) => [row.name, row.mark]));
  });
}

let known: Promise<string[]> | undefined;

function tenantTables(db: Database): Promise<string[]> {
  known ??= db.system(async (tx) => {
    const rows = await tx<{ name: string }[]>`
      select table_name as name from information_schema.columns
      where table_schema = 'public' and (column_name = 'authority' or table_name = 'authority')`;
    return [...new Set(rows.map((row) => row.name))].filter((name) => !passing.includes(name));
  });
  return known;
}

import type { Transaction, TenantId } from "#platform/database.ts";
import type { EntryId } from "./append.ts";

/** What was said in many entries at once; those that have been disposed of are left out. */
export async function entryBodies(
  tx: Transaction,
  authority: TenantId,
  entries: readonly EntryId[],
): Promise<Map<EntryId, unknown>> {
  if (entries.length === 0) return new Map();
  const rows = await tx<{ entry: EntryId; body: string }[]>`
    select entry, body from journal_payload
    where authority = ${authority} and entry = any(${[...entries]}::bigint[]) and body is not null`;
  return new Map(rows.map((row) => [row.entry, JSON.parse(row.body) as unknown]));
}

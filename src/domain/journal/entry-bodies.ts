import type { Transaction, TenantId } from "#platform/database.ts";
import type { EntryId } from "./append.ts";

/**
 * What was said in the first of these entries: as many as are no heavier together than so many bytes, and always one.
 * Those that have been disposed of are there, but undefined.
 */
export async function entryBodies(
  tx: Transaction,
  authority: TenantId,
  entries: readonly EntryId[],
  heaviest: number,
): Promise<Map<EntryId, unknown>> {
  if (entries.length === 0) return new Map();
  const rows = await tx<{ entry: EntryId; body: string | null }[]>`
    select entry, body from (
      select asked.entry, body, place, sum(coalesce(octet_length(body), 0)) over (order by place) as weight
      from unnest(${[...entries]}::bigint[]) with ordinality as asked (entry, place)
      left join journal_payload payload on payload.authority = ${authority} and payload.entry = asked.entry) weighed
    where place = 1 or weight <= ${heaviest} order by place`;
  return new Map(
    rows.map(({ entry, body }) => [entry, body === null ? undefined : (JSON.parse(body) as unknown)]),
  );
}

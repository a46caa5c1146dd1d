import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { Delivery } from "./delivery.ts";

/** What waits for each of these hosts, oldest first. What is said is read once, however many it goes to. */
export async function waitingFor(
  tx: Transaction,
  authority: AuthorityId,
  hosts: readonly string[],
  mostEach: number,
): Promise<Map<string, Delivery[]>> {
  const rows = await tx<(Omit<Delivery, "account" | "body"> & { outgoing: string })[]>`
    select line.* from unnest(${[...hosts]}::text[]) asked (host) cross join lateral (
      select id, host, inbox, attempts, outgoing from delivery
      where authority = ${authority} and delivery.host = asked.host and state = 'waiting'
      order by id limit ${mostEach}) line`;
  if (rows.length === 0) return new Map();
  const said = await tx<(Pick<Delivery, "account" | "body"> & { id: string })[]>`
    select id, account, body from outgoing
    where authority = ${authority} and id = any(${[...new Set(rows.map((row) => row.outgoing))]}::bigint[])`;
  const known = new Map(said.map(({ id, account, body }) => [id, { account, body }]));
  const deliveries = rows.flatMap(({ outgoing, ...row }) => {
    const what = known.get(outgoing);
    return what ? [{ ...row, ...what }] : [];
  });
  return Map.groupBy(deliveries, (delivery) => delivery.host);
}

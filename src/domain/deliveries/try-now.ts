import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import { queueHosts } from "./delivery.ts";

/** Ends a server's pause: what waits is tried at once. Returns false when nothing waits for it. */
export async function tryNow(tx: Transaction, authority: AuthorityId, host: string): Promise<boolean> {
  const [waiting] = await tx`
    select from delivery where authority = ${authority} and host = ${host} and state = 'waiting' limit 1`;
  if (!waiting) return false;
  await tx`update peer set next_at = null where authority = ${authority} and host = ${host}`;
  await queueHosts(tx, authority, [host]);
  return true;
}

import { findItems } from "#domain/timelines/find-items.ts";
import type { TimelineItem } from "#domain/timelines/timelines.ts";
import type { Transaction } from "#platform/database.ts";
import { viewerOf, type Call } from "../endpoint.ts";

/**
 * The post that a status id stands for, as whoever calls may see it; a boost's id gives the post inside, with the boost
 * around it (`boostedBy`, `position`). Undefined for what is not there for them.
 */
export async function findStatus(
  tx: Transaction,
  call: Pick<Call, "site" | "caller">,
  id: string | undefined,
): Promise<TimelineItem | undefined> {
  if (!id) return undefined;
  const [item] = await findItems(tx, call.site.authority.id, [id], viewerOf(call));
  return item;
}

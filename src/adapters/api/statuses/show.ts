import { findItems } from "#domain/timelines/find-items.ts";
import type { Transaction } from "#platform/database.ts";
import { answer, missing } from "../answers.ts";
import { viewerOf, type Call } from "../endpoint.ts";
import { loadStatuses } from "../entities/load-statuses.ts";
import { readFor } from "../read-for.ts";
import { findStatus } from "./find-status.ts";

const mostAtOnce = 80;

/** GET /api/v1/statuses/:id */
export function show(call: Call): Promise<Response> {
  return readFor(call, (tx) => statusAnswer(tx, call, call.params.id("id")));
}

/** GET /api/v1/statuses: several by their ids. Those that are not there are left out. */
export async function showSeveral(call: Call): Promise<Response> {
  const ids = call.params.ids<"status">("id").slice(0, mostAtOnce);
  const statuses = await call.services.db.read(call.site.authority.id, async (tx) =>
    loadStatuses(tx, call, await findItems(tx, call.site.authority.id, ids, viewerOf(call))),
  );
  return answer(statuses);
}

/** A status as whoever calls sees it now. */
export async function statusAnswer(
  tx: Transaction,
  call: Pick<Call, "site" | "caller">,
  id: string | undefined,
): Promise<Response> {
  const item = await findStatus(tx, call, id);
  const [status] = item ? await loadStatuses(tx, call, [item]) : [];
  return status ? answer(status) : missing();
}

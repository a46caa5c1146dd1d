import type { Transaction } from "#platform/database.ts";
import type { Reading, TimelineItem } from "#domain/timelines/timelines.ts";
import { answer, missing } from "../answers.ts";
import type { Call } from "../endpoint.ts";
import type { FilterContext } from "../entities/filter.ts";
import { knownOf } from "../entities/known.ts";
import { loadStatuses } from "../entities/load-statuses.ts";
import { pageLinks, pageOf } from "../page.ts";
import { readFor } from "../read-for.ts";

/** A page of a timeline; its places are those of all that stood in it, also of what a filter leaves out. */
export async function answerTimeline(
  call: Call,
  context: FilterContext | undefined,
  read: (tx: Transaction, reading: Reading) => Promise<TimelineItem[] | undefined>,
): Promise<Response> {
  const known = knownOf(call);
  const page = { ...pageOf(call, { usual: 20, most: 40 }), known: known.posts };
  const found = await readFor(call, async (tx) => {
    const items = await read(tx, page);
    return items && { statuses: await loadStatuses(tx, { ...call, known }, items, context), items };
  });
  if (!found) return missing();
  const places = found.items.map(({ position }) => position);
  return answer(found.statuses, 200, pageLinks(call, places));
}

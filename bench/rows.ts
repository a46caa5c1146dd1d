import type { Row } from "./row.ts";
import { actor } from "./rows/actor.ts";
import { clientApi } from "./rows/client-api.ts";
import { delivery } from "./rows/delivery.ts";
import { inbox } from "./rows/inbox.ts";
import { growth } from "./rows/growth.ts";
import { inboxNewActors } from "./rows/inbox-new-actors.ts";
import { page } from "./rows/page.ts";
import { pageCold } from "./rows/page-cold.ts";
import { pageWeight } from "./rows/page-weight.ts";
import { live } from "./rows/live.ts";
import { memory, memoryGrowth } from "./rows/memory.ts";
import { search } from "./rows/search.ts";
import { start } from "./rows/start.ts";

/** In the order in which they are measured. */
export const rows: readonly Row[] = [
  page,
  pageCold,
  actor,
  clientApi,
  inbox,
  inboxNewActors,
  delivery,
  live,
  search,
  growth,
  start,
  memory,
  memoryGrowth,
  pageWeight,
];

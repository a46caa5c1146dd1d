import type { Row } from "./row.ts";

/** Read when it is measured: an older version, compared with this one, may lack what another row needs. */
export type ListedRow = { name: string; load(): Promise<Row> };

/** In the order in which they are measured. */
export const rows: readonly ListedRow[] = [
  { name: "page", load: async () => (await import("./rows/page.ts")).page },
  { name: "page, cold", load: async () => (await import("./rows/page-cold.ts")).pageCold },
  { name: "actor", load: async () => (await import("./rows/actor.ts")).actor },
  { name: "home", load: async () => (await import("./rows/client-api.ts")).clientApi },
  { name: "inbox", load: async () => (await import("./rows/inbox.ts")).inbox },
  {
    name: "inbox, new actors",
    load: async () => (await import("./rows/inbox-new-actors.ts")).inboxNewActors,
  },
  { name: "delivery", load: async () => (await import("./rows/delivery.ts")).delivery },
  { name: "overload", load: async () => (await import("./rows/overload.ts")).overload },
  { name: "live", load: async () => (await import("./rows/live.ts")).live },
  { name: "search", load: async () => (await import("./rows/search.ts")).search },
  { name: "growth", load: async () => (await import("./rows/growth.ts")).growth },
  { name: "start", load: async () => (await import("./rows/start.ts")).start },
  { name: "memory", load: async () => (await import("./rows/memory.ts")).memory },
  { name: "memory growth", load: async () => (await import("./rows/memory.ts")).memoryGrowth },
  { name: "page weight", load: async () => (await import("./rows/page-weight.ts")).pageWeight },
];

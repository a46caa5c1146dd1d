import type { Row } from "./row.ts";

/** Read when it is measured: an older version, compared with this one, may lack what another row needs. */
export type ListedRow = { name: string; load(): Promise<Row> } & Partial<Length>;
/** How often a row is measured, and for how long each time, unless told otherwise: the whole table in a quarter of an hour. */
export type Length = { rounds: number; seconds: number };

export const usual: Length = { rounds: 5, seconds: 1 };

/** In the order in which they are measured. What takes long takes fewer rounds, where its figures do not scatter much. */
export const rows: readonly ListedRow[] = [
  { name: "page", load: async () => (await import("./rows/page.ts")).page },
  { name: "page, cold", load: async () => (await import("./rows/page-cold.ts")).pageCold },
  { name: "actor", load: async () => (await import("./rows/actor.ts")).actor },
  { name: "home", rounds: 3, load: async () => (await import("./rows/client-api.ts")).clientApi },
  { name: "inbox", rounds: 3, seconds: 2, load: async () => (await import("./rows/inbox.ts")).inbox },
  {
    name: "inbox, new actors",
    rounds: 3,
    seconds: 2,
    load: async () => (await import("./rows/inbox-new-actors.ts")).inboxNewActors,
  },
  { name: "delivery", rounds: 3, load: async () => (await import("./rows/delivery.ts")).delivery },
  { name: "overload", rounds: 3, load: async () => (await import("./rows/overload.ts")).overload },
  { name: "live", rounds: 3, load: async () => (await import("./rows/live.ts")).live },
  { name: "search", rounds: 3, load: async () => (await import("./rows/search.ts")).search },
  { name: "growth", rounds: 3, load: async () => (await import("./rows/growth.ts")).growth },
  { name: "start", rounds: 3, load: async () => (await import("./rows/start.ts")).start },
  { name: "memory", load: async () => (await import("./rows/memory.ts")).memory },
  { name: "memory growth", load: async () => (await import("./rows/memory.ts")).memoryGrowth },
  { name: "page weight", load: async () => (await import("./rows/page-weight.ts")).pageWeight },
];

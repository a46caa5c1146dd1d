import { againstBare } from "../load.ts";
import type { Row } from "../row.ts";
import { startThread } from "../start-thread.ts";

/** What most who read a square ask for, and all at once when a link to it goes round. */
export const page: Row = {
  name: "page",
  work: "anonymous thread page with 50 replies",
  limit: "bare node:http, same bytes: head and body",
  target: { ratio: { atLeast: 0.7 } },
  async measure(bench) {
    const { origin, path } = await startThread(bench);
    return [await againstBare(bench, { url: origin + path })];
  },
};

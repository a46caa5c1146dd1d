import { measureInbox } from "../measure-inbox.ts";
import type { Row } from "../row.ts";

/** What other servers hand in, from senders whom we know. */
export const inbox: Row = {
  name: "inbox",
  work: "signed replies from 100 known actors, 64 at a time, committed and answered 202",
  limit: "RSA verify plus one committed insert each, 64 at a time",
  target: { ratio: { atLeast: 0.5 }, value: { atLeast: 1500 } },
  measure: async (bench) => [await measureInbox(bench, { actors: "known", count: 1000 * bench.seconds })],
};

import { measureInbox } from "../measure-inbox.ts";
import type { Row } from "../row.ts";

/** The same from senders of whom we have never heard. */
export const inboxNewActors: Row = {
  name: "inbox, new actors",
  work: "signed replies, each from an actor unknown until then on one of 100 servers, 64 at a time",
  limit: "the same plus one signed fetch each",
  target: { ratio: { atLeast: 0.5 } },
  measure: async (bench) => [await measureInbox(bench, { actors: "new", count: 400 * bench.seconds })],
};

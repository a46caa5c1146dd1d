import { postUri, siteOf } from "#context.ts";
import { settled } from "#test/whole/torg.ts";
import { madeAnew, timed } from "../anew.ts";
import type { Bench, Row } from "../row.ts";
import { startReplier } from "../signed-replies.ts";
import { seedWords } from "../seed-words.ts";
import { startSquare } from "../start-square.ts";
import { median } from "../table.ts";

const small = 10_000;
const large = 1_000_000;
const times = 15;

type Part = "page" | "home" | "search" | "API search" | "inbox, answered" | "inbox, in the thread";
type Sized = Record<Part, () => Promise<number>>;

/** The same Torg with a hundred times as much in it. Answers are made anew, never kept ones. */
export const growth: Row = {
  name: "growth",
  work: "page with 50 replies, home timeline, search with as many hits, and signed replies taken in, at 1,000,000 posts",
  limit: "the same at 10,000 posts",
  target: { ratio: { atMost: 1.3 } },
  async measure(bench) {
    const few = await sized(bench, small);
    const lots = await sized(bench, large);
    const parts = Object.keys(few) as Part[];
    const measured = [];
    for (const part of parts) {
      const ours: number[] = [];
      const limits: number[] = [];
      for (let round = -1; round < bench.rounds; round++) {
        const some = { ours: [] as number[], limits: [] as number[] };
        for (let n = 0; n < times; n++) {
          some.limits.push(await few[part]());
          some.ours.push(await lots[part]());
        }
        // The first round warms up.
        if (round < 0) continue;
        ours.push(median(some.ours));
        limits.push(median(some.limits));
      }
      measured.push({ part, unit: "ms", ours, limits });
    }
    return measured;
  },
};

/** A Torg of its own with so many posts, and how long each thing takes there. */
async function sized(bench: Bench, posts: number): Promise<Sized> {
  const { torg, origin, authority, office, square, headers } = await startSquare(bench, posts);
  const { db, config } = torg.services;
  const { id } = authority;
  const anew = (path: string, asking?: { headers: Record<string, string> }) => () =>
    madeAnew(db, id, { url: origin + path, ...asking });
  const { reply } = await startReplier(bench, origin, postUri(siteOf(config, authority), square.thread));
  const word = seedWords.said.sparseWord;
  return {
    page: anew(`/@${office.handle}/${square.thread}`),
    home: anew("/api/v1/timelines/home", { headers }),
    search: anew(`/search?q=${word}`),
    "API search": anew(`/api/v2/search?type=statuses&q=${word}`, { headers }),
    "inbox, answered": async () => {
      const ms = await timed(() => reply("Vi kommer gärna."));
      await settled(db);
      return ms;
    },
    "inbox, in the thread": async () => {
      const before = torg.services.journal.position();
      const heard = new Promise<void>((resolve) => {
        const stop = torg.services.journal.onEntries((entries) => {
          if (!entries.some((entry) => entry.kind === "post-received")) return;
          stop();
          resolve();
        });
      });
      const ms = await timed(() => Promise.all([reply("Vi kommer gärna."), heard]));
      if (torg.services.journal.position() === before) throw new Error("nothing was received");
      await settled(db);
      return ms;
    },
  };
}

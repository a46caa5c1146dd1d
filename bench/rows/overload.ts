import { killableTorg } from "#test/faults/killable-torg.ts";
import { startFlood } from "#test/faults/start-flood.ts";
import { ask } from "#test/whole/ask.ts";
import type { Row } from "../row.ts";

const connections = 1_500;
/** Between two pages that somebody reads. */
const pauseMs = 10;
const patienceMs = 120_000;

/** A second; how long, in s; how long each page took, in ms. */
type Round = { taken: number; refused: number; untilHandled: number; quiet: number[]; flooding: number[] };

/** A real process under more than it can take, and what others notice of it. */
export const overload: Row = {
  name: "overload",
  work: `signed replies over ${connections} connections at once, while somebody reads a page`,
  limit: "the same page read in quiet",
  target: {},
  async measure(bench) {
    const torg = await killableTorg(bench);
    await torg.setUp();
    const { id } = await torg.command("post", "exempelkommun", "Vad saknas?");
    await torg.start();
    const { url, port } = torg.config;
    const to = { inbox: new URL("/ap/inbox", url).href, post: new URL(`/ap/posts/${String(id)}`, url).href };
    const read = (over: () => boolean) => readPages(port, url.host, `/@exempelkommun/${String(id)}`, over);
    const store = await torg.openStore();
    bench.after(() => store.close());
    const handled = async () => {
      const [row] = await store.db.system(
        (tx) => tx<{ posts: number }[]>`select count(*)::int as posts from post where uri is not null`,
      );
      return row?.posts ?? 0;
    };
    const flood = await startFlood(bench);
    const rounds: Round[] = [];
    let accepted = 0;
    for (let round = 0; round < bench.rounds; round++) {
      await flood.prepare(1_000, to);
      const end = performance.now() + 1_000 * bench.seconds;
      const quiet = await read(() => performance.now() > end);
      let over = false;
      const reading = read(() => over);
      const ms = 3_000 * bench.seconds;
      const flooded = await flood.send({ port, connections, shortestMs: ms, longestMs: ms });
      over = true;
      const flooding = await reading;
      accepted += flooded.accepted.length;
      const begun = performance.now();
      while ((await handled()) < accepted && performance.now() - begun < patienceMs) await pause(50);
      const { 202: taken = 0, 429: tooMany = 0, 503: busy = 0, ...others } = flooded.answers;
      // What a starved peer found closed it sends again.
      if (Object.keys(others).some((answer) => answer !== "broken off"))
        throw new Error(`answered ${JSON.stringify(others)}`);
      rounds.push({
        taken: (taken / flooded.ms) * 1000,
        refused: ((tooMany + busy) / flooded.ms) * 1000,
        untilHandled: (performance.now() - begun) / 1000,
        quiet,
        flooding,
      });
    }
    const lost = accepted - (await handled());
    const each = (pick: (round: Round) => number) => rounds.map(pick);
    return [
      {
        part: "accepted",
        unit: "a second",
        ours: each((one) => one.taken),
        limits: [],
        note: `${lost} of ${accepted} lost`,
      },
      { part: "refused for now", unit: "a second", ours: each((one) => one.refused), limits: [] },
      ...[0.5, 0.99].map((share) => ({
        part: `page p${share * 100}`,
        unit: "ms",
        ours: each((one) => quantile(one.flooding, share)),
        limits: each((one) => quantile(one.quiet, share)),
      })),
      { part: "until all is handled", unit: "s", ours: each((one) => one.untilHandled), limits: [] },
    ];
  },
};

/** How long each page took, in ms. */
async function readPages(port: number, host: string, path: string, over: () => boolean): Promise<number[]> {
  const took: number[] = [];
  while (!over()) {
    const begun = performance.now();
    const { status } = await ask(port, host, path);
    if (status !== 200) throw new Error(`${path} was answered ${status}`);
    took.push(performance.now() - begun);
    await pause(pauseMs);
  }
  return took;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

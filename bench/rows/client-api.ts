import { makeAccessToken } from "#domain/accounts/access-token.ts";
import { againstBare, fetchBody } from "../load.ts";
import type { Bench, Measured, Row } from "../row.ts";
import { seedSquare } from "../seed-square.ts";
import { startBenchTorg } from "../start-torg.ts";
import { median } from "../table.ts";

const posts = 100_000;

/** What apps ask again and again, on a hundred thousand posts. */
export const clientApi: Row = {
  name: "home",
  work: "home timeline, notifications, a conversation and an account's posts over the client API, 100,000 posts",
  limit: "bare node:http, same bytes: head and body",
  target: { ratio: { atLeast: 0.4 } },
  async measure(bench) {
    const { torg, origin, authority, office, person } = await startBenchTorg(bench);
    const { db } = torg.services;
    const { thread, neighbour } = await seedSquare(db, authority, office.id, posts);
    const made = await db.as(authority.id, (tx) =>
      makeAccessToken(tx, authority.id, { person, account: office.id, scopes: ["read"] }),
    );
    if (made.outcome !== "made") throw new Error(made.outcome);
    const headers = { authorization: `Bearer ${made.token}` };
    const parts = {
      timeline: "/api/v1/timelines/home",
      notifications: "/api/v1/notifications",
      "grouped notifications": "/api/v2/notifications",
      "context of 50 replies": `/api/v1/statuses/${thread}/context`,
      "account statuses": `/api/v1/accounts/${neighbour}/statuses`,
    };
    const measured: Measured[] = [];
    for (const [part, path] of Object.entries(parts)) {
      const asked = { url: origin + path, headers };
      const anew = await madeAnew(bench, asked, () =>
        db.as(authority.id, async (tx) => void (await tx`select 1`)),
      );
      const { note, ...figures } = await againstBare(bench, asked);
      measured.push({ part, ...figures, note: `${note}; made anew in ${anew.toFixed(1)} ms` });
    }
    return measured;
  },
};

/** Milliseconds, when a commit has emptied all that lay ready. */
async function madeAnew(
  bench: Bench,
  asked: { url: string; headers: Record<string, string> },
  empty: () => Promise<void>,
): Promise<number> {
  const ms: number[] = [];
  for (let n = 0; n < 10 * bench.rounds; n++) {
    await empty();
    const begin = performance.now();
    await fetchBody(asked);
    ms.push(performance.now() - begin);
  }
  return median(ms.slice(10));
}

import { makeAccessToken } from "#domain/accounts/access-token.ts";
import { tsQuery } from "#domain/search/words.ts";
import { madeAnew, timed } from "../anew.ts";
import type { Measured, Row } from "../row.ts";
import { seedSquare } from "../seed-square.ts";
import { seedWords } from "../seed-words.ts";
import { startBenchTorg } from "../start-torg.ts";
import { median } from "../table.ts";

const posts = 1_000_000;
/** A tenth is the authority's own: what the public search finds. */
const ownEvery = 10;
const times = 15;

/** Whole answers over HTTP, made anew each time, beside the same words asked of the index and nothing else. */
export const search: Row = {
  name: "search",
  work: "the first page for a Swedish word in 1,000,000 entries, on the public page and over the client API",
  limit: "the bare indexed query: the newest posts that hold the word",
  target: { ratio: { atMost: 1.3 } },
  async measure(bench) {
    const { torg, origin, authority, office, person } = await startBenchTorg(bench);
    const { db } = torg.services;
    const { id } = authority;
    await seedSquare(db, authority, office.id, posts, { ownEvery, findable: true });
    const made = await db.as(id, (tx) =>
      makeAccessToken(tx, id, { person, account: office.id, scopes: ["read"] }),
    );
    if (made.outcome !== "made") throw new Error(made.outcome);
    const headers = { authorization: `Bearer ${made.token}` };

    const bare = (word: string, own: boolean, limit: number) => {
      const wanted = tsQuery(word) ?? "";
      return timed(() =>
        db.read(
          id,
          (tx) => tx`
            select post from post_search where authority = ${id} ${own ? tx`and own` : tx``}
            and words @@ ${wanted}::tsquery order by post desc limit ${limit}`,
        ),
      );
    };
    const hits = async (word: string, own: boolean) => {
      const [row] = await db.read(
        id,
        (tx) => tx<{ count: number }[]>`
          select count(*)::int as count from post_search
          where authority = ${id} and (own or not ${own}) and words @@ ${tsQuery(word) ?? ""}::tsquery`,
      );
      return row?.count ?? 0;
    };
    const measured: Measured[] = [];
    for (const [name, word] of [
      ["a common word", seedWords.common],
      ["a rare word", seedWords.rare],
    ] as const) {
      const ways = [
        { part: `public, ${name}`, own: true, limit: 21, asked: { url: `${origin}/sv/search?q=${word}` } },
        {
          part: `API, ${name}`,
          own: false,
          limit: 20,
          asked: { url: `${origin}/api/v2/search?type=statuses&q=${word}`, headers },
        },
      ];
      for (const { part, own, limit, asked } of ways) {
        const ours: number[] = [];
        const limits: number[] = [];
        for (let round = -1; round < bench.rounds; round++) {
          const some = { ours: [] as number[], limits: [] as number[] };
          for (let n = 0; n < times; n++) {
            some.limits.push(await bare(word, own, limit));
            some.ours.push(await madeAnew(db, id, asked));
          }
          // The first round warms up.
          if (round < 0) continue;
          ours.push(median(some.ours));
          limits.push(median(some.limits));
        }
        measured.push({ part, unit: "ms", ours, limits, note: `${await hits(word, own)} hits` });
      }
    }
    return measured;
  },
};

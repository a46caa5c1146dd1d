import { againstBare } from "../load.ts";
import type { Row } from "../row.ts";
import { startBenchTorg } from "../start-torg.ts";

/** What every server asks that hears of one of our accounts. */
export const actor: Row = {
  name: "actor",
  work: "actor JSON as other servers ask for it",
  limit: "bare node:http, same bytes: head and body",
  target: { ratio: { atLeast: 0.7 } },
  async measure(bench) {
    const { origin, office } = await startBenchTorg(bench);
    const headers = { accept: "application/activity+json" };
    return [await againstBare(bench, { url: `${origin}/ap/accounts/${office.id}`, headers })];
  },
};

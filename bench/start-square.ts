import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeAccessToken } from "#domain/accounts/access-token.ts";
import { findAccount, type Account, type AccountId } from "#domain/accounts/account.ts";
import { findAuthority, type Authority, type AuthorityId } from "#domain/authorities/authority.ts";
import type { Torg } from "../src/start.ts";
import type { Bench } from "./row.ts";
import { seedSquare, type Square } from "./seed-square.ts";
import { startAt, startBenchTorg } from "./start-torg.ts";

export type StartedSquare = {
  torg: Torg;
  origin: string;
  authority: Authority;
  office: Account;
  square: Square;
  /** What an app of the office's sends. */
  headers: { authorization: string };
};

type Known = {
  port: number;
  authority: AuthorityId;
  office: AccountId;
  square: Square;
  headers: { authorization: string };
};

/** How many posts hold the sparse word, however many posts there are. */
export const sparseHits = 500;

/**
 * A Torg with so many posts that are found by their words, a tenth of them the office's own. Seeding a million takes the
 * most of a minute, so the data folder is left for the next row that asks for as many; replies may have come to it.
 */
export async function startSquare(bench: Bench, posts: number): Promise<StartedSquare> {
  const data = join(bench.shared, `square-${posts}`);
  const note = join(bench.shared, `square-${posts}.json`);
  const environment = { TORG_DATA: data };
  const text = await readFile(note, "utf8").catch(() => undefined);
  if (text === undefined) {
    const { torg, origin, authority, office, person } = await startBenchTorg(bench, { environment });
    const { db } = torg.services;
    const square = await seedSquare(db, authority, office.id, posts, {
      ownEvery: 10,
      findable: true,
      sparse: sparseHits,
    });
    const made = await db.as(authority.id, (tx) =>
      makeAccessToken(tx, authority.id, { person, account: office.id, scopes: ["read"] }),
    );
    if (made.outcome !== "made") throw new Error(made.outcome);
    const headers = { authorization: `Bearer ${made.token}` };
    const known: Known = {
      port: Number(new URL(origin).port),
      authority: authority.id,
      office: office.id,
      square,
      headers,
    };
    await writeFile(note, JSON.stringify(known));
    return { torg, origin, authority, office, square, headers };
  }
  const { port, square, headers, ...ids } = JSON.parse(text) as Known;
  const { torg, origin } = await startAt(bench, port, { environment });
  const { authority, office } = await torg.services.db.read(ids.authority, async (tx) => ({
    authority: await findAuthority(tx, ids.authority),
    office: await findAccount(tx, ids.authority, ids.office),
  }));
  if (!authority || !office) throw new Error(`${data} holds another authority`);
  return { torg, origin, authority, office, square, headers };
}

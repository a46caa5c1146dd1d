import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Database } from "#platform/database.ts";
import { fetchBody, type Asked } from "./load.ts";

/** Milliseconds of one answer that is made anew: a commit has emptied all that lay ready. */
export async function madeAnew(db: Database, authority: AuthorityId, asked: Asked): Promise<number> {
  await db.as(authority, async (tx) => void (await tx`select 1`));
  return timed(() => fetchBody(asked));
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Database } from "#platform/database.ts";
import { inBatches } from "./in-batches.ts";

/** Any number, the same in every process: the space of the locks on hosts. */
const lockSpace = 7_467_003;
/** Hosts that are locked, or given up, in one statement. */
const mostAtOnce = 200;
/** How long the session is kept when nobody is at any host: the next post is often not far. */
const lingerMs = 1_000;

type Session = ReturnType<Database["alone"]>;

export type HostTurns = {
  /**
   * Runs work unless someone is at this host already. A turn in this process is then taken once more afterwards, so
   * that what came meanwhile is seen; for one elsewhere the answer is "taken".
   */
  take(authority: AuthorityId, host: string, work: () => Promise<void>): Promise<"done" | "again" | "taken">;
};

/**
 * One at a time for each host over all processes. The locks are of one session of its own: a lock that held a
 * transaction would cost a connection for each slow host. They end with the process, however it ends. Many hosts are
 * locked in one statement, and given up in one. The session is none of those that others use in turn: had it been cut,
 * one of these would be asked, and given back, in the midst of another's transaction. What was locked in a session
 * that was cut may be sent twice, which peers bear.
 */
export function createHostTurns(db: Pick<Database, "alone">): HostTurns {
  const here = new Map<string, { again: boolean }>();
  let session: Session | undefined;
  let users = 0;
  let resting: NodeJS.Timeout | undefined;
  const enter = () => {
    users++;
    clearTimeout(resting);
    session ??= db.alone();
    return session;
  };
  const leave = () => {
    users--;
    if (users > 0) return;
    resting = setTimeout(() => {
      const idle = session;
      session = undefined;
      idle?.end({ timeout: 1 }).catch(() => {});
    }, lingerMs);
  };
  type Asked = { host: string; connection: Session };
  const lock = inBatches({ most: mostAtOnce }, async (authority, asked: Asked[]) => {
    const [first] = asked;
    if (!first) return [];
    const rows = await first.connection<{ locked: boolean }[]>`
      select pg_try_advisory_lock(${lockSpace}, hashtext(${authority} || ' ' || host)) as locked
      from unnest(${asked.map((one) => one.host)}::text[]) with ordinality asked (host, place) order by place`;
    return rows.map((row) => row.locked);
  });
  const unlock = inBatches({ most: mostAtOnce }, async (authority, done: Asked[]) => {
    const [first] = done;
    if (!first) return [];
    return first.connection`
      select pg_advisory_unlock(${lockSpace}, hashtext(${authority} || ' ' || host))
      from unnest(${done.map((one) => one.host)}::text[]) host`;
  });
  const once = async (authority: AuthorityId, host: string, work: () => Promise<void>) => {
    const connection = enter();
    try {
      if (!(await lock(authority, { host, connection }))) return "taken";
      try {
        await work();
      } finally {
        await unlock(authority, { host, connection });
      }
      return "done";
    } finally {
      leave();
    }
  };
  return {
    async take(authority, host, work) {
      const key = `${authority} ${host}`;
      const known = here.get(key);
      if (known) {
        known.again = true;
        return "again";
      }
      const turn = { again: false };
      here.set(key, turn);
      try {
        for (;;) {
          turn.again = false;
          const outcome = await once(authority, host, work);
          // Nothing is awaited between this look and the turn's end, so no call can fall between them.
          if (!turn.again) return outcome;
        }
      } finally {
        here.delete(key);
      }
    },
  };
}

import type { Database } from "#platform/database.ts";

/** Any number, the same in every process: the space of the locks on hosts. */
const lockSpace = 7_467_003;

export type HostTurns = {
  /**
   * Runs work unless someone is at this key already. A turn in this process is then taken once more afterwards, so
   * that what came meanwhile is seen; for one elsewhere the answer is "taken".
   */
  take(key: string, work: () => Promise<void>): Promise<"done" | "again" | "taken">;
};

/**
 * One at a time for each key over all processes. The locks are of one session of its own: a lock that held a
 * transaction would cost a connection for each slow host. They end with the process, however it ends.
 */
export function createHostTurns(db: Pick<Database, "sql">): HostTurns {
  const here = new Map<string, { again: boolean }>();
  let session: ReturnType<Database["sql"]["reserve"]> | undefined;
  let users = 0;
  const enter = () => {
    users++;
    session ??= db.sql.reserve();
    return session;
  };
  const leave = async () => {
    users--;
    if (users > 0) return;
    const idle = session;
    session = undefined;
    (await idle)?.release();
  };
  const once = async (key: string, work: () => Promise<void>) => {
    try {
      const connection = await enter();
      const [row] = await connection<{ locked: boolean }[]>`
        select pg_try_advisory_lock(${lockSpace}, hashtext(${key})) as locked`;
      if (!row?.locked) return "taken";
      try {
        await work();
      } finally {
        await connection`select pg_advisory_unlock(${lockSpace}, hashtext(${key}))`;
      }
      return "done";
    } finally {
      await leave();
    }
  };
  return {
    async take(key, work) {
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
          const outcome = await once(key, work);
          // Nothing is awaited between this look and the turn's end, so no call can fall between them.
          if (!turn.again) return outcome;
        }
      } finally {
        here.delete(key);
      }
    },
  };
}

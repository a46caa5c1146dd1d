import { forPostgresJs, socketPort, socketUrl } from "./socket-address.ts";

export type Owned = {
  /** Resolves when everything that has been committed so far is on the disk. */
  flush(): Promise<void>;
};

/** Gives a new cluster its owner and its database. The owner is no superuser: row-level security would not bind one. */
export async function makeOwner(socketFolder: string): Promise<Owned> {
  const { default: postgres } = await import("postgres");
  const { url, options } = forPostgresJs(socketUrl(socketFolder, socketPort, "postgres", "template1"));
  const sql = postgres(url, { ...options, max: 1, onnotice: () => {}, fetch_types: false });
  // The empty database that initdb made gets our name: another would cost time, and three hundred files.
  const made = sql.unsafe(`
    set synchronous_commit = off;
    create role torg login createdb nosuperuser nobypassrls nocreaterole;
    alter database postgres rename to torg;
    alter database torg owner to torg;
    comment on database torg is null`);
  await made.catch(async (error: unknown) => {
    await sql.end();
    throw error;
  });
  return {
    async flush() {
      // A commit that waits for the disk takes along those before it that did not.
      await sql.unsafe("set synchronous_commit = on; select pg_current_xact_id()");
      await sql.end();
    },
  };
}

import type { Command } from "./command.ts";
import { withStore } from "./with-store.ts";

export const migrateCommand: Command = {
  summary: "Bring the database to this version of Torg. Starting Torg does the same.",
  arguments: [],
  flags: {},
  run: (call) =>
    withStore(call, async (db) => {
      const rows = await db.system((tx) => tx<{ name: string }[]>`select name from migration order by name`);
      const migrations = rows.map((row) => row.name);
      return {
        text: `The database is up to date (${migrations.length} migrations, the last ${migrations.at(-1) ?? "none"}).`,
        json: { migrations },
      };
    }),
};

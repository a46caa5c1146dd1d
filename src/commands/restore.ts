import { join, resolve } from "node:path";
import { folderMediaStore } from "#domain/media/media-store.ts";
import { restoreBackup } from "../backup/restore-backup.ts";
import { openStore } from "../open-store.ts";
import type { Command } from "./command.ts";
import { commandLog } from "./with-store.ts";

export const restore: Command = {
  summary: "Fill an empty installation from a backup.",
  arguments: ["<file>"],
  flags: {},
  notes:
    "Torg must not be running. The whole file is checked before anything is changed; one that is damaged is refused.\n" +
    "A backup of an older Torg is brought to this version.",
  async run(call) {
    const store = await openStore(call.config, { log: commandLog(call), migrate: false, connections: 3 });
    try {
      const { head, rows, files } = await restoreBackup({
        db: store.db,
        databaseUrl: store.url,
        mediaStore: folderMediaStore(join(call.config.data, "media")),
        file: resolve(call.argument(0)),
      });
      return {
        text: `Restored as it was on ${head.at}: ${rows} rows and ${files} pictures. Start Torg with: npm start`,
        json: { at: head.at, torg: head.torg, rows, files },
      };
    } finally {
      await store.close();
    }
  },
};

import { join, resolve } from "node:path";
import { folderMediaStore } from "#domain/media/media-store.ts";
import { writeBackup } from "../backup/write-backup.ts";
import { openStore } from "../open-store.ts";
import type { Command } from "./command.ts";
import { commandLog } from "./with-store.ts";

export const backup: Command = {
  summary: "Write everything to one file: database and pictures, from one moment. Torg may go on running.",
  arguments: ["<file>"],
  flags: { force: { help: "Replace the file if it exists, once the new one is whole." } },
  notes:
    "The file holds private keys and all that was ever said: keep it as safe as the installation itself.\n" +
    "It is a tar archive compressed with zstd, checked by sums; `restore` reads it.",
  async run(call) {
    const store = await openStore(call.config, {
      log: commandLog(call),
      attachIfRunning: true,
      migrate: false,
      connections: 2,
    });
    try {
      const done = await writeBackup({
        db: store.db,
        mediaStore: folderMediaStore(join(call.config.data, "media")),
        file: resolve(call.argument(0)),
        now: call.clock(),
        force: call.given("force"),
      });
      const missing =
        done.missingMedia > 0 ? ` ${done.missingMedia} pictures were not where they should be.` : "";
      return {
        text: `${done.file} holds ${done.rows} rows and ${done.files} pictures in ${megabytes(done.bytes)} MB.${missing}`,
        json: { ...done },
      };
    } finally {
      await store.close();
    }
  },
};

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

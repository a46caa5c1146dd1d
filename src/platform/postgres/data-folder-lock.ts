import { chownSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

export type DataFolderLock =
  | { outcome: "locked"; release: () => void }
  | { outcome: "held"; pid: number | undefined };

/** An open database is closed when it is collected, and the lock with it: so the held ones are kept here. */
const held = new Set<DatabaseSync>();

const sqliteBusy = 5;

/**
 * Takes the data folder for this process. The lock is the kernel's record lock on `torg.lock`, taken through
 * SQLite because Node has no call of its own: it ends with the process however that ends, knows nothing of
 * process numbers, and holds across containers that share a folder. `torg.pid` is only for the message.
 * Nothing else in this process may open `torg.lock`: closing it would drop the lock.
 */
export function lockDataFolder(folder: string): DataFolderLock {
  const lockFile = join(folder, "torg.lock");
  const pidFile = join(folder, "torg.pid");
  if (!existsSync(lockFile)) writeFor(folder, lockFile, "");
  const database = new DatabaseSync(lockFile, { timeout: 0 });
  try {
    // Nothing is ever written, so a journal would only be litter.
    database.exec("pragma journal_mode = memory; begin exclusive");
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode !== sqliteBusy) throw error;
    return { outcome: "held", pid: readPid(pidFile) };
  }
  held.add(database);
  writeFor(folder, pidFile, `${process.pid}\n`);
  return {
    outcome: "locked",
    release: () => {
      if (!held.delete(database)) return;
      rmSync(pidFile, { force: true });
      database.close();
    },
  };
}

/** A command run by root must not leave files that the service's own user cannot open. */
function writeFor(folder: string, file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600 });
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(folder);
  chownSync(file, uid, gid);
}

function readPid(pidFile: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(pidFile, "utf8"), 10) || undefined;
  } catch {
    return undefined;
  }
}

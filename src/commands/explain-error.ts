import { ConfigError } from "#config.ts";
import { BackupRefused } from "../backup/backup-refused.ts";
import { UnsafeDatabaseRole } from "../open-store.ts";
import { MigrationError } from "#platform/migrate.ts";
import { WrongPostgresVersion } from "#platform/postgres/initialise-cluster.ts";
import { DataFolderInUse } from "#platform/postgres/start-postgres.ts";
import { sourceTrace } from "#platform/source-trace.ts";
import { CommandError, UsageError } from "./command.ts";

export type Explained = { code: string; message: string; exit: 1 | 2 };

/** What stopped a command, in words for the person at the terminal. Only what nobody foresaw carries its trace. */
export function explain(error: unknown): Explained {
  if (error instanceof UsageError) return { code: "usage", message: error.message, exit: 2 };
  if (error instanceof CommandError) return { code: error.code, message: error.message, exit: 1 };
  if (error instanceof BackupRefused) return { code: error.code, message: error.message, exit: 1 };
  if (error instanceof ConfigError) return { code: "config", message: error.message, exit: 1 };
  if (error instanceof DataFolderInUse)
    return {
      code: "data-folder-in-use",
      message: `${error.message} That one is left alone and nothing was changed. Stop it first, or choose another folder with TORG_DATA.`,
      exit: 1,
    };
  if (error instanceof WrongPostgresVersion)
    return { code: "postgres-version", message: error.message, exit: 1 };
  if (error instanceof UnsafeDatabaseRole)
    return { code: "unsafe-database-role", message: error.message, exit: 1 };
  if (error instanceof MigrationError) return { code: "migration", message: error.message, exit: 1 };
  return foreign(error);
}

function foreign(error: unknown): Explained {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (code === "ECONNREFUSED" || code === "ENOTFOUND" || code === "CONNECT_TIMEOUT")
    return {
      code: "database-unreachable",
      message: `The database does not answer (${String(message)}). Nothing was changed. Check DATABASE_URL and that the server runs.`,
      exit: 1,
    };
  if (error instanceof Error && error.message.startsWith("Port "))
    return { code: "port-taken", message: error.message, exit: 1 };
  const folder = ofTheFolder(error);
  if (folder) return folder;
  const trace = error instanceof Error ? sourceTrace(error.stack ?? error.message) : String(error);
  return {
    code: "unexpected",
    message: `Something went wrong that Torg did not foresee:\n${trace}`,
    exit: 1,
  };
}

/** What the file system refused, which a person at the terminal can mend. */
function ofTheFolder(error: unknown): Explained | undefined {
  if (!(error instanceof Error) || !("path" in error) || !("code" in error)) return undefined;
  const said = fileTroubles[String(error.code)];
  return said === undefined ? undefined : { code: "file", message: `${String(error.path)} ${said}`, exit: 1 };
}

const others = "run Torg as the user who owns the data folder, or choose another folder with TORG_DATA.";
const fileTroubles: Readonly<Record<string, string>> = {
  EACCES: `may not be read or written by this user. Nothing was changed: ${others}`,
  EPERM: `may not be changed by this user: ${others}`,
  EROFS: "is on a disk that cannot be written to. Choose another folder with TORG_DATA.",
  ENOTDIR: "cannot be made, since a part of its path is a file. Choose another folder with TORG_DATA.",
  EEXIST: "cannot be made a folder, since it is a file. Choose another folder with TORG_DATA.",
  ENOSPC: "could not be written: the disk is full. Make room and start Torg again.",
};

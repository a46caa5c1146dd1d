import { spawn } from "node:child_process";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { PostgresBinaries } from "./locate-binaries.ts";
import { type RunAs, postgresEnvironment } from "./run-as.ts";

/** The data folder was made by another major version, which these binaries can neither read nor upgrade. */
export class WrongPostgresVersion extends Error {
  override name = "WrongPostgresVersion";
  readonly found: string;
  readonly needed: number;

  constructor(cluster: string, found: string, needed: number) {
    super(
      `${cluster} was made by PostgreSQL ${found}, and this Torg brings PostgreSQL ${needed}. Nothing was changed. ` +
        "Make a backup with the Torg that you used before (torg backup), then restore it with this one into an empty data folder (torg restore).",
    );
    this.found = found;
    this.needed = needed;
  }
}

/** A cluster that has just been made. Until `keep`, the next start would make it anew: nobody may rely on it before. */
export type NewCluster = {
  /** When what initdb wrote is on the disk, which goes on while the server starts. */
  synced: Promise<void>;
  keep(): Promise<void>;
};

/** The folder holds a cluster of this version afterwards: there already, or new. */
export async function initialiseCluster(
  cluster: string,
  binaries: PostgresBinaries,
  runAs: RunAs,
  log: (line: string) => void,
): Promise<NewCluster | undefined> {
  removeUnfinished(cluster);
  if (existsSync(join(cluster, "PG_VERSION"))) {
    checkVersion(cluster, binaries);
    return undefined;
  }
  if (existsSync(cluster) && readdirSync(cluster).length > 0) {
    throw new Error(
      `${cluster} holds something other than a database. Move it away, or choose another folder.`,
    );
  }
  log(`Making a new database in ${cluster}`);
  mkdirSync(cluster, { recursive: true, mode: 0o700 });
  const mark = unfinishedMark(cluster);
  const { ino, birthtimeNs } = lookAt(cluster);
  writeFileSync(mark, `${ino} ${birthtimeNs}`);
  const marked = sync(mark).then(() => sync(dirname(cluster)));
  if (process.getuid?.() === 0) chownSync(cluster, runAs.uid, runAs.gid);
  await Promise.all([marked, run(runAs.command(binaries.initdb, initdbArguments(cluster)))]);
  writeFileSync(join(cluster, "pg_hba.conf"), "local all all trust\n");
  const synced = run(runAs.command(binaries.initdb, syncArguments(cluster)));
  synced.catch(() => {}); // Whoever waits for it hears of it.
  return {
    synced,
    async keep() {
      rmSync(mark);
      await sync(dirname(cluster));
    },
  };
}

/** Stands beside a cluster until it is whole on the disk. */
export function unfinishedMark(cluster: string): string {
  return `${cluster}.unfinished`;
}

/** The mark names the folder that was being made: another that somebody has put in its place is left alone. */
function removeUnfinished(cluster: string): void {
  const mark = unfinishedMark(cluster);
  if (!existsSync(mark)) return;
  // The initdb of a killed Torg may still be writing in its last moments.
  if (existsSync(cluster) && isMeant(readFileSync(mark, "utf8"), cluster))
    rmSync(cluster, { recursive: true, maxRetries: 20, retryDelay: 50 });
  rmSync(mark);
}

/** By its number and the time of its birth: the number alone is soon given to the next folder that is made. */
function isMeant(mark: string, folder: string): boolean {
  // A power cut can leave the mark empty.
  if (mark === "") return true;
  const [number, born] = mark.split(" ");
  const { ino, birthtimeNs, ctimeNs } = lookAt(folder);
  // Where nobody keeps the time of birth, that of the last change may be given for it.
  const tells = born !== undefined && birthtimeNs !== ctimeNs;
  return number === String(ino) && (!tells || born === String(birthtimeNs));
}

function lookAt(folder: string) {
  return statSync(folder, { bigint: true });
}

function checkVersion(cluster: string, { major }: PostgresBinaries): void {
  const found = readFileSync(join(cluster, "PG_VERSION"), "utf8").trim();
  if (found !== String(major)) throw new WrongPostgresVersion(cluster, found, major);
}

function initdbArguments(folder: string): string[] {
  return [
    `--pgdata=${folder}`,
    "--username=postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--no-instructions",
    // It is brought to the disk while its server already starts.
    "--no-sync",
    // The same order on every machine and after every upgrade of the system's own locales.
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
  ];
}

/** On Linux one call for the whole file system instead of one a file: a thousand files are a second of a slow disk. */
function syncArguments(folder: string): string[] {
  const way = process.platform === "linux" ? ["--sync-method=syncfs"] : [];
  return [`--pgdata=${folder}`, "--sync-only", ...way];
}

function run({ file, args }: { file: string; args: string[] }): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const child = spawn(file, args, {
    env: postgresEnvironment,
    cwd: "/",
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.on("data", (chunk) => (said += chunk));
  child.stderr.on("data", (chunk) => (said += chunk));
  child.on("error", reject);
  child.on("close", (code, signal) => {
    if (code === 0) return resolve();
    reject(
      new Error(`PostgreSQL's database could not be made (${signal ?? `code ${code}`}): ${said.trim()}`),
    );
  });
  return promise;
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

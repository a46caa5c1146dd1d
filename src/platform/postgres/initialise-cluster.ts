import { spawn } from "node:child_process";
import { chownSync, closeSync, existsSync, fsyncSync, mkdtempSync, openSync } from "node:fs";
import { readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
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

/** The folder holds a cluster of this version afterwards: there already, or made whole in one rename. */
export async function initialiseCluster(
  cluster: string,
  binaries: PostgresBinaries,
  runAs: RunAs,
  log: (line: string) => void,
): Promise<void> {
  removeUnfinished(cluster);
  if (existsSync(join(cluster, "PG_VERSION"))) return checkVersion(cluster, binaries);
  if (existsSync(cluster) && readdirSync(cluster).length > 0) {
    throw new Error(
      `${cluster} holds something other than a database. Move it away, or choose another folder.`,
    );
  }
  log(`Making a new database in ${cluster}`);
  const unfinished = mkdtempSync(`${cluster}.new-`);
  try {
    if (process.getuid?.() === 0) chownSync(unfinished, runAs.uid, runAs.gid);
    await run(runAs.command(binaries.initdb, initdbArguments(unfinished)), "");
    writeFileSync(join(unfinished, "pg_hba.conf"), "local all all trust\n");
    await run(runAs.command(binaries.postgres, singleUserArguments(unfinished)), ownerAndDatabase);
    await run(runAs.command(binaries.initdb, [`--pgdata=${unfinished}`, "--sync-only"]), "");
    renameSync(unfinished, cluster);
    syncFolder(dirname(cluster));
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
}

function checkVersion(cluster: string, { major }: PostgresBinaries): void {
  const found = readFileSync(join(cluster, "PG_VERSION"), "utf8").trim();
  if (found !== String(major)) throw new WrongPostgresVersion(cluster, found, major);
}

function removeUnfinished(cluster: string): void {
  const folder = dirname(cluster);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (path.startsWith(`${cluster}.new-`) && statSync(path).isDirectory()) {
      // The initdb of a killed Torg may still be writing in its last moments.
      rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    }
  }
}

function initdbArguments(folder: string): string[] {
  return [
    `--pgdata=${folder}`,
    "--username=postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--no-instructions",
    // All is brought to the disk at once, when it is whole and before it gets its name.
    "--no-sync",
    // The same order on every machine and after every upgrade of the system's own locales.
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
  ];
}

function singleUserArguments(folder: string): string[] {
  return [
    "--single",
    "-D",
    folder,
    "-j",
    "-c",
    "exit_on_error=true",
    "-c",
    "log_checkpoints=off",
    "-c",
    "fsync=off",
    "postgres",
  ];
}

/** The owner is no superuser: row-level security would not bind one. */
const ownerAndDatabase =
  "create role torg login createdb nosuperuser nobypassrls nocreaterole;\n\n" +
  "create database torg owner torg;\n\n";

function run({ file, args }: { file: string; args: string[] }, input: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const child = spawn(file, args, { env: postgresEnvironment, cwd: "/", detached: true });
  let said = "";
  child.stdout.on("data", (chunk) => (said += chunk));
  child.stderr.on("data", (chunk) => (said += chunk));
  // A program that ends before it has read everything tells why in what it said.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  child.on("error", reject);
  child.on("close", (code, signal) => {
    if (code === 0) return resolve();
    reject(
      new Error(`PostgreSQL's database could not be made (${signal ?? `code ${code}`}): ${said.trim()}`),
    );
  });
  return promise;
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

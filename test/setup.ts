import { access, constants, glob, mkdir, mkdtemp, readFile, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "#platform/migrate.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "#platform/postgres/start-postgres.ts";
import { addressOf, appRole, connectAs, templateName } from "./database.ts";
import { environment } from "./environment.ts";

let server: EmbeddedPostgres | undefined;
let dataFolder: string | undefined;

/**
 * Starts one PostgreSQL for the whole run and makes the migrated template that every test file clones.
 * For a single file without `npm test`: `node --test --test-global-setup=test/setup.ts <file>`.
 */
export async function globalSetup(): Promise<void> {
  const parent = await roomiest();
  await clearAbandoned(parent);
  dataFolder = await mkdtemp(join(parent, "torg-test-"));
  await gatherTemporary(join(dataFolder, "tmp"));
  const said: string[] = [];
  const log = (line: string) => void said.push(line);
  try {
    server = await startEmbeddedPostgres({ dataFolder, log, settings: forgetful });
    environment.databaseUrl = server.url;
    await makeTemplate(log);
  } catch (error) {
    await globalTeardown();
    throw new Error(`The tests' database could not be made. It said:\n${said.join("\n")}`, { cause: error });
  }
}

export async function globalTeardown(): Promise<void> {
  await server?.stop();
  if (dataFolder) await rm(dataFolder, { recursive: true, force: true });
  server = undefined;
  dataFolder = undefined;
  environment.databaseUrl = undefined;
  environment.temporary = undefined;
}

/** Whatever a test, a killed Torg or a browser leaves lying about lies here, and goes when the run has ended. */
async function gatherTemporary(folder: string): Promise<void> {
  await mkdir(folder);
  environment.temporary = folder;
}

/**
 * Memory where there is enough: a database is a thousand small files, ten times dearer to copy on a disk, and one that
 * is brought to the disk waits for whatever else is written there.
 */
async function roomiest(): Promise<string> {
  const memory = "/dev/shm";
  const wanted = 2 * 1024 ** 3;
  try {
    const { bavail, bsize } = await statfs(memory);
    await access(memory, constants.W_OK);
    if (bavail * bsize >= wanted) return memory;
  } catch {
    // There is none.
  }
  return tmpdir();
}

/** What a run that was killed could not take away would fill the memory. */
async function clearAbandoned(parent: string): Promise<void> {
  for await (const folder of glob(join(parent, "torg-test-*"))) {
    const pid = Number(await readFile(join(folder, "torg.pid"), "utf8").catch(() => ""));
    if (pid > 0 && !isAlive(pid)) await rm(folder, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's may not be touched, but lives.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** Nothing here has to survive a power cut. */
const forgetful = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_connections: "200",
};

async function makeTemplate(log: (line: string) => void): Promise<void> {
  const postgres = connectAs("postgres", "torg");
  await postgres.unsafe(`create role ${appRole} login nosuperuser nobypassrls`);
  // A whole Torg signs in as the owner, migrates, and then acts as the one who owns nothing.
  await postgres.unsafe(`grant ${appRole} to torg`);
  await postgres.unsafe(`create database ${templateName} owner torg`);
  await migrate(addressOf("torg", templateName), log);
  await postgres.end();
  const template = connectAs("postgres", templateName);
  await template.unsafe(grants);
  // The job queue's tables admit only their owner; in production the app is that owner.
  const queue = await template<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname = 'graphile_worker' and rowsecurity`;
  for (const { name } of queue)
    await template.unsafe(`create policy test on ${name} to ${appRole} using (true)`);
  await template.end();
}

const grants = ["public", "graphile_worker"]
  .map(
    (schema) => `
      grant usage on schema ${schema} to ${appRole};
      grant select, insert, update, delete on all tables in schema ${schema} to ${appRole};
      grant usage, select on all sequences in schema ${schema} to ${appRole};
      grant execute on all routines in schema ${schema} to ${appRole};`,
  )
  .join("\n");

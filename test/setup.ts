import { mkdtemp, rm } from "node:fs/promises";
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
  dataFolder = await mkdtemp(join(tmpdir(), "torg-test-"));
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
}

/** Nothing here has to survive a power cut. */
const forgetful = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_connections: "200",
};

async function makeTemplate(log: (line: string) => void): Promise<void> {
  const postgres = connectAs("postgres", "postgres");
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

import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { type Database, openDatabase } from "#platform/database.ts";
import { forPostgresJs } from "#platform/postgres/socket-address.ts";
import { environment } from "./environment.ts";

/** Owns nothing, so that row-level security binds it and it can change no table. */
export const appRole = "torg_app";
export const templateName = "torg_template";

export type TestDatabase = {
  /** Signs in as `torg_app`: for what opens its own connections. */
  url: string;
  /** Signs in as the tables' owner: for migrations, backup and restore. */
  ownerUrl: string;
  db: Database;
  /** The bare connections of `db`. */
  sql: Database["sql"];
};

type Scope = { after(cleanup: () => Promise<void>): void };

/** A migrated, empty database of the test's own (or the file's, given `{ after }` from node:test), dropped afterwards. */
export async function testDatabase(scope: Scope): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const admin = connectAs("postgres", "torg");
  // Copying the files is the faster strategy where nothing is flushed to disk.
  await admin.unsafe(`create database ${name} owner torg template ${templateName} strategy file_copy`);
  const url = addressOf(appRole, name);
  const db = openDatabase(url, { connections: 5, applicationName: "torg-test" });
  scope.after(async () => {
    await db.close();
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  });
  return { url, ownerUrl: addressOf("torg", name), db, sql: db.sql };
}

/** Connects to the run's server; `postgres` is its superuser. */
export function connectAs(user: string, database: string): postgres.Sql {
  const { url, options } = forPostgresJs(addressOf(user, database));
  return postgres(url, { ...options, max: 1, onnotice: () => {} });
}

export function addressOf(user: string, database: string): string {
  const server = environment.databaseUrl;
  if (!server) throw new Error("No database: run npm test, or node --test --test-global-setup=test/setup.ts");
  const url = new URL(server);
  url.username = user;
  url.pathname = `/${database}`;
  return url.href;
}

import { findAuthorityByHost, listAuthorities, type Authority } from "#domain/authorities/authority.ts";
import { writtenChannel } from "#domain/journal/sequencer.ts";
import { createLog, type Log } from "#platform/log.ts";
import type { Database } from "#platform/database.ts";
import { openStore } from "../open-store.ts";
import { CommandError, type Call } from "./command.ts";

/**
 * Opens the database for one command: the running server's, else PostgreSQL is started and stopped again.
 * A running server's sequencer is told of what was written.
 */
export async function withStore<T>(call: Call, work: (db: Database) => Promise<T>): Promise<T> {
  const store = await openStore(call.config, {
    log: commandLog(call),
    attachIfRunning: true,
    connections: 2,
  });
  try {
    const result = await work(store.db);
    await store.db.sql.notify(writtenChannel, "");
    return result;
  } finally {
    await store.close();
  }
}

/** Warnings alone, and on stderr: stdout is the answer's. */
export function commandLog(call: Call): Log {
  const level = call.config.logLevel === "debug" ? "debug" : "warn";
  return createLog({ level, write: (line) => void process.stderr.write(line), now: call.clock });
}

export const authorityFlag = {
  authority: { value: "DOMAIN", help: "Which authority, when the installation has several." },
} as const;

/** The authority that --authority names, or the only one there is. */
export async function chooseAuthority(call: Call, db: Database): Promise<Authority> {
  const domain = call.value("authority");
  const all = await db.system(listAuthorities);
  if (all.length === 0)
    throw new CommandError(
      "not-set-up",
      "No authority has been set up here yet, so nothing was done. Set one up with: npm run torg -- setup --help",
    );
  const named = domain ? await db.system((tx) => findAuthorityByHost(tx, domain.toLowerCase())) : undefined;
  if (named) return named;
  const known = all.map((authority) => authority.domain).join(", ");
  if (domain)
    throw new CommandError(
      "unknown-authority",
      `No authority answers at ${domain}; there is ${known}. Nothing was done.`,
    );
  const [only, another] = all;
  if (!only || another)
    throw new CommandError(
      "which-authority",
      `There are several authorities: say which with --authority. There is ${known}. Nothing was done.`,
    );
  return only;
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { subscriptions } from "#app.ts";
import { readConfig } from "#config.ts";
import { siteOf } from "#context.ts";
import { openSession } from "#domain/people/session.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import type { Database } from "#platform/database.ts";
import { createLog, silentLog } from "#platform/log.ts";
import { systemClock } from "#platform/clock.ts";
import { startTorg, type StartOptions, type Torg } from "../../src/start.ts";
import { appRole, testDatabase } from "../database.ts";
import { environment } from "../environment.ts";
import { startRoundRobin } from "../round-robin.ts";
import { freePort } from "../torg-process.ts";
import { waitFor } from "../interop/wait-for.ts";
import { ask, type Answer, type Question } from "./ask.ts";

export type LogLine = Record<string, unknown> & { level: string; message: string };
export type WholeTorg = {
  torg: Torg;
  db: Database;
  port: number;
  /** Two host names of loopback: one for each authority. */
  hosts: readonly [string, string];
  /** Every line logged so far, as written. */
  said: string[];
  lines(): LogLine[];
  /** A request at an authority's host, with its own origin when it carries a form. */
  ask(authority: Authority, path: string, question?: Question): Promise<Answer>;
  /** Signs a person in, and returns the cookie. */
  cookieOf(authority: Authority, person: PersonId): Promise<string>;
  /** Waits until the journal has been numbered, handled, and no job is left that could be done now. */
  settled(): Promise<void>;
};
type Scope = { after(cleanup: () => Promise<void>): void };

/**
 * A whole Torg on a port, on a database of its own, as a role that owns nothing: what is not wired together shows here.
 * In the shape of two and two it is several that share the load, in this process.
 */
export async function startWholeTorg(
  scope: Scope,
  parts: { serve?: boolean; work?: boolean } = {},
  variables: Record<string, string> = {},
): Promise<WholeTorg> {
  const build = (await import(new URL("../../scripts/build-client.mjs", import.meta.url).href)) as {
    buildClientIfChanged(): Promise<void>;
  };
  await build.buildClientIfChanged();
  const { db, ownerUrl } = await testDatabase(scope);
  const data = await mkdtemp(join(tmpdir(), "torg-whole-"));
  const port = await freePort();
  const said: string[] = [];
  const log = createLog({
    level: "debug",
    write: (line) => void said.push(line),
    now: () => Temporal.Now.instant(),
  });
  const config = readConfig({
    TORG_URL: `http://localhost:${port}`,
    TORG_PORT: String(port),
    TORG_DATA: data,
    DATABASE_URL: ownerUrl,
    TORG_ALLOW_PRIVATE_NETWORK: "1",
    TORG_UNDO_SECONDS: "0",
    ...variables,
  });
  const torg = await startInShape({ config, log, role: appRole, parts });
  scope.after(async () => {
    await torg.stop();
    await rm(data, { recursive: true, force: true });
  });
  return {
    torg,
    db,
    port,
    hosts: [`127.0.0.1:${port}`, `localhost:${port}`],
    said,
    lines: () => said.map((line) => JSON.parse(line) as LogLine),
    ask(authority, path, question = {}) {
      const isForm = question.form !== undefined || question.method === "POST";
      const origin: Record<string, string> = isForm ? { origin: siteOf(config, authority).origin } : {};
      return ask(port, authority.domain, path, { ...question, headers: { ...origin, ...question.headers } });
    },
    async cookieOf(authority, person) {
      const { secret } = await db.as(authority.id, (tx) =>
        openSession(tx, authority.id, person, "test", Temporal.Now.instant()),
      );
      return `torg_session=${secret}`;
    },
    settled: () => settled(db),
  };
}

/** The first of several Torgs stands for all of them: each has its own connections, caches and line to the journal. */
async function startInShape(options: StartOptions): Promise<Torg> {
  if (environment.shape === "one") return startTorg(options);
  const { serve = true, work = true } = options.parts ?? {};
  const started: Torg[] = [];
  const ports = serve ? await Promise.all([freePort(), freePort()]) : [];
  for (const port of ports)
    started.push(
      await startTorg({
        ...options,
        config: { ...options.config, port },
        parts: { serve: true, work: false },
      }),
    );
  if (work)
    for (let n = 0; n < 2; n++)
      started.push(await startTorg({ ...options, parts: { serve: false, work: true } }));
  const proxy = serve ? await startRoundRobin({ port: options.config.port }, ports) : undefined;
  const [first] = started;
  if (!first) throw new Error("nothing to start");
  return {
    ...first,
    async stop() {
      await Promise.all(started.map((one) => one.stop()));
      await proxy?.stop();
    },
  };
}

/** A reader that has never come so far has no row yet. */
const readers = subscriptions({ config: readConfig({}), clock: systemClock, log: silentLog }).length;

export async function settled(db: Database): Promise<void> {
  await waitFor(
    () =>
      db.system(async (tx) => {
        const [row] = await tx<{ busy: boolean }[]>`
          select exists (select from journal where number is null)
            or (select number > 0 and (select count(*) from subscription where position = head.number) < ${readers}
              from journal_head head)
            or exists (select from graphile_worker._private_jobs
              where attempts < max_attempts and (locked_at is not null or run_at <= now())) as busy`;
        return row?.busy === false;
      }),
    { what: "a quiet journal" },
  );
}

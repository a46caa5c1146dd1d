import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext } from "playwright-core";
import { readConfig } from "#config.ts";
import { makeLink } from "#domain/people/sign-in-link.ts";
import type { Database } from "#platform/database.ts";
import { createLog } from "#platform/log.ts";
import { startTorg, type Torg } from "../../src/start.ts";
import { environment } from "../environment.ts";
import { exampleAuthority, type Example } from "../example.ts";
import { startProcesses } from "../faults/several-torgs.ts";
import { freePort, nameInHosts } from "./snac.ts";

type Build = { buildClientIfChanged(): Promise<void> };

/**
 * A whole Torg that other servers reach by a host name: in this process, on a data folder and a PostgreSQL of its own;
 * or, in the shape of two and two, processes that share the load.
 */
export type WholeTorg = Example & {
  db: Database;
  /** Where it is in this process. */
  torg?: Torg;
  origin: string;
  /** `kommunchef@torg.test:41234`, without the leading @. */
  handleOf(account: { handle: string }): string;
  /** The lines of the log so far, in the order in which they came. */
  lines: () => LogLine[];
  /** A browser that has signed in by a link and its button. */
  signIn(browser: Browser): Promise<BrowserContext>;
  stop: () => Promise<void>;
};

export type LogLine = Record<string, unknown> & {
  time: string;
  message?: string;
  path?: string;
  status?: number;
};

type Place = { host: string; address: string; port: number };
type Started = { db: Database; torg?: Torg; lines: () => LogLine[]; stop: () => Promise<void> };

export async function startWholeTorg({
  name,
  address,
}: {
  name: string;
  address: string;
}): Promise<WholeTorg> {
  const build = (await import(new URL("../../scripts/build-client.mjs", import.meta.url).href)) as Build;
  await build.buildClientIfChanged();
  const port = await freePort(address);
  await nameInHosts(name, address);
  const host = `${name}:${port}`;
  const origin = `http://${host}`;
  const start = environment.shape === "one" ? startOne : startSeveral;
  const started = await start({ host, address, port });
  const { db } = started;
  const example = await exampleAuthority(db, { domain: host });
  return {
    ...example,
    ...started,
    origin,
    handleOf: ({ handle }) => `${handle}@${host}`,
    async signIn(browser) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "sv-SE" });
      context.setDefaultTimeout(15_000);
      const secret = await db.as(example.authority.id, (tx) =>
        makeLink(tx, example.authority.id, example.person, Temporal.Now.instant()),
      );
      const page = await context.newPage();
      await page.goto(`${origin}/sign-in/${secret}`);
      await page.getByRole("main").getByRole("button").click();
      await page.waitForURL(`${origin}/deck`);
      await page.close();
      return context;
    },
  };
}

async function startOne({ host, address, port }: Place): Promise<Started> {
  const data = await mkdtemp(join(tmpdir(), "torg-whole-"));
  const lines: LogLine[] = [];
  const torg = await startTorg({
    config: readConfig({
      TORG_URL: `http://${host}`,
      TORG_PORT: String(port),
      TORG_LISTEN: address,
      TORG_DATA: data,
      TORG_ALLOW_PRIVATE_NETWORK: "1",
      TORG_UNDO_SECONDS: "0",
    }),
    log: createLog({
      level: "info",
      now: () => Temporal.Now.instant(),
      write: (line) => void lines.push(JSON.parse(line) as LogLine),
    }),
  });
  return {
    torg,
    db: torg.services.db,
    lines: () => lines,
    async stop() {
      await torg.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}

async function startSeveral(behind: Place): Promise<Started> {
  const cleanups: (() => Promise<void>)[] = [];
  const scope = { after: (cleanup: () => Promise<void>) => void cleanups.push(cleanup) };
  const { db, servers, workers } = await startProcesses(scope, { serving: 2, working: 2, behind });
  const said = () => [...servers, ...workers].map((one) => one.output()).join("\n");
  return {
    db,
    lines: () =>
      said()
        .split("\n")
        .filter((line) => line.startsWith("{"))
        .map((line) => JSON.parse(line) as LogLine)
        .toSorted((a, b) => (a.time < b.time ? -1 : 1)),
    async stop() {
      for (const cleanup of cleanups.toReversed()) await cleanup();
    },
  };
}

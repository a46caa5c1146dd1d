import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext } from "playwright-core";
import { readConfig } from "#config.ts";
import { makeLink } from "#domain/people/sign-in-link.ts";
import { createLog } from "#platform/log.ts";
import { startTorg, type Torg } from "../../src/start.ts";
import { exampleAuthority, type Example } from "../example.ts";
import { freePort, nameInHosts } from "./snac.ts";

type Build = { buildClientIfChanged(): Promise<void> };

/** A whole Torg in this process, on a host name, a data folder and a PostgreSQL of its own, that other servers reach. */
export type WholeTorg = Example & {
  torg: Torg;
  origin: string;
  /** `kommunchef@torg.test:41234`, without the leading @. */
  handleOf(account: { handle: string }): string;
  /** The lines of the log as they came. */
  lines: LogLine[];
  /** A browser that has signed in by a link and its button. */
  signIn(browser: Browser): Promise<BrowserContext>;
  stop(): Promise<void>;
};

export type LogLine = Record<string, unknown> & {
  message?: string;
  path?: string;
  status?: number;
  seen: number;
};

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
  const data = await mkdtemp(join(tmpdir(), "torg-whole-"));
  const origin = `http://${name}:${port}`;
  const lines: LogLine[] = [];
  const log = createLog({
    level: "info",
    now: () => Temporal.Now.instant(),
    write: (line) => void lines.push({ ...(JSON.parse(line) as object), seen: Date.now() }),
  });
  const torg = await startTorg({
    config: readConfig({
      TORG_URL: origin,
      TORG_PORT: String(port),
      TORG_LISTEN: address,
      TORG_DATA: data,
      TORG_ALLOW_PRIVATE_NETWORK: "1",
      TORG_UNDO_SECONDS: "0",
    }),
    log,
  });
  const example = await exampleAuthority(torg.services.db, { domain: `${name}:${port}` });
  return {
    ...example,
    torg,
    origin,
    lines,
    handleOf: ({ handle }) => `${handle}@${name}:${port}`,
    async signIn(browser) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "sv-SE" });
      context.setDefaultTimeout(15_000);
      const { db, clock } = torg.services;
      const secret = await db.as(example.authority.id, (tx) =>
        makeLink(tx, example.authority.id, example.person, clock()),
      );
      const page = await context.newPage();
      await page.goto(`${origin}/sign-in/${secret}`);
      await page.getByRole("main").getByRole("button").click();
      await page.waitForURL(`${origin}/deck`);
      await page.close();
      return context;
    },
    async stop() {
      await torg.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}

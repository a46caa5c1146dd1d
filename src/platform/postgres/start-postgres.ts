import { mkdirSync, realpathSync, existsSync } from "node:fs";
import { join } from "node:path";
import { type ServerAddress, beforeNextLook, findRunningServer } from "./attach-to-server.ts";
import { clearLeftovers } from "./clear-leftovers.ts";
import { lockDataFolder } from "./data-folder-lock.ts";
import { initialiseCluster } from "./initialise-cluster.ts";
import { locateBinaries } from "./locate-binaries.ts";
import { makeOwner, type Owned } from "./make-owner.ts";
import { chooseRunAs, giveTo } from "./run-as.ts";
import { runServer } from "./run-server.ts";
import {
  makeSocketFolder,
  removeSocketFolder,
  socketFolderFor,
  socketPort,
  socketUrl,
} from "./socket-address.ts";

export type EmbeddedPostgres = {
  socketFolder: string;
  port: number;
  user: "torg";
  database: "torg";
  /** For node-pg, and for postgres.js through `forPostgresJs`. */
  url: string;
  /** False when attached to the server of another Torg. */
  startedByUs: boolean;
  /** Returns when the server has shut down cleanly; does nothing when attached. */
  stop(): Promise<void>;
  /** Called once if the server ends without `stop`; never when attached. */
  onExit(listener: (detail: string) => void): void;
};

export type StartOptions = {
  /** Torg's data folder; the database lies in `postgres` inside it. */
  dataFolder: string;
  log: (line: string) => void;
  /** For commands beside a running Torg: use its server instead of refusing. */
  attachIfRunning?: boolean;
  settings?: Record<string, string>;
  /** What is done first in the database, while a new one is still being brought to the disk. */
  prepare?: (url: string) => Promise<void>;
};

/** Another living Torg uses the data folder. */
export class DataFolderInUse extends Error {
  override name = "DataFolderInUse";
  readonly pid: number | undefined;

  constructor(dataFolder: string, pid: number | undefined) {
    super(`The data folder ${dataFolder} is in use by Torg${pid ? ` (process ${pid})` : ""}.`);
    this.pid = pid;
  }
}

const looksAtRunningServer = 600;

/** Starts PostgreSQL on a data folder, making the database the first time, or throws the reason why not. */
export async function startEmbeddedPostgres(options: StartOptions): Promise<EmbeddedPostgres> {
  mkdirSync(options.dataFolder, { recursive: true, mode: 0o700 });
  const dataFolder = realpathSync(options.dataFolder);
  for (let look = 1; ; look++) {
    const lock = lockDataFolder(dataFolder);
    if (lock.outcome === "locked")
      return prepared(await startLocked(dataFolder, options, lock.release), options);
    const running = options.attachIfRunning
      ? await findRunningServer(join(dataFolder, "postgres"))
      : undefined;
    if (running) return prepared(attachedTo(running), options);
    // The other Torg may still be starting, or on its way out.
    if (!options.attachIfRunning || look === looksAtRunningServer) {
      throw new DataFolderInUse(dataFolder, lock.pid);
    }
    await beforeNextLook();
  }
}

async function startLocked(
  dataFolder: string,
  { log, settings = {} }: StartOptions,
  release: () => void,
): Promise<EmbeddedPostgres & Unprepared> {
  try {
    const cluster = join(dataFolder, "postgres");
    const socketFolder = socketFolderFor(dataFolder);
    const binaries = locateBinaries();
    const runAs = chooseRunAs(existsSync(cluster) ? cluster : dataFolder);
    await clearLeftovers(cluster, socketFolder, log);
    const made = await initialiseCluster(cluster, binaries, runAs, log);
    giveTo(runAs, cluster);
    makeSocketFolder(socketFolder, runAs.uid, runAs.gid);
    const { postgres } = binaries;
    const server = await runServer({ postgres, cluster, socketFolder, runAs, settings, log });
    const ended = server.ended.then((end) => {
      release();
      return end;
    });
    let owned: Owned | undefined;
    return {
      ...addressed({ socketFolder, port: socketPort }),
      startedByUs: true,
      async begin() {
        if (made) owned = await makeOwner(socketFolder);
      },
      async finish() {
        await Promise.all([made?.synced, owned?.flush()]);
        await made?.keep();
      },
      async stop() {
        await server.stop();
        await ended;
        removeSocketFolder(socketFolder);
      },
      onExit(listener) {
        void ended.then(({ asked, detail }) => asked || listener(detail));
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

/** What a new database asks for around `prepare`. */
type Unprepared = { begin?: () => Promise<void>; finish?: () => Promise<void> };

/** Nothing is told of a database before it is prepared and, if it is new, on the disk. */
async function prepared(
  { begin, finish, ...postgres }: EmbeddedPostgres & Unprepared,
  { prepare }: StartOptions,
): Promise<EmbeddedPostgres> {
  try {
    await begin?.();
    await prepare?.(postgres.url);
    await finish?.();
    return postgres;
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

function attachedTo(address: ServerAddress): EmbeddedPostgres {
  return { ...addressed(address), startedByUs: false, async stop() {}, onExit() {} };
}

function addressed({ socketFolder, port }: ServerAddress) {
  const [user, database] = ["torg", "torg"] as const;
  return { socketFolder, port, user, database, url: socketUrl(socketFolder, port, user, database) };
}

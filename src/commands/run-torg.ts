import { setTimeout as wait } from "node:timers/promises";
import type { Config } from "#config.ts";
import { createLineWriter } from "#platform/line-writer.ts";
import { createLog, type Log } from "#platform/log.ts";
import { openStore, type Store } from "../open-store.ts";
import type { Torg } from "../start.ts";
import { version } from "../version.ts";
import { CommandError, type Answer, type Call } from "./command.ts";

export type Parts = { serve: boolean; work: boolean };

/** Runs a Torg until it is told to stop. The answer is empty: what there is to say has been said on the way. */
export async function runTorg(
  call: Call,
  parts: Parts,
  onAnswering: (torg: Pick<Torg, "url" | "services">) => Promise<string[]>,
): Promise<Answer> {
  const log = serverLog(call.config, call);
  const asked = stopSignals(call);
  const crashed = uncaught(log);
  // The database starts, and is made the first time, while the rest of the program is read.
  const store = openStore(call.config, { log, attachIfRunning: !parts.serve });
  store.catch(() => {}); // Whoever waits for it hears of it.
  // Its programs are called before that holds this one up.
  await new Promise((resolve) => setImmediate(resolve));
  const { startTorg } = await import("../start.ts");
  const lost = lossOf(store);
  let torg: Torg | undefined;
  try {
    const starting = startTorg({
      config: call.config,
      log,
      clock: call.clock,
      parts,
      store,
      onAnswering: async (torg) => {
        for (const line of await onAnswering(torg)) torg.services.announce(line);
      },
    });
    torg = await Promise.race([starting, lost]);
    log.info("started", { version, url: torg.url, pid: process.pid, ...parts });
    await Promise.race([asked, lost, crashed]);
  } catch (error) {
    // What fails for want of a database fails a moment before it is known to be gone. It cannot be taken leave of then.
    await Promise.race([lost, wait(knownMs)]);
    await torg?.stop();
    throw error;
  }
  log.info("stopping");
  await torg.stop();
  log.info("stopped");
  return { text: "", json: { stopped: true } };
}

const knownMs = 1_000;

/** Rejects when the database ends without being asked to. */
function lossOf(store: Promise<Store>): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => {}); // It may come before anyone waits for it.
  const said = (detail: string) =>
    reject(
      new CommandError(
        "database-lost",
        `The database ended by itself (${detail}), so Torg stops. What was committed is kept; start Torg again.`,
      ),
    );
  store.then(
    (opened) => opened.onLoss(said),
    () => {},
  );
  return promise;
}

/** On a terminal a person reads: nothing below a warning, unless asked for. Elsewhere, or with --json, JSON lines. */
function serverLog(config: Config, call: Call): Log {
  const quiet = process.stdout.isTTY && !call.json && config.logLevel === "info";
  const level = quiet ? "warn" : config.logLevel;
  const lines = createLineWriter((text) => void process.stdout.write(text));
  process.once("exit", lines.flush);
  return createLog({ level, write: lines.write, now: call.clock });
}

/** Rejects with what nobody caught, so that Torg still stops in order. */
function uncaught(log: Log): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => {}); // It may come before anyone waits for it.
  process.on("uncaughtException", (error, origin) => {
    log.error("a failure that nobody caught", { error, origin });
    reject(error);
  });
  return promise;
}

/** A terminal and npm may both pass the same Ctrl-C on: that is one wish, not two. */
const echoMs = 1_000;

/** Resolves at the first signal to stop. A second one, meant as such, ends the process at once. */
function stopSignals(call: Call): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let first: Temporal.Instant | undefined;
  const heard = () => {
    const now = call.clock();
    if (first === undefined) {
      first = now;
      resolve();
    } else if (now.since(first).total("milliseconds") > echoMs) {
      process.stderr.write("Stopped in the middle of its work; what was committed is kept.\n");
      process.exit(1);
    }
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, heard);
  return promise;
}

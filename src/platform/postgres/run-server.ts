import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { type RunAs, postgresEnvironment } from "./run-as.ts";
import { socketPort } from "./socket-address.ts";

export type RunningServer = {
  pid: number;
  /** Fast shutdown: sessions are cut, everything committed is on disk, the next start needs no recovery. */
  stop(): Promise<void>;
  /** How it ended, once it has; `asked` when `stop` was called. */
  ended: Promise<{ asked: boolean; detail: string }>;
};

export type ServerOptions = {
  postgres: string;
  cluster: string;
  socketFolder: string;
  runAs: RunAs;
  settings: Record<string, string>;
  log: (line: string) => void;
};

const lastWordsMs = 1000;

/** Runs the server and returns when it takes connections. A recovery may take minutes, so there is no time limit. */
export async function runServer(options: ServerOptions): Promise<RunningServer> {
  const { file, args } = options.runAs.command(options.postgres, [
    "-D",
    options.cluster,
    ...Object.entries(allSettings(options)).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ]);
  const child = spawn(file, args, {
    env: postgresEnvironment,
    cwd: "/",
    stdio: ["ignore", "ignore", "pipe"],
    // Else Ctrl-C in a terminal would stop the database under a Torg that is still finishing its requests.
    detached: true,
  });
  let asked = false;
  const ended = new Promise<{ asked: boolean; detail: string }>((resolve) => {
    child.on("error", (error) => resolve({ asked, detail: error.message }));
    child.on("exit", (code, signal) => {
      const end = { asked, detail: signal ?? `code ${code}` };
      // Its last words are still to be read; but a session that outlives it would hold the pipe open.
      child.once("close", () => resolve(end));
      setTimeout(resolve, lastWordsMs, end).unref();
    });
  });
  const lastLines: string[] = [];
  const ready = new Promise<"ready">((resolve) => {
    createInterface({ input: child.stderr }).on("line", (line) => {
      lastLines.push(line);
      if (lastLines.length > 20) lastLines.shift();
      options.log(line);
      if (line.includes("database system is ready to accept connections")) resolve("ready");
    });
  });
  const first = await Promise.race([ready, ended]);
  if (first !== "ready") {
    throw new Error(`PostgreSQL did not start (${first.detail}):\n${lastLines.join("\n")}`);
  }
  return {
    pid: child.pid ?? 0,
    ended,
    async stop() {
      asked = true;
      await stopServer(child);
      await ended;
    },
  };
}

async function stopServer(child: ChildProcess): Promise<void> {
  for (const [signal, patience] of [
    ["SIGINT", 60_000],
    ["SIGQUIT", 10_000],
    ["SIGKILL", 10_000],
  ] as const) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit", { signal: AbortSignal.timeout(patience) });
    child.kill(signal);
    if (
      await gone.then(
        () => true,
        () => false,
      )
    )
      return;
  }
}

function allSettings({ settings, socketFolder }: ServerOptions): Record<string, string> {
  return {
    max_connections: "60",
    // What it does not hold lies in the system's own memory for files, which is there for whoever needs it.
    shared_buffers: "24MB",
    work_mem: "8MB",
    maintenance_work_mem: "64MB",
    autovacuum_max_workers: "2",
    // Room is set aside for each that there could be.
    autovacuum_worker_slots: "2",
    max_replication_slots: "0",
    // Nothing here is serializable.
    max_pred_locks_per_transaction: "10",
    // A process less; what is read mostly lies in memory.
    io_method: "sync",
    io_max_concurrency: "8",
    jit: "off",
    fsync: "on",
    synchronous_commit: "on",
    full_page_writes: "on",
    // Nothing copies this server's log elsewhere.
    wal_level: "minimal",
    max_wal_senders: "0",
    max_logical_replication_workers: "0",
    max_wal_size: "512MB",
    timezone: "UTC",
    log_timezone: "UTC",
    log_checkpoints: "off",
    // A refused row's values may be personal data; the query's caller learns them, the log need not.
    log_error_verbosity: "terse",
    ...settings,
    // What this starter relies on is not for changing.
    listen_addresses: "",
    port: String(socketPort),
    unix_socket_directories: `"${socketFolder.replaceAll('"', '""')}"`,
    unix_socket_permissions: "0700",
    logging_collector: "off",
    log_destination: "stderr",
    log_line_prefix: "",
    lc_messages: "C",
  };
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { environment } from "./environment.ts";

const program = fileURLToPath(new URL("../bin/torg.mjs", import.meta.url));

export type TorgProcess = {
  pid: number;
  url: string;
  /** Everything it has said so far, on stdout and stderr. */
  output(): string;
  /** When it answers requests; rejects with its words if it ends before. */
  ready: Promise<void>;
  /** The first line, past or coming, that matches. */
  line(pattern: RegExp): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};

export type TorgOptions = {
  dataFolder: string;
  args?: string[];
  env?: Record<string, string>;
  port?: number;
  /** Another Node than this process's own. */
  node?: string;
};

/** Starts a real `torg serve` (or what `args` says) on a data folder and a free port. */
export async function startTorgProcess(options: TorgOptions): Promise<TorgProcess> {
  const port = options.port ?? (await freePort());
  const child = spawn(options.node ?? process.execPath, [program, ...(options.args ?? ["serve"])], {
    env: environmentOf(options, port),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  const listeners = new Set<(line: string) => void>();
  const hear = (line: string) => {
    lines.push(line);
    for (const listener of listeners) listener(line);
  };
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on("line", hear);
  const exited = endOf(child);
  const line = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const known = lines.find((one) => pattern.test(one));
      if (known !== undefined) return resolve(known);
      listeners.add((one) => pattern.test(one) && resolve(one));
      void exited.then(() => reject(new Error(`Torg ended without saying ${pattern}:\n${lines.join("\n")}`)));
    });
  const ready = line(/"message":"started"/).then(() => {});
  ready.catch(() => {}); // Whoever waits for it hears of it.
  return {
    pid: child.pid ?? 0,
    url: `http://localhost:${port}`,
    output: () => lines.join("\n"),
    ready,
    line,
    kill: (signal) => void child.kill(signal),
    exited,
  };
}

/** Runs one command to its end. */
export async function runTorgCommand(
  options: TorgOptions & { args: string[] },
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [program, ...options.args], {
    env: environmentOf(options, options.port ?? 3000),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { stdout: "", stderr: "" };
  child.stdout.on("data", (bytes) => (said.stdout += String(bytes)));
  child.stderr.on("data", (bytes) => (said.stderr += String(bytes)));
  const { code } = await endOf(child);
  return { code, ...said };
}

function environmentOf({ dataFolder, env }: TorgOptions, port: number): Record<string, string> {
  return {
    ...environment.forPrograms,
    TORG_DATA: dataFolder,
    TORG_PORT: String(port),
    TORG_UNDO_SECONDS: "0",
    ...env,
  };
}

async function endOf(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  return { code, signal };
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

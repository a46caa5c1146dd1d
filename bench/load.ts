import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Bench, Measured } from "./row.ts";

/** What is asked for: an address and what goes with it. */
export type Asked = { url: string; headers?: Record<string, string> };

const connections = 8;

/**
 * Requests a second by wrk with eight connections, ours and those of a bare server that sends the same bytes, taking
 * turns.
 */
export async function againstBare(
  bench: Bench,
  asked: Asked,
): Promise<Pick<Measured, "ours" | "limits" | "unit" | "note">> {
  const body = await fetchBody(asked);
  const bare = await startBare(bench, body);
  await load(asked, 1);
  const ours: number[] = [];
  const limits: number[] = [];
  for (let round = 0; round < bench.rounds; round++) {
    ours.push(await load(asked, bench.seconds));
    limits.push(await load({ ...asked, url: bare }, bench.seconds));
  }
  return { unit: "a second", ours, limits, note: `${body.length} bytes` };
}

/** Requests a second. */
export async function load({ url, headers = {} }: Asked, seconds: number): Promise<number> {
  if (!existsSync("/usr/bin/wrk")) throw new Error("wrk is missing. On Debian: apt-get install wrk.");
  const said = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  const run = await promisify(execFile)("wrk", ["-t1", `-c${connections}`, `-d${seconds}s`, ...said, url]);
  if (/Non-2xx|Socket errors/.test(run.stdout)) throw new Error(`${url}\n${run.stdout}`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(run.stdout)?.[1]);
}

export async function fetchBody({ url, headers = {} }: Asked): Promise<Buffer> {
  const answer = await fetch(url, { headers });
  const body = Buffer.from(await answer.arrayBuffer());
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${body.toString().slice(0, 200)}`);
  return body;
}

/** A server in a process of its own that sends these bytes; its address. */
export async function startBare(bench: Bench, body: Buffer): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "bare-server.ts")]);
  bench.after(() => void child.kill());
  child.stdin.end(body);
  const port = await new Promise<string>((resolve) => {
    child.stdout.once("data", (bytes: Buffer) => resolve(bytes.toString().trim()));
  });
  return `http://127.0.0.1:${port}/`;
}

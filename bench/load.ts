import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import type { Bench, Measured } from "./row.ts";

/** What is asked for: an address and what goes with it. */
export type Asked = { url: string; headers?: Record<string, string> };
/** An answer as it travels: names and values of its head in turn, and its body. */
export type Answer = { head: string[]; body: Buffer };

const connections = 8;

/**
 * Requests a second by wrk with eight connections, ours and those of a bare server that sends the same bytes, taking
 * turns. The same bytes are the whole answer: head and body, as ours sent them once.
 */
export async function againstBare(
  bench: Bench,
  asked: Asked,
): Promise<Pick<Measured, "ours" | "limits" | "unit" | "note">> {
  const answer = await fetchAnswer(asked);
  const bare = { ...asked, url: await startBare(bench, answer) };
  await load(asked, 1);
  await load(bare, 1);
  const ours: number[] = [];
  const limits: number[] = [];
  for (let round = 0; round < bench.rounds; round++) {
    ours.push(await load(asked, bench.seconds));
    limits.push(await load(bare, bench.seconds));
  }
  return { unit: "a second", ours, limits, note: `${answer.body.length} bytes` };
}

/** Requests a second. */
export async function load({ url, headers = {} }: Asked, seconds: number): Promise<number> {
  if (!existsSync("/usr/bin/wrk")) throw new Error("wrk is missing. On Debian: apt-get install wrk.");
  const said = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  const run = await promisify(execFile)("wrk", ["-t1", `-c${connections}`, `-d${seconds}s`, ...said, url]);
  if (/Non-2xx|Socket errors/.test(run.stdout)) throw new Error(`${url}\n${run.stdout}`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(run.stdout)?.[1]);
}

export async function fetchBody(asked: Asked): Promise<Buffer> {
  return (await fetchAnswer(asked)).body;
}

/** Asked for with what is said and nothing else, as wrk does. */
async function fetchAnswer({ url, headers = {} }: Asked): Promise<Answer> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { headers }, resolve).on("error", reject);
  });
  const body = await buffer(answer);
  if (answer.statusCode !== 200)
    throw new Error(`${url} answered ${answer.statusCode}: ${body.toString().slice(0, 200)}`);
  return { head: withoutNodes(answer.rawHeaders), body };
}

/** Every server of node:http adds these itself. */
const nodes = new Set(["date", "connection", "keep-alive", "transfer-encoding"]);

function withoutNodes(raw: readonly string[]): string[] {
  return raw.flatMap((name, index) =>
    index % 2 === 0 && !nodes.has(name.toLowerCase()) ? [name, raw[index + 1] ?? ""] : [],
  );
}

/** A server in a process of its own that sends this answer to whatever is asked; its address. */
async function startBare(bench: Bench, { head, body }: Answer): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "bare-server.ts")]);
  bench.after(() => void child.kill());
  child.stdin.write(`${JSON.stringify(head)}\n`);
  child.stdin.end(body);
  const port = await new Promise<string>((resolve) => {
    child.stdout.once("data", (bytes: Buffer) => resolve(bytes.toString().trim()));
  });
  return `http://127.0.0.1:${port}/`;
}

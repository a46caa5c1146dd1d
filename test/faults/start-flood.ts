import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export type FloodTold =
  | { prepare: number; inbox: string; post: string }
  | { port: number; connections: number; shortestMs: number; longestMs: number };

export type Flooded = {
  /** Notes that were answered 202 at least once. */
  accepted: string[];
  /** How often each status was the answer. */
  answers: Record<string, number>;
  /** Refused for now without a word of when to come back. */
  withoutTime: number;
  ms: number;
};

export type FloodWords = { ready: true } | { prepared: number } | Flooded;

export type Flood = {
  /** Signs so many replies to a post. */
  prepare(count: number, to: { inbox: string; post: string }): Promise<void>;
  /** Sends them again and again over so many connections, each from an address of its own. */
  send(to: { port: number; connections: number; shortestMs: number; longestMs: number }): Promise<Flooded>;
};

/** A server in a process of its own that sends more than can be taken. It keeps to loopback. */
export async function startFlood(scope: { after(cleanup: () => void): void }): Promise<Flood> {
  const child = fork(fileURLToPath(new URL("flooding-peer.ts", import.meta.url)));
  scope.after(() => void child.kill());
  const ended = once(child, "exit").then(() => {
    throw new Error("the flood's process ended");
  });
  ended.catch(() => {});
  const hear = async <Words extends FloodWords>() => {
    const [words] = (await Promise.race([once(child, "message"), ended])) as [Words];
    return words;
  };
  const ask = async <Words extends FloodWords>(told: FloodTold) => {
    const answer = hear<Words>();
    child.send(told);
    return answer;
  };
  await hear();
  return {
    prepare: async (count, to) => void (await ask({ prepare: count, ...to })),
    send: (to) => ask<Flooded>(to),
  };
}

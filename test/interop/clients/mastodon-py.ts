import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export type Heard = { event: string; payload: Record<string, unknown> & string };

/** Mastodon.py, a library of the ecosystem, in a process of its own; each call is one of its methods. */
export type MastodonPy = {
  call<T = Record<string, unknown>>(
    method: string,
    positional?: unknown[],
    named?: Record<string, unknown>,
  ): Promise<T>;
  /** What its stream has heard of a kind, once there is one that fits. */
  heard(event: string, fits?: (payload: Heard["payload"]) => boolean): Promise<Heard["payload"]>;
  stop(): void;
};

export function startMastodonPy(): MastodonPy {
  const script = fileURLToPath(new URL("mastodon-client.py", import.meta.url));
  const child = spawn("/usr/bin/python3", [script], { stdio: ["pipe", "pipe", "inherit"] });
  const answers = new EventEmitter();
  const events: Heard[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    const said = JSON.parse(line) as { result?: unknown; error?: string } & Partial<Heard>;
    if (said.event === undefined) return void answers.emit("answer", said);
    events.push(said as Heard);
    answers.emit("event");
  });
  return {
    async call(method, positional = [], named = {}) {
      const answer = once(answers, "answer");
      child.stdin.write(`${JSON.stringify([method, positional, named])}\n`);
      const [said] = (await answer) as [{ result: never; error?: string }];
      if (said.error !== undefined) throw new Error(`${method}: ${said.error}`);
      return said.result;
    },
    async heard(event, fits = () => true) {
      const signal = AbortSignal.timeout(15_000);
      for (;;) {
        const found = events.find((one) => one.event === event && fits(one.payload));
        if (found) return found.payload;
        await once(answers, "event", { signal });
      }
    },
    stop: () => void child.kill(),
  };
}

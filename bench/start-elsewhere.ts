import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Answered, Told } from "./elsewhere-messages.ts";
import type { Bench } from "./row.ts";

export type Elsewhere = {
  port: number;
  /** Keys of the hundred known actors, by the key's name. */
  keys: Record<string, string>;
  prepare(what: Omit<Extract<Told, { do: "prepare" }>, "do">): Promise<void>;
  /** Posts what has been prepared, again and again the same. Requests a second; throws unless all are answered 202. */
  post(port: number): Promise<number>;
  /** Waits until so many deliveries have come, all in all. */
  received(count: number): Promise<void>;
};

/** Requests under way at the same time: to us as to the limit. */
export const concurrency = 64;

/** Other servers, in a process of their own. */
export async function startElsewhere(bench: Bench): Promise<Elsewhere> {
  const child = fork(join(import.meta.dirname, "elsewhere.ts"));
  bench.after(() => void child.kill());
  const begun = await heard(child);
  if (!("port" in begun)) throw new Error("the others did not begin");
  const ask = async (told: Told): Promise<Answered> => {
    const answer = heard(child);
    child.send(told);
    return answer;
  };
  return {
    ...begun,
    prepare: async (what) => void (await ask({ do: "prepare", ...what })),
    async post(port) {
      const answer = await ask({ do: "post", port, concurrency });
      if (!("accepted" in answer)) throw new Error("nothing was posted");
      if (answer.refused.length > 0) throw new Error(answer.refused.join("; "));
      return (answer.accepted / answer.ms) * 1000;
    },
    received: async (count) => void (await ask({ do: "await-received", count })),
  };
}

/** The next message; or the end of the process, which then is an error. */
export async function heard(child: ChildProcess): Promise<Answered> {
  const ended = new AbortController();
  const end = once(child, "exit", { signal: ended.signal }).then(() => {
    throw new Error("a process of the bench ended");
  });
  try {
    const [message] = (await Promise.race([once(child, "message", { signal: ended.signal }), end])) as [
      Answered,
    ];
    return message;
  } finally {
    end.catch(() => {});
    ended.abort();
  }
}

// Many open streams of server-sent events, in a process of its own. Reads {url, headers}[] as JSON from standard input,
// opens all of them and says {"open": n}; from then on {"mark", "first", "half", "all", "bytes"} each time every one of
// them has heard a mark such as mark-17-: the moments (monotonic nanoseconds, the same for all processes) at which the
// first, half and all had it, and how much came to each of them.
import { Agent, get } from "node:http";
import { text } from "node:stream/consumers";

type Asked = { url: string; headers?: Record<string, string> };

const asked = JSON.parse(await text(process.stdin)) as Asked[];
const agent = new Agent({ maxSockets: Infinity });
const heard = new Map<string, { count: number; first: bigint; half: bigint; bytes: number }>();
const longest = "mark-1234567890-".length;

/** So that opening does not overwhelm the server's backlog. */
const atOnce = 50;
for (let n = 0; n < asked.length; n += atOnce) await Promise.all(asked.slice(n, n + atOnce).map(listen));
say({ open: asked.length });

function listen({ url, headers = {} }: Asked): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { headers, agent }, (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`${url} answered ${answer.statusCode}`));
      let rest = "";
      let newest = -1;
      let bytes = 0;
      answer.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        const words = rest + chunk.toString("latin1");
        rest = words.slice(-longest);
        // Only from then on nothing is missed.
        if (newest < 0 && words.includes("hello")) resolve();
        for (const [mark, number] of words.matchAll(/mark-(\d+)-/g)) {
          // What is said of a post later has its mark again.
          if (Number(number) <= newest) continue;
          newest = Number(number);
          has(mark, bytes);
          bytes = 0;
        }
      });
      answer.on("end", () => {
        console.error(`${url} ended`);
        process.exit(1);
      });
      return undefined;
    }).on("error", reject);
  });
}

function has(mark: string, bytes: number): void {
  const now = process.hrtime.bigint();
  const known = heard.get(mark) ?? { count: 0, first: now, half: now, bytes: 0 };
  heard.set(mark, known);
  known.count++;
  known.bytes += bytes;
  if (known.count === Math.ceil(asked.length / 2)) known.half = now;
  if (known.count < asked.length) return;
  heard.delete(mark);
  const { first, half } = known;
  say({
    mark,
    first: String(first),
    half: String(half),
    all: String(now),
    bytes: Math.round(known.bytes / asked.length),
  });
}

function say(what: object): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}

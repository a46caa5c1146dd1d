import { millisecondsOf, systemClock, type Clock } from "./clock.ts";
import { sourceTrace } from "./source-trace.ts";

export type LogLevel = "debug" | "info" | "warn" | "error";
export type Log = {
  [level in LogLevel]: (message: string, facts?: Record<string, unknown>) => void;
} & {
  /** The same log with facts that every line of it carries. */
  with(facts: Record<string, unknown>): Log;
  /** An info line that will be said again and again, written out beforehand but for one fact. */
  repeated(message: string, facts: Record<string, unknown>, differing: string): (value: string) => void;
};

const order: LogLevel[] = ["debug", "info", "warn", "error"];
const leftOut = "[left out]";
/** Names whose values never reach a line, at any depth. */
const secret = /token|secret|password|authorization|cookie|private|signature|^link$/i;

/** One JSON object a line. Secrets are left out by name, and links that sign in by shape. */
export function createLog(options: { level: LogLevel; write: (line: string) => void; now: Clock }): Log {
  const lowest = order.indexOf(options.level);
  const time = timeTeller(options.now);
  const make = (bound: Record<string, unknown>): Log => {
    const at = (level: LogLevel) => (message: string, facts?: Record<string, unknown>) => {
      if (order.indexOf(level) < lowest) return;
      options.write(lineOf({ time: time(), level, message, ...bound, ...facts }));
    };
    return {
      debug: at("debug"),
      info: at("info"),
      warn: at("warn"),
      error: at("error"),
      with: (facts) => make({ ...bound, ...facts }),
      repeated(message, facts, differing) {
        if (order.indexOf("info") < lowest) return () => {};
        const same = lineOf({ level: "info", message, ...bound, ...facts }).slice("{".length, -"}\n".length);
        const rest = `",${same},${JSON.stringify(differing)}:`;
        if (isSecret(differing)) return () => options.write(`{"time":"${time()}${rest}"${leftOut}"}\n`);
        return (value) => options.write(`{"time":"${time()}${rest}${JSON.stringify(censorText(value))}}\n`);
      },
    };
  };
  return make({});
}

/** The time to the millisecond: of many lines within one it is written out once. */
function timeTeller(now: Clock): () => string {
  const milliseconds = millisecondsOf(now);
  let last = -1;
  let text = "";
  return () => {
    const ms = milliseconds();
    if (ms !== last) {
      last = ms;
      text = Temporal.Instant.fromEpochMilliseconds(ms).toString({ smallestUnit: "millisecond" });
    }
    return text;
  };
}

/** Most lines are flat, and there is one for each request: those need no walk through what is nested. */
function lineOf(facts: Record<string, unknown>): string {
  const line: Record<string, unknown> = {};
  for (const name in facts) {
    const value = facts[name];
    if (typeof value === "object" && value !== null) return `${JSON.stringify(facts, censor)}\n`;
    line[name] = censorFact(name, value);
  }
  return `${JSON.stringify(line)}\n`;
}

/** Keeps nothing; for tests and commands that speak for themselves. */
export const silentLog: Log = createLog({
  level: "error",
  write: () => {},
  now: systemClock,
});

function censor(key: string, value: unknown): unknown {
  if (value instanceof Error && !isSecret(key))
    return {
      name: value.name,
      message: censorText(value.message),
      stack: censorText(sourceTrace(value.stack ?? "")),
    };
  return censorFact(key, value);
}

function censorFact(name: string, value: unknown): unknown {
  if (isSecret(name)) return leftOut;
  return typeof value === "string" ? censorText(value) : value;
}

/** There are few names, and each comes with every line. */
const secrets = new Map<string, boolean>();
function isSecret(name: string): boolean {
  const known = secrets.get(name);
  if (known !== undefined) return known;
  const found = secret.test(name);
  if (secrets.size < 1_000) secrets.set(name, found);
  return found;
}

function censorText(text: string): string {
  if (!text.includes("/sign-in/") && !text.includes("/set-up/")) return text;
  return text.replace(/\/(sign-in|set-up)\/[\w-]{16,}/g, "/$1/[left out]");
}

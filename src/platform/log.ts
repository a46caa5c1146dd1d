export type LogLevel = "debug" | "info" | "warn" | "error";
export type Log = {
  [level in LogLevel]: (message: string, facts?: Record<string, unknown>) => void;
} & {
  /** The same log with facts that every line of it carries. */
  with(facts: Record<string, unknown>): Log;
};

const order: LogLevel[] = ["debug", "info", "warn", "error"];
/** Names whose values never reach a line, at any depth. */
const secret = /token|secret|password|authorization|cookie|private|signature|^link$/i;

/** One JSON object a line. Secrets are left out by name, and links that sign in by shape. */
export function createLog(options: {
  level: LogLevel;
  write: (line: string) => void;
  now: () => Temporal.Instant;
}): Log {
  const make = (bound: Record<string, unknown>): Log => {
    const at = (level: LogLevel) => (message: string, facts?: Record<string, unknown>) => {
      if (order.indexOf(level) < order.indexOf(options.level)) return;
      const line = {
        time: options.now().toString(),
        level,
        message: censorText(message),
        ...bound,
        ...facts,
      };
      options.write(JSON.stringify(line, censor) + "\n");
    };
    return {
      debug: at("debug"),
      info: at("info"),
      warn: at("warn"),
      error: at("error"),
      with: (facts) => make({ ...bound, ...facts }),
    };
  };
  return make({});
}

/** Keeps nothing; for tests and commands that speak for themselves. */
export const silentLog: Log = createLog({
  level: "error",
  write: () => {},
  now: () => Temporal.Now.instant(),
});

function censor(key: string, value: unknown): unknown {
  if (secret.test(key)) return "[left out]";
  if (value instanceof Error)
    return { name: value.name, message: censorText(value.message), stack: censorText(value.stack ?? "") };
  return typeof value === "string" ? censorText(value) : value;
}

function censorText(text: string): string {
  return text.replace(/\/(sign-in|set-up)\/[\w-]{16,}/g, "/$1/[left out]");
}

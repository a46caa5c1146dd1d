/** The only reader of the environment. */
export type Config = {
  /** Where the public reaches Torg: scheme and host of every link and id. */
  url: URL;
  port: number;
  /** Address that the server listens on. */
  listen: string;
  /** Folder of the embedded database, media and locks. */
  data: string;
  /** PostgreSQL 18 or newer instead of the embedded one. */
  databaseUrl: string | undefined;
  /** Tests only: federation over http, with loopback and private addresses. */
  allowPrivateNetwork: boolean;
  smtp: { url: string; from: string } | undefined;
  /** Lets Prometheus read /metrics from another machine; without it only loopback may. */
  metricsToken: string | undefined;
  /** How long what is sent can be taken back; 0 sends at once. */
  undoSeconds: number;
  /** How many times what Mastodon allows a client may ask for, in the same time. */
  apiRate: number;
  logLevel: "debug" | "info" | "warn" | "error";
};

/** Where everything lies unless told otherwise. */
export const usualData = "data";

export class ConfigError extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
    this.problems = problems;
  }
}

type Environment = Record<string, string | undefined>;

/** @throws ConfigError naming every variable that is wrong, and what it should look like. */
export function readConfig(environment: Environment = process.env, defaults: { data?: string } = {}): Config {
  const problems: string[] = [];
  const value = (name: string) => environment[name]?.trim() || undefined;

  const port = readPort(value("TORG_PORT") ?? "3000", problems);
  const url = readUrl(value("TORG_URL") ?? `http://localhost:${port}`, problems);
  const databaseUrl = value("DATABASE_URL");
  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl))
    problems.push(
      "DATABASE_URL must begin with postgres://, as in postgres://torg:secret@db.example.se/torg",
    );
  const allow = value("TORG_ALLOW_PRIVATE_NETWORK");
  if (allow && allow !== "1" && allow !== "0")
    problems.push("TORG_ALLOW_PRIVATE_NETWORK must be 1 or 0 (tests only)");
  const undo = value("TORG_UNDO_SECONDS") ?? "10";
  const undoSeconds = /^\d{1,2}$/.test(undo) ? Number(undo) : Number.NaN;
  if (!(undoSeconds <= 60)) problems.push("TORG_UNDO_SECONDS must be a whole number from 0 to 60");
  const rate = value("TORG_API_RATE") ?? "1";
  const apiRate = /^\d{1,6}$/.test(rate) ? Number(rate) : 0;
  if (apiRate < 1) problems.push("TORG_API_RATE must be a whole number from 1");
  const logLevel = value("TORG_LOG") ?? "info";
  if (!isLogLevel(logLevel)) problems.push("TORG_LOG must be debug, info, warn or error");

  const config: Config = {
    url,
    port,
    listen: value("TORG_LISTEN") ?? "127.0.0.1",
    data: value("TORG_DATA") ?? defaults.data ?? usualData,
    databaseUrl,
    allowPrivateNetwork: allow === "1",
    smtp: readSmtp(value("TORG_SMTP_URL"), value("TORG_SMTP_FROM"), problems),
    metricsToken: value("TORG_METRICS_TOKEN"),
    undoSeconds,
    apiRate,
    logLevel: isLogLevel(logLevel) ? logLevel : "info",
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

function readPort(text: string, problems: string[]): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  problems.push(`TORG_PORT must be a number from 1 to 65535, not "${text}"`);
  return 3000;
}

function readUrl(text: string, problems: string[]): URL {
  const url = URL.parse(text);
  if (
    url &&
    /^https?:$/.test(url.protocol) &&
    url.pathname === "/" &&
    !url.search &&
    !url.hash &&
    !url.username
  )
    return url;
  problems.push(`TORG_URL must be a scheme and a host alone, as in https://torg.example.se, not "${text}"`);
  return new URL("http://localhost:3000");
}

function readSmtp(url: string | undefined, from: string | undefined, problems: string[]): Config["smtp"] {
  if (!url && !from) return undefined;
  if (!url || !/^smtps?:\/\//.test(url))
    problems.push("TORG_SMTP_URL must look like smtp://user:password@mail.example.se:587");
  if (!from || !from.includes("@"))
    problems.push("TORG_SMTP_FROM must be the sender's address, as in torg@example.se");
  return url && from ? { url, from } : undefined;
}

function isLogLevel(text: string): text is Config["logLevel"] {
  return ["debug", "info", "warn", "error"].includes(text);
}

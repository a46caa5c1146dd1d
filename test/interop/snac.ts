import { execFile, spawn } from "node:child_process";
import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findSnac } from "../peers/find-snac.ts";
import { plainRequest } from "./plain-request.ts";
import { waitFor } from "./wait-for.ts";

/** A post as snac2's Mastodon API shows it; only what the tests look at. */
export type SnacStatus = {
  id: string;
  uri: string;
  url: string;
  content: string;
  in_reply_to_id: string | null;
  edited_at: string | null;
  account: { acct: string; url: string };
  reblog: SnacStatus | null;
  favourited: boolean;
  favourites_count: number;
  reblogs_count: number;
};

export type Snac = {
  /** Without the leading @, with the port: `alice@a.test:41234`. */
  handle: string;
  /** `http://a.test:41234` */
  base: string;
  /** `http://a.test:41234/alice`, the actor's id. */
  actor: string;
  token: string;
  /** The Mastodon API as the user; throws what the server said if it is not a 2xx. */
  api<T>(method: "GET" | "POST" | "PUT" | "DELETE", path: string, body?: Record<string, string>): Promise<T>;
  /** `snac <command> <its folder> …rest` */
  cli(command: string, ...rest: string[]): Promise<string>;
  /** Everything the server has printed. */
  log(): string;
  /** Follows a handle (`name@host:port`) or an actor's address; the answer comes later. */
  follow(actor: string): Promise<void>;
  /** Deletes a post of the user's; its API cannot, so this is the button on its page. */
  delete(uri: string): Promise<void>;
  /** The user's own key, to say what snac2 has no button for, such as a block. */
  privateKey(): Promise<string>;
  /** Returns when the actor with this id has begun to follow the user. */
  followedBy(actor: string): Promise<void>;
  /** `inReplyTo` is the uri of a post that this server has. */
  post(text: string, options?: { inReplyTo?: string; visibility?: string }): Promise<SnacStatus>;
  /** The post with this uri, as soon as this server has it. */
  received(uri: string, options?: { timeoutMs?: number }): Promise<SnacStatus>;
  /** Ends the server, as when its machine is down. */
  goDown(): Promise<void>;
  /** Starts it again where it was. */
  comeUp(): Promise<void>;
  stop(): Promise<void>;
};

export type SnacOptions = {
  name: string;
  address: string;
  user: string;
  port?: number;
  /** What its server.json says besides. */
  settings?: Record<string, unknown>;
};

/**
 * Starts snac2, a fediverse server that nobody here wrote, over plain http on a loopback address of its own
 * (`{ name: "a.test", address: "127.0.0.2", user: "alice" }`). Needs root, for /etc/hosts.
 */
export async function startSnac({
  name,
  address,
  user,
  port: wanted,
  settings = {},
}: SnacOptions): Promise<Snac> {
  const port = wanted ?? (await freePort(address));
  await nameInHosts(name, address);
  const folder = await mkdtemp(join(tmpdir(), "torg-snac-"));
  const home = join(folder, "snac");
  const base = `http://${name}:${port}`;
  const cli = async (command: string, ...rest: string[]) => {
    const { stdout, stderr } = await execute(program(), [command, home, ...rest], { timeout: 30_000 });
    return stdout + stderr;
  };
  const password = await initialise(home, { address, port, host: `${name}:${port}`, user, settings });
  let server = runServer(home, `${name}:${port}`);
  const token = await waitFor(() => signIn(base, user, password), { what: `snac2 at ${base}` }).catch(
    async (error: unknown) => {
      await server.stop();
      throw new Error(`snac2 did not start:\n${server.log()}`, { cause: error });
    },
  );
  const api = async <T>(method: string, path: string, body?: Record<string, string>): Promise<T> => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/x-www-form-urlencoded" };
    const form = body && new URLSearchParams(body).toString();
    const answer = await plainRequest(method, base + path, headers, form);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`);
    return (answer.body ? JSON.parse(answer.body) : {}) as T;
  };
  const find = async (uri: string): Promise<SnacStatus | undefined> => {
    const found = await api<SnacStatus[]>("GET", "/api/v1/timelines/home?limit=100");
    return found.find((status) => status.uri === uri);
  };
  const received = (uri: string, { timeoutMs = 15_000 } = {}) =>
    waitFor(() => find(uri), { timeoutMs, what: `${uri} at ${base}` });
  return {
    handle: `${user}@${name}:${port}`,
    base,
    actor: `${base}/${user}`,
    token,
    api,
    cli,
    log: () => server.log(),
    async follow(actor) {
      await cli("follow", user, await resolveActor(actor));
    },
    async delete(uri) {
      const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
      const headers = { authorization, "content-type": "application/x-www-form-urlencoded" };
      const form = new URLSearchParams({ id: uri, action: "Delete" }).toString();
      const answer = await plainRequest("POST", `${base}/${user}/admin/action`, headers, form);
      if (answer.status !== 303) throw new Error(`deleting ${uri}: ${answer.status} ${answer.body}`);
    },
    async privateKey() {
      const key = JSON.parse(await readFile(join(home, "user", user, "key.json"), "utf8")) as {
        secret: string;
      };
      return key.secret;
    },
    async followedBy(actor) {
      const path = "/api/v1/notifications";
      const told = async () => (await api<Notification[]>("GET", path)).some(isFollowBy(actor));
      await waitFor(told, { what: `a follow of ${user} by ${actor}` });
    },
    async post(text, { inReplyTo, visibility = "public" } = {}) {
      const reply: Record<string, string> = inReplyTo
        ? { in_reply_to_id: (await received(inReplyTo)).id }
        : {};
      return api<SnacStatus>("POST", "/api/v1/statuses", { status: text, visibility, ...reply });
    },
    received,
    goDown: () => server.stop(),
    async comeUp() {
      server = runServer(home, `${name}:${port}`);
      await waitFor(() => signIn(base, user, password), { what: `snac2 at ${base} again` });
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Notification = { type: string; account: { url: string } };

function isFollowBy(actor: string): (notification: Notification) => boolean {
  return ({ type, account }) => type === "follow" && account.url === actor;
}

const execute = promisify(execFile);

function program(): string {
  const found = findSnac();
  if (!found) throw new Error("snac2 is missing; npm test says how to get it");
  return found;
}

type Place = { address: string; port: number; host: string; user: string; settings: Record<string, unknown> };

/** Makes the server's folder and its user; returns the user's password. */
async function initialise(home: string, { address, port, host, user, settings }: Place): Promise<string> {
  const asked = execute(program(), ["init", home]);
  // Address, port, host, path prefix, administrator.
  asked.child.stdin?.end(`${address}\n${port}\n${host}\n\n\n`);
  await asked;
  const file = join(home, "server.json");
  const config = JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>;
  const changed = {
    ...config,
    protocol: "http",
    queue_retry_minutes: 1,
    disable_history: true,
    disable_email_notifications: true,
    ...settings,
  };
  await writeFile(file, JSON.stringify(changed));
  const { stdout, stderr } = await execute(program(), ["adduser", home, user]);
  const password = /password is (\S+)/.exec(stdout + stderr)?.[1];
  if (!password) throw new Error(`snac2 gave no password: ${stdout}${stderr}`);
  return password;
}

function runServer(home: string, host: string): { log(): string; stop(): Promise<void> } {
  let said = "";
  // It must not outlive a test process that is killed.
  const child = spawn("setpriv", ["--pdeathsig", "KILL", "--", program(), "httpd", home]);
  child.stdout.on("data", (chunk) => (said += chunk));
  child.stderr.on("data", (chunk) => (said += chunk));
  const ended = new Promise<void>((resolve) => {
    child.on("exit", () => resolve());
    child.on("error", () => resolve());
  });
  return {
    log: () => said,
    async stop() {
      // A polite stop hangs while its queue is full.
      child.kill("SIGKILL");
      await ended;
      // So these are left to us, a semaphore and its state.
      for (const file of [`sem.job_${child.pid}`, `${host}_snac_state`])
        await rm(`/dev/shm/${file}`, { force: true });
    },
  };
}

async function signIn(base: string, login: string, passwd: string): Promise<string | undefined> {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const form = new URLSearchParams({ login, passwd }).toString();
  const answer = await plainRequest("POST", `${base}/oauth/x-snac-get-token`, headers, form).catch(
    () => undefined,
  );
  return answer?.status === 200 ? answer.body.trim() : undefined;
}

/** snac2 looks handles up over https only, whatever its protocol is set to. */
async function resolveActor(actor: string): Promise<string> {
  if (/^https?:/.test(actor)) return actor;
  const handle = actor.replace(/^@/, "");
  const host = handle.slice(handle.indexOf("@") + 1);
  const { body } = await plainRequest("GET", `http://${host}/.well-known/webfinger?resource=acct:${handle}`);
  const { links } = JSON.parse(body) as { links: { rel: string; href?: string; type?: string }[] };
  const self = links.find((link) => link.rel === "self" && link.href);
  if (!self?.href) throw new Error(`WebFinger of ${actor} names no actor: ${body}`);
  return self.href;
}

export async function freePort(address: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, address, resolve));
  const bound = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (!bound || typeof bound === "string") throw new Error(`No free port on ${address}`);
  return bound.port;
}

/** Once for each name: every process of the machine must find it, snac2 as well. */
export async function nameInHosts(name: string, address: string): Promise<void> {
  const hosts = await readFile("/etc/hosts", "utf8");
  const line = hosts.split("\n").find((text) => text.replace(/#.*/, "").split(/\s+/).slice(1).includes(name));
  if (line?.trim().startsWith(`${address} `)) return;
  if (line) throw new Error(`/etc/hosts says "${line}" where the tests need ${address}`);
  await appendFile("/etc/hosts", `${hosts.endsWith("\n") ? "" : "\n"}${address} ${name}\n`);
}

import { lookup } from "node:dns/promises";
import type { Readable } from "node:stream";
import { Agent, type Dispatcher } from "undici";
import { BodyTooLarge, readBoundedBody } from "./bounded-body.ts";
import { BlockedAddress, checkedLookup, type Resolve } from "./checked-lookup.ts";
import { refuseUrl, type OutboundPolicy } from "./outbound-url.ts";

/** The only way out over HTTP: what strangers make us fetch can't reach inside, hang us or fill us. */
export type SafeFetch = (url: string | URL, options?: SafeFetchOptions) => Promise<SafeFetchResult>;

export type SafeFetchOptions = {
  method?: "GET" | "POST";
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Of the decompressed body; 1 MiB unless told. */
  maxBytes?: number;
  /** For the whole exchange, redirects and body included; 10 000 unless told. */
  timeoutMs?: number;
  /** 3 unless told, 0 for POST. With 0 the redirect itself is the answer. */
  maxRedirects?: number;
  /** Called anew for each hop, so that signatures follow redirects. */
  headersFor?: (url: URL) => Record<string, string> | Promise<Record<string, string>>;
  accept?: string;
};

/** `ok` says that an answer came, whatever its status; `url` is the last one asked. */
export type SafeFetchResult =
  | {
      ok: true;
      status: number;
      headers: { get(name: string): string | undefined };
      body: Uint8Array;
      text(): string;
      json(): unknown;
      url: string;
    }
  | { ok: false; reason: SafeFetchRefusal; message: string };

export type SafeFetchRefusal =
  | "blocked-address"
  | "bad-url"
  | "timeout"
  | "too-large"
  | "too-many-redirects"
  | "network";

export type SafeFetchSettings = OutboundPolicy & {
  userAgent: string;
  /** Name resolution; the system's unless a test says otherwise. */
  resolve?: Resolve;
};

export function createSafeFetch(settings: SafeFetchSettings): SafeFetch & { close(): Promise<void> } {
  const connect = {
    lookup: checkedLookup(settings.resolve ?? systemResolve, settings.allowPrivateNetwork),
    autoSelectFamily: true,
  };
  const limits = { connect, allowH2: false, connections: 8, maxHeaderSize: 32_768 };
  const pooled = new Agent({ ...limits, keepAliveTimeout: 10_000, keepAliveMaxTimeout: 60_000 });
  /** Never keeps a connection, so that a second attempt can't meet another dead one. */
  const fresh = new Agent({ ...limits, pipelining: 0 });

  const fetch = async (url: string | URL, options: SafeFetchOptions = {}): Promise<SafeFetchResult> => {
    // Not AbortSignal.timeout: that one goes off for each exchange, also when it ended long before.
    const ending = new AbortController();
    const deadline = ending.signal;
    const timer = setTimeout(() => ending.abort(), options.timeoutMs ?? 10_000);
    const ask = async (request: Dispatcher.RequestOptions) => {
      try {
        return await pooled.request(request);
      } catch (error) {
        // Some peers close kept connections unannounced. Inboxes ignore repetition, so POST is repeated too.
        if (deadline.aborted || !lostConnection(error)) throw error;
        return await fresh.request(request);
      }
    };
    try {
      return await follow(url, options, { settings, ask, deadline });
    } catch (error) {
      if (error instanceof ExchangeFailed) return refusalFrom(error.cause, deadline);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  };
  const close = async () => {
    await Promise.all([pooled.destroy(), fresh.destroy()]);
  };
  return Object.assign(fetch, { close });
}

/** Marks what the network did, so that a mistake of ours (a signer that throws) is not taken for it. */
class ExchangeFailed extends Error {}

async function exchanged<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (cause) {
    throw new ExchangeFailed("exchange failed", { cause });
  }
}

type Exchange = {
  settings: SafeFetchSettings;
  ask: (request: Dispatcher.RequestOptions) => Promise<Dispatcher.ResponseData>;
  deadline: AbortSignal;
};

async function follow(start: string | URL, options: SafeFetchOptions, exchange: Exchange) {
  const method = options.method ?? "GET";
  const maxRedirects = options.maxRedirects ?? (method === "POST" ? 0 : 3);
  let url = URL.parse(start);
  let from: URL | undefined;
  for (let hops = 0; ; hops += 1) {
    if (!url) return refused("bad-url", "not a URL");
    const refusal = refuseUrl(url, exchange.settings, from);
    if (refusal) return refused(refusal.reason, `${shown(url)}: ${refusal.message}`);
    const request = {
      origin: url.origin,
      path: url.pathname + url.search,
      method,
      headers: await headersOf(url, from, options, exchange.settings.userAgent),
      body: options.body ?? null,
      signal: exchange.deadline,
      headersTimeout: 0,
      bodyTimeout: 0,
    };
    const response = await exchanged(exchange.ask(request));
    const location = redirectOf(response, method);
    if (location === undefined || maxRedirects === 0) return await answer(response, url, options, exchange);
    await exchanged(response.body.dump({ limit: 16_384, signal: exchange.deadline }));
    if (hops === maxRedirects) return refused("too-many-redirects", `after ${hops} at ${shown(url)}`);
    from = url;
    url = URL.parse(location, url);
  }
}

async function answer(
  response: Dispatcher.ResponseData,
  url: URL,
  options: SafeFetchOptions,
  exchange: Exchange,
): Promise<SafeFetchResult> {
  const get = (name: string) => headerOf(response, name);
  const maxBytes = options.maxBytes ?? 1_048_576;
  const stream: Readable = response.body;
  if (Number(get("content-length") ?? 0) > maxBytes) {
    stream.on("error", () => undefined).destroy();
    return refused("too-large", `${shown(url)}: ${get("content-length")} bytes announced`);
  }
  const empty = [204, 205, 304].includes(response.statusCode) || get("content-length") === "0";
  const encoding = get("content-encoding") ?? "";
  const body = empty
    ? await exchanged(nothingOf(response))
    : await exchanged(readBoundedBody(stream, encoding, maxBytes, exchange.deadline));
  const text = () => new TextDecoder().decode(body);
  return {
    ok: true,
    status: response.statusCode,
    headers: { get },
    body,
    text,
    json: (): unknown => JSON.parse(text()),
    url: url.href,
  };
}

/** What an inbox answers, mostly: read past without the machinery that bounds and unpacks a body. */
async function nothingOf(response: Dispatcher.ResponseData): Promise<Uint8Array> {
  await response.body.dump();
  return new Uint8Array();
}

/** Only 307 and 308 ask for a POST to be sent again as it was. */
function redirectOf(response: Dispatcher.ResponseData, method: string): string | undefined {
  const codes = method === "POST" ? [307, 308] : [301, 302, 303, 307, 308];
  return codes.includes(response.statusCode) ? headerOf(response, "location") : undefined;
}

function headerOf(response: Dispatcher.ResponseData, name: string): string | undefined {
  const value = response.headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(", ") : value;
}

async function headersOf(url: URL, from: URL | undefined, options: SafeFetchOptions, userAgent: string) {
  const headers = new Map<string, string>();
  const elsewhere = from !== undefined && from.origin !== url.origin;
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    if (!elsewhere || !BOUND_TO_ORIGIN.has(name.toLowerCase())) headers.set(name.toLowerCase(), value);
  }
  if (options.accept !== undefined) headers.set("accept", options.accept);
  for (const [name, value] of Object.entries((await options.headersFor?.(url)) ?? {}))
    headers.set(name.toLowerCase(), value);
  for (const name of SET_BY_US) headers.delete(name);
  headers.set("user-agent", userAgent);
  headers.set("accept-encoding", "gzip, br");
  return Object.fromEntries(headers);
}

/** Secrets and signatures meant for one origin are not handed to the next. */
const BOUND_TO_ORIGIN = new Set([
  "authorization",
  "cookie",
  "date",
  "digest",
  "signature",
  "signature-input",
]);

/** `host` follows from the URL: a different one would reach another site behind the checked address. */
const SET_BY_US = ["host", "connection", "content-length", "transfer-encoding", "upgrade", "expect"];

/** Before any answer: `request` only rejects until the headers have come. */
function lostConnection(error: unknown): boolean {
  return ["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"].includes(codeOf(error) ?? "");
}

function refusalFrom(error: unknown, deadline: AbortSignal): SafeFetchResult {
  if (error instanceof BodyTooLarge) return refused("too-large", error.message);
  if (error instanceof BlockedAddress) return refused("blocked-address", error.message);
  if (deadline.aborted) return refused("timeout", "no whole answer in time");
  if (TIMEOUTS.has(codeOf(error) ?? "")) return refused("timeout", "no connection in time");
  return refused("network", error instanceof Error ? error.message || error.name : String(error));
}

const TIMEOUTS = new Set(["UND_ERR_CONNECT_TIMEOUT", "ETIMEDOUT"]);

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return String(error.code);
}

function refused(reason: SafeFetchRefusal, message: string): SafeFetchResult {
  return { ok: false, reason, message };
}

/** Without query and credentials, which may hold secrets and would end up in a log. */
function shown(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}

function systemResolve(hostname: string) {
  return lookup(hostname, { all: true });
}

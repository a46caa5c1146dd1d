import { listAuthorities } from "#domain/authorities/authority.ts";
import type { Database } from "#platform/database.ts";
import type { SafeFetch, SafeFetchOptions, SafeFetchResult } from "#platform/safe-fetch.ts";

/** An authority that was set up in another process is known here after this. */
const knownMs = 10_000;

/**
 * Between authorities of one installation nothing leaves the process: the same requests with the same signatures and
 * the same checks, but no socket. A machine often cannot reach its own public name, and need not.
 */
export function throughOurselves(
  fetch: SafeFetch,
  options: { db: Database; scheme: string; answer: (request: Request) => Response | Promise<Response> },
): SafeFetch {
  const isOurs = hostsOf(options.db);
  const ask = async (address: string | URL, asked: SafeFetchOptions = {}): Promise<SafeFetchResult> => {
    const url = URL.parse(String(address));
    if (url?.protocol !== options.scheme || !(await isOurs(url.host))) return fetch(address, asked);
    const response = await options.answer(await requestOf(url, asked));
    const next = redirectOf(response, url);
    const left = asked.maxRedirects ?? (asked.method === "POST" ? 0 : 3);
    if (next && asked.method !== "POST" && left > 0) return ask(next, { ...asked, maxRedirects: left - 1 });
    return resultOf(response, url, asked.maxBytes ?? 1024 * 1024);
  };
  return ask;
}

function hostsOf(db: Database): (host: string) => Promise<boolean> {
  let known: Promise<Set<string>> | undefined;
  let until = 0;
  return async (host) => {
    if (!known || performance.now() > until) {
      until = performance.now() + knownMs;
      known = db
        .system(listAuthorities)
        .then((all) => new Set(all.flatMap((one) => [one.domain, one.handleDomain])));
      known.catch(() => (known = undefined));
    }
    return (await known).has(host);
  };
}

async function requestOf(
  url: URL,
  { method = "GET", headers, headersFor, accept, body }: SafeFetchOptions,
): Promise<Request> {
  const all = new Headers({ ...headers, ...(accept ? { accept } : {}), ...(await headersFor?.(url)) });
  all.set("host", url.host);
  const bytes = typeof body === "string" ? body : body && new Uint8Array(body);
  return new Request(url, { method, headers: all, body: bytes });
}

function redirectOf(response: Response, url: URL): URL | null {
  const location = response.headers.get("location");
  return response.status >= 300 && response.status < 400 && location ? URL.parse(location, url) : null;
}

async function resultOf(response: Response, url: URL, maxBytes: number): Promise<SafeFetchResult> {
  const body = new Uint8Array(await response.arrayBuffer());
  if (body.length > maxBytes)
    return { ok: false, reason: "too-large", message: `more than ${maxBytes} bytes` };
  const text = () => new TextDecoder().decode(body);
  return {
    ok: true,
    status: response.status,
    headers: { get: (name) => response.headers.get(name) ?? undefined },
    body,
    text,
    json: () => JSON.parse(text()) as unknown,
    url: url.href,
  };
}

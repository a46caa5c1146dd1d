import { createHash } from "node:crypto";
import { addAbortListener } from "node:events";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { MiddlewareHandler } from "hono";
import type { Env, Services } from "#context.ts";
import { hearKept } from "#domain/accounts/kept.ts";
import { changedAuthorities } from "#domain/journal/changed-authorities.ts";
import { begunOnce } from "#platform/begun-once.ts";
import { createFreshCache, type FreshCache, type Ticket } from "#platform/fresh-cache.ts";
import { bytesKnownOf, withBytes } from "#platform/known-bytes.ts";
import { pathThatCounts } from "./page-request.ts";
import { settingsOf } from "./settings-of.ts";

export type KeptPage = {
  headers: [string, string][];
  etag: string;
  body: Bytes;
  /** Compressed when first asked for so. */
  compressed: Partial<Record<Encoding, Promise<Bytes>>>;
};
type Bytes = Uint8Array<ArrayBuffer>;
type Encoding = "br" | "gzip";
const maxBytes = 32 * 1024 * 1024;
/** Pictures that a worker elsewhere has fetched leave no entry in the journal: they show within this time. */
const maxAgeMs = 60_000;

/** Keeps the public pages of this process, and empties them when something may have changed. */
export function cachedPages(services: Services): MiddlewareHandler<Env> {
  const cache = createFreshCache<KeptPage>({ maxBytes });
  const inTheMaking = new Map<string, { ticket: Ticket; page: Promise<KeptPage | undefined> }>();
  services.db.afterCommit(({ changes }) => void (changes === "what-is-read" && cache.empty()));
  services.journal.onEntries((entries) => {
    for (const authority of changedAuthorities(entries)) cache.empty(authority);
  });
  const hear = begunOnce(() => hearOfAccounts(services, cache));
  /** Where changes cannot be heard of nothing is kept. */
  const isHeard = () =>
    hear().catch((error: unknown) => {
      services.log.warn("what changes cannot be heard of: no page is kept", { error });
      return false;
    });
  return async (c, next) => {
    const { authority } = c.get("site");
    const now = services.clock();
    const today = now.toZonedDateTimeISO(authority.zone).toPlainDate();
    c.set("ready", { until: today.add({ days: 1 }).toZonedDateTime(authority.zone).toInstant() });
    const key = [settingsOf(authority), c.get("language"), String(today), pathThatCounts(c)].join("\n");
    const kept = cache.get(key, now.epochMilliseconds);
    if (kept) return answer(kept, c.req.header("accept-encoding"), c.req.header("if-none-match"));
    if (!(await isHeard())) return next();
    const ticket = cache.begin();
    const running = inTheMaking.get(key);
    // Many may ask for a page at once just after it changed: one makes it, the others wait for that.
    const shared = running?.ticket === ticket ? await running.page : undefined;
    if (shared) return answer(shared, c.req.header("accept-encoding"), c.req.header("if-none-match"));
    const { promise, resolve } = Promise.withResolvers<KeptPage | undefined>();
    inTheMaking.set(key, { ticket, page: promise });
    let page: KeptPage | undefined;
    try {
      await next();
      if (c.res.status !== 200) return;
      page = await keep(c.res);
      const until = now.epochMilliseconds + maxAgeMs;
      if (await isHeard())
        cache.put(ticket, key, { authority: authority.id, value: page, bytes: bytesOf(page), until });
    } finally {
      if (inTheMaking.get(key)?.page === promise) inTheMaking.delete(key);
      resolve(page);
    }
    // Setting it over the old one would carry the old one's headers along.
    c.res = undefined;
    c.res = await answer(page, c.req.header("accept-encoding"), c.req.header("if-none-match"));
  };
}

/** What people elsewhere say of themselves, and how many they are, is no entry of the journal: it is told of apart. */
async function hearOfAccounts({ db, stopping }: Services, cache: FreshCache<KeptPage>): Promise<true> {
  const line = await hearKept(db, ({ authority, what }) => {
    if (what === "accounts" || what === "counts") cache.empty(authority);
  });
  addAbortListener(stopping, () => void line.stop());
  // What came before the line was open was not heard.
  cache.empty();
  return true;
}

/** With room for what will be compressed: text comes down to less than a quarter. */
function bytesOf(page: KeptPage): number {
  return Math.ceil(page.body.length * 1.5) + 500;
}

async function keep(response: Response): Promise<KeptPage> {
  const body = bytesKnownOf(response) ?? new Uint8Array(await response.arrayBuffer());
  const headers = [...response.headers].filter(([name]) => name !== "content-length");
  const etag = createHash("sha256").update(body).digest("base64url").slice(0, 22);
  return { headers, etag, body, compressed: {} };
}

async function compress(body: Bytes, encoding: Encoding): Promise<Bytes> {
  return new Uint8Array(
    encoding === "br"
      ? await brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
      : await deflate(body, { level: 6 }),
  );
}
const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

/** Shorter than this, nothing is won by compressing. */
const shortest = 1024;

async function answer(page: KeptPage, accept = "", known = ""): Promise<Response> {
  const encoding =
    page.body.length < shortest ? undefined : (["br", "gzip"] as const).find((one) => takes(accept, one));
  const headers = new Headers(page.headers);
  // Bytes differ by encoding, so a strong tag must as well.
  headers.set("etag", `"${page.etag}${encoding ? `-${encoding}` : ""}"`);
  headers.set("cache-control", "public, max-age=0, must-revalidate");
  // The same addresses answer ActivityPub when asked to.
  headers.set("vary", "accept, accept-encoding");
  if (known === "*" || known.includes(`"${page.etag}`)) {
    headers.delete("content-type");
    return new Response(null, { status: 304, headers });
  }
  let { body } = page;
  if (encoding) {
    headers.set("content-encoding", encoding);
    body = await (page.compressed[encoding] ??= compress(page.body, encoding));
  }
  return withBytes(new Response(body, { status: 200, headers }), body);
}

function takes(accept: string, encoding: string): boolean {
  return accept.split(",").some((part) => {
    const [name, ...parameters] = part.trim().split(";");
    return name === encoding && !parameters.some((one) => /^\s*q=0(\.0*)?$/.test(one));
  });
}

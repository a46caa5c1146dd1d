import { get } from "node:http";
import { buffer } from "node:stream/consumers";
import { openSession } from "#domain/people/session.ts";
import { sessionCookieName } from "../../src/signed-in.ts";
import type { Measured, Row } from "../row.ts";
import { startThread } from "../start-thread.ts";

type Kind = "page" | "styles" | "script" | "font" | "image";
type Fetched = { kind: Kind; bytes: number; body: string };

/** In thousands of bytes: what may travel, on the slowest line that people still have. */
const budget = { page: 30, deckScript: 60 };

/** What a browser with nothing kept fetches for a page, as it travels. */
export const pageWeight: Row = {
  name: "page weight",
  work: "a page and all that it names, compressed, without images; public pages take no script",
  limit: "what it may weigh: 30 kB of text for a public page, 60 kB of script for the deck",
  target: { ratio: { atMost: 1 } },
  async measure(bench) {
    const { torg, origin, authority, person, path } = await startThread(bench);
    const { services } = torg;
    const { secret } = await services.db.as(authority.id, (tx) =>
      openSession(tx, authority.id, person, "bench", services.clock()),
    );
    const cookie = `${sessionCookieName(services)}=${secret}`;
    const home = await weigh(origin, "/");
    const thread = await weigh(origin, path);
    const deck = await weigh(origin, "/deck", cookie);
    if (sum([...home, ...thread], ["script"]) > 0) throw new Error("a public page takes a script");
    if (sum(deck, ["script"]) === 0) throw new Error("the deck's script was not found");
    return [
      line("home", home, ["page", "styles"], budget.page),
      line("thread", thread, ["page", "styles"], budget.page),
      line("deck script", deck, ["script"], budget.deckScript),
    ];
  },
};

function line(part: string, fetched: readonly Fetched[], kinds: readonly Kind[], most: number): Measured {
  const weights = (["page", "styles", "script", "font"] as const).map(
    (kind) => `${kind} ${(sum(fetched, [kind]) / 1000).toFixed(1)}`,
  );
  const note = `${fetched.length} requests; ${weights.join(", ")} kB`;
  return { part, unit: "kB", ours: [sum(fetched, kinds) / 1000], limits: [most], note };
}

function sum(fetched: readonly Fetched[], kinds: readonly Kind[]): number {
  return fetched.filter(({ kind }) => kinds.includes(kind)).reduce((all, { bytes }) => all + bytes, 0);
}

async function weigh(origin: string, path: string, cookie?: string): Promise<Fetched[]> {
  const page = await fetchAsBrowser(origin + path, "page", cookie);
  const named = new Map([...page.body.matchAll(/<(link|script|img)\b[^>]*>/g)].flatMap(namedBy));
  const rest = [...named].map(([href, kind]) => fetchAsBrowser(new URL(href, origin).href, kind, cookie));
  return [page, ...(await Promise.all(rest))];
}

/** What a tag makes a browser fetch. */
function namedBy([tag]: RegExpMatchArray): [string, Kind][] {
  const of = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
  const href = (tag.startsWith("<link") ? of("href") : of("src"))?.replaceAll("&amp;", "&");
  if (!href) return [];
  if (tag.startsWith("<script")) return [[href, "script"]];
  if (tag.startsWith("<img")) return [[href, "image"]];
  const rel = of("rel");
  if (rel === "stylesheet") return [[href, "styles"]];
  if (rel === "modulepreload") return [[href, "script"]];
  if (rel === "icon") return [[href, "image"]];
  if (rel === "preload") return [[href, of("as") === "font" ? "font" : "script"]];
  return [];
}

/** Counts the bytes as they travel; fetch would say only what they are unpacked. */
async function fetchAsBrowser(url: string, kind: Kind, cookie?: string): Promise<Fetched> {
  const send = (encoding: string) =>
    new Promise<Buffer>((resolve, reject) => {
      const headers = { "accept-encoding": encoding, ...(cookie ? { cookie } : {}) };
      get(url, { headers }, (answer) => {
        if (answer.statusCode === 200) buffer(answer).then(resolve, reject);
        else reject(new Error(`${url} answered ${answer.statusCode}`));
      }).on("error", reject);
    });
  const { length } = await send("gzip, br");
  return { kind, bytes: length, body: kind === "page" ? (await send("identity")).toString() : "" };
}

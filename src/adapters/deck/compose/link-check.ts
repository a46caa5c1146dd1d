import type { Clock } from "#platform/clock.ts";
import { createPace } from "#platform/pace.ts";
import type { SafeFetch } from "#platform/safe-fetch.ts";

/** pending: asked, but no answer yet. */
type LinkState = "answers" | "silent" | "pending";
export type LinkCheck = (url: string) => LinkState;

const most = 500;
const atOnce = 4;
const keptMinutes = 15;
const patienceMs = 6_000;
const aMinute = { ofOne: 20, ofAll: 240 };

/**
 * Whether pages answer, as last heard. Never waits: an unknown address is asked for in the background, and known the
 * next time. A page that only refuses machines (401, 403, 429) answers people.
 */
export function createLinkCheck({ fetch, clock }: { fetch: SafeFetch; clock: Clock }): LinkCheck {
  const known = new Map<string, { state: LinkState; until: Temporal.Instant }>();
  const waiting: string[] = [];
  const pace = createPace(clock, aMinute);
  let running = 0;

  const ask = async (url: string): Promise<void> => {
    running++;
    const state = await answers(fetch, url);
    // Pushed out by later ones in the meantime, it is forgotten.
    if (known.has(url)) known.set(url, { state, until: clock().add({ minutes: keptMinutes }) });
    running--;
    start();
  };
  const start = (): void => {
    const next = running < atOnce ? waiting.shift() : undefined;
    if (next !== undefined) void ask(next);
  };

  return (url) => {
    const found = known.get(url);
    if (found && Temporal.Instant.compare(clock(), found.until) < 0) return found.state;
    if (!pace(URL.parse(url)?.host ?? "")) return "pending";
    if (known.size >= most) for (const oldest of known.keys()) if (known.delete(oldest)) break;
    // Asked once at a time: while it is, it stands as pending.
    known.delete(url);
    known.set(url, { state: "pending", until: clock().add({ minutes: 1 }) });
    waiting.push(url);
    if (waiting.length > most) waiting.shift();
    start();
    return "pending";
  };
}

async function answers(fetch: SafeFetch, url: string): Promise<LinkState> {
  try {
    const got = await fetch(url, { timeoutMs: patienceMs, maxBytes: 65_536, accept: "text/html, */*;q=0.5" });
    if (!got.ok) return got.reason === "too-large" ? "answers" : "silent";
    return got.status < 400 || [401, 403, 405, 406, 429].includes(got.status) ? "answers" : "silent";
  } catch {
    return "silent";
  }
}

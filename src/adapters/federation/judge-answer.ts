import { cleanText } from "#domain/text/clean-text.ts";
import type { SafeFetchResult } from "#platform/safe-fetch.ts";
import { parseHttpDate } from "./signatures/http-date.ts";

export type Verdict =
  | { outcome: "delivered" }
  /** The peer, or our own rule, said no to this one: again would be no better. */
  | { outcome: "refused"; error: string }
  /**
   * The host is down or overloaded: everything for it waits, until `retryAt` if it said so.
   * `stumbled`: it stumbled over what was sent (500), which may be this one's fault and not the host's.
   */
  | { outcome: "failed"; error: string; retryAt?: Temporal.Instant | undefined; stumbled?: boolean };

/** What the answer of an inbox means for the delivery and for its host. */
export function judgeAnswer(answer: SafeFetchResult, now: Temporal.Instant): Verdict {
  if (!answer.ok) {
    const error = `${answer.reason}: ${answer.message}`;
    return answer.reason === "timeout" || answer.reason === "network"
      ? { outcome: "failed", error }
      : { outcome: "refused", error };
  }
  const { status } = answer;
  if (status >= 200 && status < 300) return { outcome: "delivered" };
  const error = `answered ${status}${excerptOf(answer.text())}`;
  if (status >= 500 || temporary.has(status))
    return {
      outcome: "failed",
      error,
      retryAt: retryAfter(answer.headers.get("retry-after"), now),
      stumbled: status === 500,
    };
  return { outcome: "refused", error };
}

const temporary = new Set([408, 425, 429]);

/** Seconds or a date, at most a day ahead: a peer may ask for patience, not for silence. */
function retryAfter(header: string | undefined, now: Temporal.Instant): Temporal.Instant | undefined {
  if (header === undefined) return undefined;
  const seconds = /^\d{1,9}$/.test(header.trim()) ? Number(header) : undefined;
  const at = seconds === undefined ? parseHttpDate(header) : now.add({ seconds: Math.max(seconds, 1) });
  if (!at || Temporal.Instant.compare(at, now) <= 0) return undefined;
  const latest = now.add({ hours: 24 });
  return Temporal.Instant.compare(at, latest) > 0 ? latest : at;
}

/** The beginning of what the peer said about it, if it is short text. */
function excerptOf(body: string): string {
  // Cut first: an endless row of "<" would be searched to its end from each of them.
  const line = cleanText(body.slice(0, 2000))
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return line === "" ? "" : `: ${line.slice(0, 200)}`;
}

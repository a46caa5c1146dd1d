import { createHash } from "node:crypto";
import type { Context } from "hono";
import type { Env } from "#context.ts";
import { activityStreams } from "./documents/context.ts";

export type Answer = {
  status?: 200 | 404 | 410;
  type?: string;
  /** What only some may see is kept by nobody in between. */
  reach?: "public" | "private";
  maxAge?: number;
};

/** JSON with an ETag, or 304 when the asker has it already. */
export function respondJson(c: Context<Env>, document: unknown, answer: Answer = {}): Response {
  const body = JSON.stringify(document);
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  const headers = {
    "content-type": answer.type ?? "application/activity+json; charset=utf-8",
    "cache-control":
      answer.reach === "private" ? "private, no-store" : `public, max-age=${answer.maxAge ?? 180}`,
    vary: "Accept",
    etag,
  };
  const status = answer.status ?? 200;
  if (status === 200 && hasAlready(c.req.header("if-none-match"), etag)) return c.body(null, 304, headers);
  return c.body(body, status, headers);
}

/** An error as JSON: what asks here are programs. */
export function respondError(c: Context<Env>, status: 400 | 404, error: string): Response {
  return c.json({ error }, status, { "cache-control": "no-store", vary: "Accept" });
}

/** Does the asker want ActivityStreams rather than a page? Browsers never name it. */
export function wantsActivity(c: Context<Env>): boolean {
  return (c.req.header("accept") ?? "").split(",").some((range) => {
    const [essence = "", ...parameters] = range
      .toLowerCase()
      .split(";")
      .map((part) => part.trim());
    return (
      essence === "application/activity+json" ||
      (essence === "application/ld+json" && parameters.some((part) => part.includes(activityStreams)))
    );
  });
}

function hasAlready(header: string | undefined, etag: string): boolean {
  return (header ?? "").split(",").some((one) => one.trim().replace(/^W\//, "") === etag);
}

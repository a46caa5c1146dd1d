import type { Context } from "hono";
import type { Env } from "#context.ts";
import { openLinks } from "./links.ts";

/** A parameter that was not understood, and what it may be. */
export type ParameterError = { parameter: string; allowed: string };

const titles = {
  400: "Bad Request",
  404: "Not Found",
  405: "Method Not Allowed",
  410: "Gone",
  429: "Too Many Requests",
  500: "Internal Server Error",
} as const;

/** What went wrong, for programs and for those who write them: RFC 9457. Kept by nobody in between. */
export function problem(
  c: Context<Env>,
  status: keyof typeof titles,
  detail: string,
  more: { errors?: readonly ParameterError[]; headers?: Record<string, string> } = {},
): Response {
  const body = {
    type: "about:blank",
    title: titles[status],
    status,
    detail,
    instance: new URL(c.req.url).pathname,
    ...(more.errors ? { errors: more.errors } : {}),
  };
  return c.body(JSON.stringify(body), status, {
    "content-type": "application/problem+json",
    "content-language": "en",
    "cache-control": "no-store",
    link: openLinks(c.get("site")).join(", "),
    ...more.headers,
  });
}

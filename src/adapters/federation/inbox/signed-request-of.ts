import type { Context } from "hono";
import type { Env } from "#context.ts";
import type { SignedRequest } from "../signatures/signed-request.ts";

/** The request as its sender signed it: behind a proxy, under the name and scheme outside. */
export function signedRequest(c: Context<Env>, body: Uint8Array): SignedRequest {
  const { origin, authority } = c.get("site");
  return {
    method: c.req.method,
    path: pathAsReceived(c.req.url),
    host: authority.domain,
    scheme: origin.startsWith("https:") ? "https" : "http",
    headers: (name) => c.req.header(name),
    body,
  };
}

function pathAsReceived(url: string): string {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  return start === -1 ? "/" : url.slice(start).replace(/#.*$/, "");
}

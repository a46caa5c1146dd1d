import { isIP } from "node:net";
import { isPublicAddress } from "./public-address.ts";

export type OutboundPolicy = {
  /** Tests only: http, any port and private addresses. */
  allowPrivateNetwork: boolean;
  /** Tests only: origins outside every rule, so that what follows a first answer can be tried. */
  exemptOrigins?: ReadonlySet<string>;
};

export type UrlRefusal = { reason: "bad-url" | "blocked-address"; message: string };

/** Judges a URL before anything is resolved or connected; `from` is the page that redirected to it. */
export function refuseUrl(url: URL, policy: OutboundPolicy, from?: URL): UrlRefusal | undefined {
  if (url.protocol !== "https:" && url.protocol !== "http:") return bad(`${url.protocol} is not fetched`);
  if (url.username !== "" || url.password !== "") return bad("a URL with credentials is not fetched");
  if (from?.protocol === "https:" && url.protocol === "http:") return bad("redirected from https to http");
  if (policy.allowPrivateNetwork || policy.exemptOrigins?.has(url.origin)) return undefined;
  if (url.protocol === "http:") return bad("plain http is not fetched");
  // Peers run on odd ports, but what listens below 1024 speaks other protocols (ssh, smtp).
  if (url.port !== "" && url.port !== "80" && Number(url.port) < 1024) return bad(`port ${url.port}`);
  const literal = url.hostname.replace(/^\[(.*)\]$/, "$1");
  if (isIP(literal) !== 0 && !isPublicAddress(literal))
    return { reason: "blocked-address", message: `${literal} is not a public address` };
  return undefined;
}

function bad(message: string): UrlRefusal {
  return { reason: "bad-url", message };
}

import type { Context } from "hono";
import type { Env } from "#context.ts";
import type { Params } from "../params.ts";

/** How an app says who it is: with HTTP Basic, as RFC 6749 (2.3.1) would have it, or in what it sends. */
export function clientCredentials(
  c: Context<Env>,
  params: Params,
): { clientId: string; secret: string } | undefined {
  const header = c.req.header("authorization");
  if (header !== undefined && /^Basic\s/i.test(header)) return fromBasic(header.slice(6).trim());
  const clientId = params.text("client_id");
  const secret = params.text("client_secret");
  return clientId && secret ? { clientId, secret } : undefined;
}

/** Name and password are encoded as in a form before they are put together. */
function fromBasic(encoded: string): { clientId: string; secret: string } | undefined {
  const text = Buffer.from(encoded, "base64").toString();
  const colon = text.indexOf(":");
  if (colon < 1) return undefined;
  try {
    const plain = (part: string) => decodeURIComponent(part.replaceAll("+", " "));
    return { clientId: plain(text.slice(0, colon)), secret: plain(text.slice(colon + 1)) };
  } catch {
    return undefined;
  }
}

import type { Context } from "hono";
import { findAccountByKey } from "#domain/accounts/find-remote-accounts.ts";
import { anyone, type Viewer } from "#domain/posts/visible-to.ts";
import { isBlocked } from "#domain/relationships/blocks.ts";
import type { Env, Services } from "#context.ts";
import { readSignature } from "../signatures/verify-request.ts";
import { signedRequest } from "./signed-request-of.ts";

/**
 * Who asks, by a signed GET. A stranger's key is not fetched: one whom we have never met may see no more than
 * anyone, and two servers that each ask for the other's key first would never be done.
 */
export async function requesterOf(services: Services, c: Context<Env>): Promise<Viewer> {
  if (!c.req.header("signature")) return anyone;
  const claim = readSignature(signedRequest(c, new Uint8Array()), services.clock());
  if ("refused" in claim) return anyone;
  const authority = c.get("site").authority.id;
  return services.db.read(authority, async (tx): Promise<Viewer> => {
    const account = await findAccountByKey(tx, authority, claim.keyId);
    if (!account?.publicKey || !claim.verify(account.publicKey)) return anyone;
    return (await isBlocked(tx, authority, account.id)) ? anyone : { kind: "remote", account: account.id };
  });
}

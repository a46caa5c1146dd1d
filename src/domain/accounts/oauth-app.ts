import { timingSafeEqual } from "node:crypto";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { Id } from "#platform/id.ts";
import { hashSecret, newSecret } from "#platform/secret.ts";

export type OauthAppId = Id<"oauth app">;

/** An app that asks people to let it act for them. What it says of itself is its own word: nobody has checked it. */
export type OauthApp = {
  id: OauthAppId;
  clientId: string;
  name: string;
  website: string | null;
  /** Where it may be answered; compared letter by letter. */
  redirectUris: string[];
  scopes: string[];
};

/** Anyone may register an app: that gives it a name and no rights. The secret is returned once. */
export async function registerApp(
  tx: Transaction,
  authority: AuthorityId,
  app: Pick<OauthApp, "name" | "website" | "redirectUris" | "scopes">,
): Promise<OauthApp & { secret: string }> {
  const secret = newSecret();
  const [row] = await tx<OauthApp[]>`
    insert into oauth_app (authority, client_id, secret_hash, name, website, redirect_uris, scopes)
    values (${authority}, ${newSecret()}, ${hashSecret(secret)}, ${app.name}, ${app.website}, ${app.redirectUris}, ${app.scopes})
    returning ${columns(tx)}`;
  if (!row) throw new Error("an app was not kept");
  return { ...row, secret };
}

export async function findApp(
  tx: Transaction,
  authority: AuthorityId,
  clientId: string,
): Promise<OauthApp | undefined> {
  const [row] = await tx<OauthApp[]>`
    select ${columns(tx)} from oauth_app where authority = ${authority} and client_id = ${clientId}`;
  return row;
}

export async function findAppById(
  tx: Transaction,
  authority: AuthorityId,
  id: OauthAppId,
): Promise<OauthApp | undefined> {
  const [row] = await tx<OauthApp[]>`
    select ${columns(tx)} from oauth_app where authority = ${authority} and id = ${id}`;
  return row;
}

/** The app, if it knows its secret. */
export async function authenticateApp(
  tx: Transaction,
  authority: AuthorityId,
  credentials: { clientId: string; secret: string },
): Promise<OauthApp | undefined> {
  const [row] = await tx<(OauthApp & { secretHash: Uint8Array })[]>`
    select ${columns(tx)}, secret_hash as "secretHash" from oauth_app
    where authority = ${authority} and client_id = ${credentials.clientId}`;
  if (!row) return undefined;
  const { secretHash, ...app } = row;
  return timingSafeEqual(secretHash, hashSecret(credentials.secret)) ? app : undefined;
}

function columns(tx: Transaction) {
  return tx`id, client_id as "clientId", name, website, redirect_uris as "redirectUris", scopes`;
}

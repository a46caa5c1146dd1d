import { findAppById, registerApp, type OauthApp } from "#domain/accounts/oauth-app.ts";
import { vapidKey } from "#domain/notifications/push-key.ts";
import { answer, refuse } from "../answers.ts";
import type { Call } from "../endpoint.ts";
import { findHolder, tokenOf } from "../guard.ts";
import { readScopes } from "../scopes.ts";
import { outOfBand, refusalOf } from "./redirect-uri.ts";

const longestName = 60;
const mostRedirects = 50;
/** A name is shown to people who decide by it: nothing in it may hide or turn the letters. */
const unseen = /[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\u2800]/gu;

/** POST /api/v1/apps */
export async function createApp({ services, site, params }: Call<undefined>): Promise<Response> {
  const name = (params.text("client_name") ?? "").replace(unseen, "").trim();
  const website = params.text("website")?.trim() || null;
  const redirectUris = [
    ...new Set(
      params.texts("redirect_uris").flatMap((text) => text.split(/\s+/).filter((uri) => uri !== "")),
    ),
  ];
  const asked = params.texts("scopes").join(" ");
  const scopes = readScopes(asked);
  const problems = [
    name === "" ? "Name can't be blank" : undefined,
    name.length > longestName ? `Name is too long (maximum is ${longestName} characters)` : undefined,
    website && !isWebsite(website) ? "Website must be a valid URL" : undefined,
    redirectUris.length === 0 ? "Redirect URI can't be blank" : undefined,
    redirectUris.length > mostRedirects ? "Redirect URI is too long" : undefined,
    ...new Set(redirectUris.map(refusalOf)),
    scopes === undefined ? "Scopes doesn't match configured on the server." : undefined,
  ].filter((problem) => problem !== undefined);
  if (problems.length > 0 || !scopes) return refuse(422, `Validation failed: ${problems.join(", ")}`);
  const { id } = site.authority;
  const registered = { name, website, redirectUris, scopes: scopes.length > 0 ? scopes : ["read"] };
  const { app, key } = await services.db.as(id, async (tx) => ({
    app: await registerApp(tx, id, registered),
    key: await vapidKey(tx, id),
  }));
  return answer(
    {
      ...entityOf(app, key),
      client_id: app.clientId,
      client_secret: app.secret,
      client_secret_expires_at: 0,
    },
    200,
    { "cache-control": "no-store" },
  );
}

/** GET /api/v1/apps/verify_credentials */
export async function verifyApp({ services, site, c }: Call): Promise<Response> {
  const { id } = site.authority;
  const found = await findHolder(services, c, tokenOf(c) ?? "");
  if (!found) return refuse(401, "The access token is invalid");
  const { app, key } = await services.db.as(id, async (tx) => ({
    app: found.app ? await findAppById(tx, id, found.app) : undefined,
    key: await vapidKey(tx, id),
  }));
  return answer(entityOf(app ?? { ...commandLine, id: found.id, scopes: found.scopes }, key));
}

/** What a token belongs to that was made where Torg runs. */
const commandLine = { name: "torg token", website: null, redirectUris: [outOfBand] };

/** https://docs.joinmastodon.org/entities/Application/ */
function entityOf(
  app: Pick<OauthApp, "name" | "website" | "redirectUris" | "scopes"> & { id: string },
  key: string,
) {
  return {
    id: app.id,
    name: app.name,
    website: app.website,
    scopes: app.scopes,
    redirect_uri: app.redirectUris.join("\n"),
    redirect_uris: app.redirectUris,
    vapid_key: key,
  };
}

function isWebsite(text: string): boolean {
  return text.length <= 2000 && /^https?:$/.test(URL.parse(text)?.protocol ?? "");
}

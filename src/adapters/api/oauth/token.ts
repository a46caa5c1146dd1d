import { makeAppToken, type NewToken } from "#domain/accounts/access-token.ts";
import { authenticateApp, type OauthApp } from "#domain/accounts/oauth-app.ts";
import { redeemCode } from "#domain/accounts/oauth-code.ts";
import { answer } from "../answers.ts";
import type { Call } from "../endpoint.ts";
import { askedScopes } from "./authorize-request.ts";
import { clientCredentials } from "./client-credentials.ts";

/** POST /oauth/token: a code, or an app's own secret, for a token (RFC 6749, 4.1.3 and 4.4.2). */
export async function token(call: Call<undefined>): Promise<Response> {
  const { services, site, params, c } = call;
  const { id } = site.authority;
  const grant = params.text("grant_type");
  if (!grant) return wrong("invalid_request", "The parameter grant_type is missing.");
  if (grant === "password")
    return wrong(
      "unsupported_grant_type",
      "Passwords are not taken: nobody here has one. Use authorization_code, and let the person sign in on our page.",
    );
  if (grant !== "authorization_code" && grant !== "client_credentials")
    return wrong(
      "unsupported_grant_type",
      "The authorization grant type is not supported by the authorization server.",
    );
  const credentials = clientCredentials(c, params);
  const app = credentials && (await services.db.read(id, (tx) => authenticateApp(tx, id, credentials)));
  if (!app) return unknownClient();
  return grant === "client_credentials" ? ofProgram(call, app) : ofPerson(call, app);
}

async function ofProgram({ services, site, params }: Call<undefined>, app: OauthApp): Promise<Response> {
  const { id } = site.authority;
  const scopes = askedScopes(app, params.text("scope"));
  if (!scopes) return wrong("invalid_scope", "The requested scope is invalid, unknown, or malformed.");
  return tokenEntity(await services.db.as(id, (tx) => makeAppToken(tx, id, app, scopes)));
}

async function ofPerson({ services, site, params, now }: Call<undefined>, app: OauthApp): Promise<Response> {
  const { id } = site.authority;
  const code = params.text("code");
  const redirectUri = params.text("redirect_uri");
  if (!code || !redirectUri)
    return wrong("invalid_request", `The parameter ${code ? "redirect_uri" : "code"} is missing.`);
  const verifier = params.text("code_verifier") || undefined;
  const redeemed = await services.db.as(id, (tx) =>
    redeemCode(tx, id, { code, app, redirectUri, verifier }, now),
  );
  if (redeemed.outcome === "redeemed") return tokenEntity(redeemed);
  return wrong(
    "invalid_grant",
    "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.",
  );
}

/** https://docs.joinmastodon.org/entities/Token/ */
function tokenEntity({ token, scopes, createdAt }: NewToken): Response {
  const created = Math.floor(createdAt.epochMilliseconds / 1000);
  return answer(
    { access_token: token, token_type: "Bearer", scope: scopes.join(" "), created_at: created },
    200,
    { "cache-control": "no-store", pragma: "no-cache" },
  );
}

function unknownClient(): Response {
  return answer(
    {
      error: "invalid_client",
      error_description:
        "Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.",
    },
    401,
    { "cache-control": "no-store", "www-authenticate": 'Basic realm="Torg"' },
  );
}

function wrong(error: string, description: string): Response {
  return answer({ error, error_description: description }, 400, { "cache-control": "no-store" });
}

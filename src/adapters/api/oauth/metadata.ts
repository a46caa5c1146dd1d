import type { Site } from "#context.ts";
import { answer } from "../answers.ts";
import type { Call } from "../endpoint.ts";
import { scopes } from "../scopes.ts";

/** Who we are to apps: the same in the metadata and in every answer (RFC 8414, RFC 9207). */
export function issuerOf(site: Site): string {
  return `${site.origin}/`;
}

/** GET /.well-known/oauth-authorization-server (RFC 8414) */
export function metadata({ site }: Call<undefined>): Response {
  const { origin } = site;
  return answer(
    {
      issuer: issuerOf(site),
      service_documentation: "https://docs.joinmastodon.org/",
      authorization_endpoint: `${origin}/oauth/authorize`,
      token_endpoint: `${origin}/oauth/token`,
      app_registration_endpoint: `${origin}/api/v1/apps`,
      revocation_endpoint: `${origin}/oauth/revoke`,
      userinfo_endpoint: `${origin}/oauth/userinfo`,
      scopes_supported: scopes,
      response_types_supported: ["code"],
      response_modes_supported: ["query"],
      code_challenge_methods_supported: ["S256"],
      grant_types_supported: ["authorization_code", "client_credentials"],
      token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
      revocation_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
      ui_locales_supported: site.authority.languages,
      authorization_response_iss_parameter_supported: true,
    },
    200,
    { "cache-control": "max-age=600" },
  );
}

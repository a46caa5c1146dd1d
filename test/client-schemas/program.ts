import {
  count,
  entity,
  flag,
  later,
  list,
  nullable,
  oneOf,
  optional,
  text,
  uri,
  url,
  words,
  id,
} from "./shapes.ts";

const addresses = { type: "array", items: words, minItems: 1 };
const application = {
  name: words,
  website: nullable(url),
  scopes: list(words),
  redirect_uris: addresses,
  redirect_uri: optional(text), // deprecated
  vapid_key: optional(text), // deprecated
};

/** Apps and their tokens. */
export const programSchemas = {
  /** https://docs.joinmastodon.org/entities/Application/ */
  Application: entity({ id, ...application }),
  CredentialApplication: entity({
    id,
    ...application,
    client_id: words,
    client_secret: words,
    client_secret_expires_at: { type: "integer", const: 0 }, // never
  }),
  Token: entity({
    access_token: words,
    token_type: { const: "Bearer" },
    scope: text,
    created_at: { type: "integer", minimum: 1_000_000_000 }, // seconds, UNIX
  }),
  /** RFC 6749, 5.2: what a token is refused with. */
  OAuthError: entity({ error: words, error_description: optional(words), error_uri: optional(uri) }),
  /** https://docs.joinmastodon.org/methods/oauth/#authorization-server-metadata, RFC 8414 */
  AuthorizationServer: entity({
    issuer: url,
    service_documentation: url,
    authorization_endpoint: url,
    token_endpoint: url,
    app_registration_endpoint: url,
    revocation_endpoint: url,
    userinfo_endpoint: optional(url), // since 4.4
    registration_endpoint: later(url),
    scopes_supported: list(words),
    response_types_supported: list(words),
    response_modes_supported: list(words),
    grant_types_supported: list(words),
    token_endpoint_auth_methods_supported: list(words),
    code_challenge_methods_supported: list(oneOf("S256")),
    revocation_endpoint_auth_methods_supported: optional(list(words)),
    authorization_response_iss_parameter_supported: optional(flag),
    ui_locales_supported: optional(list(words)),
  }),
  /** https://docs.joinmastodon.org/methods/oauth/#userinfo */
  UserInfo: entity({
    iss: url,
    sub: url,
    name: text,
    preferred_username: words,
    profile: url,
    picture: url,
    updated_at: optional(count),
  }),
};

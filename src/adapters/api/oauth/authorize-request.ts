import { findApp, type OauthApp } from "#domain/accounts/oauth-app.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Database } from "#platform/database.ts";
import type { Language } from "#platform/i18n.ts";
import { holds, readScopes, usualScopes, type Scope } from "../scopes.ts";

export const authorizePath = "/oauth/authorize";

/** What an app asks a person for, once all of it is in order. */
export type Asking = {
  outcome: "asks";
  app: OauthApp;
  redirectUri: string;
  scopes: string[];
  state: string | undefined;
  codeChallenge: string | null;
};

/** Nobody is sent anywhere: either nobody known asks, or not to where they may be answered. */
export type NobodyKnown = { outcome: "unknown-app" } | { outcome: "unknown-place"; app: OauthApp };

/** The app is known and has asked for what cannot be; the words are those of RFC 6749, 4.1.2.1. */
export type AskedWrongly = Pick<Asking, "app" | "redirectUri" | "state"> & {
  outcome: "asked-wrongly";
  error: "invalid_request" | "unsupported_response_type" | "invalid_scope";
  description: string;
};

type Values = { getAll(name: string): unknown[] };

/** Reads a request to be let in, from the query or from the form that brings it back. */
export async function readAsking(
  db: Database,
  authority: AuthorityId,
  values: Values,
): Promise<Asking | NobodyKnown | AskedWrongly> {
  const text = (name: string) => {
    const [value] = values.getAll(name);
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const clientId = once(values, "client_id") ? text("client_id") : undefined;
  const app = clientId && (await db.read(authority, (tx) => findApp(tx, authority, clientId)));
  if (!app) return { outcome: "unknown-app" };
  const redirectUri = text("redirect_uri");
  if (!redirectUri || !once(values, "redirect_uri") || !app.redirectUris.includes(redirectUri))
    return { outcome: "unknown-place", app };

  const state = text("state");
  const wrong = (error: AskedWrongly["error"], description: string): AskedWrongly => ({
    outcome: "asked-wrongly",
    app,
    redirectUri,
    state,
    error,
    description,
  });
  const twice = single.find((name) => !once(values, name));
  if (twice) return wrong("invalid_request", `The parameter ${twice} stands there more than once.`);
  const responseType = text("response_type");
  if (!responseType) return wrong("invalid_request", "The parameter response_type is missing.");
  if (responseType !== "code")
    return wrong(
      "unsupported_response_type",
      "The authorization server does not support this response type.",
    );
  if ((text("response_mode") ?? "query") !== "query")
    return wrong("invalid_request", "The authorization server does not support this response mode.");

  const method = text("code_challenge_method");
  const codeChallenge = text("code_challenge");
  // Without a method RFC 7636 means `plain`, which guards against nobody who can read the request.
  if ((codeChallenge !== undefined || method !== undefined) && method !== "S256")
    return wrong("invalid_request", "The code_challenge_method must be S256.");
  if (method !== undefined && !/^[\w-]{43}$/.test(codeChallenge ?? ""))
    return wrong("invalid_request", "The code_challenge must be a SHA-256 digest in base64url.");

  const scopes = askedScopes(app, text("scope"));
  if (!scopes) return wrong("invalid_scope", "The requested scope is invalid, unknown, or malformed.");
  return { outcome: "asks", app, redirectUri, scopes, state, codeChallenge: codeChallenge ?? null };
}

/** The request as the query or the form that brings it back. */
export function fieldsOf(asking: Asking, language: Language): URLSearchParams {
  const fields = new URLSearchParams({
    response_type: "code",
    client_id: asking.app.clientId,
    redirect_uri: asking.redirectUri,
    scope: asking.scopes.join(" "),
    lang: language,
  });
  if (asking.state !== undefined) fields.set("state", asking.state);
  if (asking.codeChallenge !== null) {
    fields.set("code_challenge", asking.codeChallenge);
    fields.set("code_challenge_method", "S256");
  }
  return fields;
}

/** What is asked for, within what the app was registered with; undefined when it goes beyond. */
export function askedScopes(app: Pick<OauthApp, "scopes">, text: string | undefined): string[] | undefined {
  if (text === undefined || text.trim() === "") return usualScopes(app.scopes);
  const asked: Scope[] | undefined = readScopes(text);
  return asked && asked.length > 0 && asked.every((scope) => holds(app.scopes, scope)) ? asked : undefined;
}

const single = [
  "response_type",
  "response_mode",
  "scope",
  "state",
  "code_challenge",
  "code_challenge_method",
];

function once(values: Values, name: string): boolean {
  return values.getAll(name).length <= 1;
}

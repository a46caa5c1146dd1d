import { app, open, user, type Endpoint } from "../endpoint.ts";
import { createApp, verifyApp } from "./apps.ts";
import { metadata } from "./metadata.ts";
import { revoke } from "./revoke.ts";
import { token } from "./token.ts";
import { userinfo } from "./userinfo.ts";

/** What apps ask on the way to a token. The page on which a person lets them in is in consent-routes.ts. */
export const oauthEndpoints: readonly Endpoint[] = [
  open("POST", "/api/v1/apps", createApp),
  app("GET", "/api/v1/apps/verify_credentials", verifyApp),
  open("POST", "/oauth/token", token),
  open("POST", "/oauth/revoke", revoke),
  user("GET", "/oauth/userinfo", "profile", userinfo),
  user("POST", "/oauth/userinfo", "profile", userinfo),
  open("GET", "/.well-known/oauth-authorization-server", metadata),
];

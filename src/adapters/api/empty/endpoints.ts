import { firstLanguage } from "#domain/authorities/authority.ts";
import { answer, missing, refuse } from "../answers.ts";
import { app, open, ready, user, type Endpoint } from "../endpoint.ts";
import { instanceWords } from "../instance/words.ts";

const nothing = () => answer([]);

/** What there is none of here, said so that every app goes on: docs/client-api.md tells why. */
export const emptyEndpoints: readonly Endpoint[] = [
  ready(open("GET", "/api/v1/custom_emojis", nothing)),
  open("GET", "/api/v1/trends", nothing),
  open("GET", "/api/v1/trends/tags", nothing),
  open("GET", "/api/v1/trends/statuses", nothing),
  open("GET", "/api/v1/trends/links", nothing),
  user("GET", "/api/v1/announcements", ["read", "write", "profile", "read:accounts"], nothing),
  user("POST", "/api/v1/announcements/:id/dismiss", "write:accounts", missing),
  user("PUT", "/api/v1/announcements/:id/reactions/:name", "write:favourites", missing),
  user("DELETE", "/api/v1/announcements/:id/reactions/:name", "write:favourites", missing),
  // People are added by an administrator and have no address that waits to be confirmed.
  app("POST", "/api/v1/accounts", ({ site }) =>
    refuse(403, "This action is not allowed", instanceWords[firstLanguage(site.authority)].refused),
  ),
  app("GET", "/api/v1/emails/check_confirmation", ({ caller }) =>
    caller ? answer(true) : refuse(422, "This method requires an authenticated user"),
  ),
  app("POST", "/api/v1/emails/confirmations", () =>
    refuse(403, "This method is only available while the e-mail is awaiting confirmation"),
  ),
];

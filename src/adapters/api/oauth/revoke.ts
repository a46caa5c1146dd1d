import { giveBackToken } from "#domain/accounts/access-token.ts";
import { authenticateApp } from "#domain/accounts/oauth-app.ts";
import { answer, done } from "../answers.ts";
import type { Call } from "../endpoint.ts";
import { clientCredentials } from "./client-credentials.ts";

/** POST /oauth/revoke (RFC 7009): an app gives back a token of its own. One that is over already is no mistake. */
export async function revoke({ services, site, params, c, now }: Call<undefined>): Promise<Response> {
  const { id } = site.authority;
  const credentials = clientCredentials(c, params);
  const text = params.text("token");
  if (!credentials || !text) return notYours();
  const isDone = await services.db.as(id, async (tx) => {
    const app = await authenticateApp(tx, id, credentials);
    return app !== undefined && giveBackToken(tx, id, app, text, now);
  });
  return isDone ? done() : notYours();
}

function notYours(): Response {
  return answer(
    { error: "unauthorized_client", error_description: "You are not authorized to revoke this token" },
    403,
  );
}

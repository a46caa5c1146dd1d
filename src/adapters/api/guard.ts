import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { findToken, noteUse, type TokenFound } from "#domain/accounts/find-token.ts";
import { refuse } from "./answers.ts";
import type { Access, Caller } from "./endpoint.ts";
import { knownTokensOf } from "./known-tokens.ts";
import { holds } from "./scopes.ts";

/** Lets a request through to an endpoint, with the person behind it; or answers it. */
export async function admit(
  services: Services,
  c: Context<Env>,
  access: Access,
): Promise<{ caller: Caller | undefined } | Response> {
  if (access.kind === "open") return { caller: undefined };
  const token = tokenOf(c);
  if (token === undefined)
    return access.kind === "optional" ? { caller: undefined } : unauthorised("The access token is missing");
  const found = await findHolder(services, c, token);
  return found ? callerOf(access, found) : unauthorised("The access token is invalid");
}

/** Whom an endpoint sees behind a token; or the answer, where it may not go on. */
export function callerOf(
  access: Exclude<Access, { kind: "open" }>,
  found: TokenFound,
): { caller: Caller | undefined } | Response {
  const { id, app, scopes, holder } = found;
  const caller = holder && { token: id, app, scopes, ...holder };
  if (access.kind === "app") return { caller };
  const asked = access.kind === "user" ? access.scopes : [access.scope];
  // An app by itself sees what anyone sees.
  if (!caller)
    return access.kind === "optional"
      ? { caller }
      : refuse(422, "This method requires an authenticated user");
  if (!asked.some((scope) => holds(scopes, scope)))
    return refuse(
      403,
      "This action is outside the authorized scopes",
      `The token lacks the scope ${asked.join(" or ")}.`,
    );
  return { caller };
}

/** What a token of this authority stands for now. */
export async function findHolder(
  services: Services,
  c: Context<Env>,
  token: string,
): Promise<TokenFound | undefined> {
  const { id } = c.get("site").authority;
  const found = await services.db.read(id, (tx) => findToken(tx, id, token), { plans: "kept" });
  if (!found) return undefined;
  knownTokensOf(services).note(id, token, found);
  noteDay(services, c, found);
  return found;
}

/** From the header; older apps put it in the query, and a browser's EventSource and WebSocket can do no other. */
export function tokenOf(c: Context<Env>): string | undefined {
  const header = /^Bearer\s+(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  return header ?? c.req.query("access_token") ?? protocolOf(c);
}

/** What a browser's WebSocket offers to speak is the one header that it may set. */
function protocolOf(c: Context<Env>): string | undefined {
  if (c.req.header("upgrade")?.toLowerCase() !== "websocket") return undefined;
  return c.req.header("sec-websocket-protocol")?.split(",")[0]?.trim() || undefined;
}

/** Once a day (in UTC) and aside: no reading waits for it, and none fails with it. */
export function noteDay(services: Services, c: Context<Env>, { id, lastUsedOn }: TokenFound): void {
  const day = services.clock().toString().slice(0, 10);
  if (lastUsedOn === day) return;
  const { id: authority } = c.get("site").authority;
  services.db
    .as(authority, (tx) => noteUse(tx, authority, id, day))
    .catch((error: unknown) => c.get("log").warn("the day of a token's use was not noted", { error }));
}

function unauthorised(description: string): Response {
  const response = refuse(401, "The access token is invalid", description);
  response.headers.set("www-authenticate", 'Bearer realm="Torg", error="invalid_token"');
  return response;
}

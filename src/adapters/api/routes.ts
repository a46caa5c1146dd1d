import { Hono, type Context, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import type { Env, Services } from "#context.ts";
import { largestUpload } from "#domain/media/store-picture.ts";
import { isBrokenOff } from "#platform/bounded-server.ts";
import { parseId } from "#platform/id.ts";
import { missing, refuse } from "./answers.ts";
import type { Call, Endpoint } from "./endpoint.ts";
import { endpoints } from "./endpoints.ts";
import { admit } from "./guard.ts";
import { crossOrigin } from "./cross-origin.ts";
import { createPaced } from "./paced.ts";
import { readParams } from "./params.ts";
import { presume } from "./presume.ts";

const id = "{[1-9][0-9]{17,18}}";
const largestText = 2 * 1024 * 1024;
/** What pages anywhere may ask. The page on which a person lets an app in is not among it. */
const shared = [
  "/api/*",
  "/oauth/token",
  "/oauth/revoke",
  "/oauth/userinfo",
  "/.well-known/oauth-authorization-server",
];

/** The Mastodon client API. Its requests bear tokens and no cookies, so any origin may send them. */
export function apiRoutes(services: Services): Hono<Env> {
  const routes = new Hono<Env>();
  const tooLarge = () => refuse(413, "The request is too large. Nothing was kept.");
  const roomForText = bodyLimit({ maxSize: largestText, onError: tooLarge });
  const roomForPicture = bodyLimit({ maxSize: largestUpload + largestText, onError: tooLarge });
  const pass: MiddlewareHandler<Env> = (_c, next) => next();
  const paced = createPaced(services);
  for (const path of shared) routes.use(path, crossOrigin);
  for (const endpoint of endpoints) {
    const takesPicture = /\/media$|update_credentials$/.test(endpoint.path);
    routes.on(
      endpoint.method,
      routePath(endpoint),
      // What pages show as pictures is no asking.
      /^\/(api|oauth)\//.test(endpoint.path) ? paced(endpoint) : pass,
      // Of what has no body, looking for one would make a whole request of what the server holds.
      endpoint.method === "GET" ? pass : takesPicture ? roomForPicture : roomForText,
      (c) => answerWith(services, c, endpoint),
    );
  }
  routes.all("/api/*", paced(), () => refuse(404, "Not Found"));
  routes.onError(failed);
  return routes;
}

/** An app reads no pages: what went wrong is said in JSON. */
function failed(error: Error, c: Context<Env>): Response {
  if (error instanceof HTTPException) return refuse(error.status, "The request could not be read");
  // The database takes no NUL in any text.
  if ("code" in error && (error.code === "22021" || error.code === "22P05"))
    return refuse(422, "The request holds characters that no text can hold. Nothing was kept.");
  if (isBrokenOff(c.env?.incoming)) return refuse(400, "The request did not come whole. Nothing was kept.");
  c.get("log").error("a request failed", { error });
  return refuse(500, "Something went wrong here. Nothing was kept. Try again, and tell us if it goes on.");
}

/** An endpoint's path as the router has it: nothing but an id of ours gets through where one is asked for. */
export function routePath(endpoint: Endpoint): string {
  return endpoint.path.replaceAll(/:(\w*id)\b/g, `:$1${id}`);
}

async function answerWith(services: Services, c: Context<Env>, endpoint: Endpoint): Promise<Response> {
  return (await answerPresumed(services, c, endpoint)) ?? answerAdmitted(services, c, endpoint);
}

/** Begins before it is known who asks; undefined where that cannot be, or somebody else has asked than it was taken for. */
async function answerPresumed(
  services: Services,
  c: Context<Env>,
  endpoint: Endpoint,
): Promise<Response | undefined> {
  if (!endpoint.onlyReads || namesNothing(c)) return undefined;
  const presumed = presume(services, c, endpoint.access);
  const params = presumed && (await readParams(c));
  if (!params || !endpoint.onlyReads(params)) return undefined;
  const answering = answerCall(services, c, endpoint, { params, caller: presumed.caller, presumed });
  await Promise.allSettled([answering]);
  return (await presumed.holds()) ? answering : undefined;
}

async function answerAdmitted(services: Services, c: Context<Env>, endpoint: Endpoint): Promise<Response> {
  const admitted = await admit(services, c, endpoint.access);
  if (admitted instanceof Response) return admitted;
  if (namesNothing(c)) return missing();
  const params = await readParams(c);
  if (!params) return refuse(400, "The body of the request could not be read");
  return answerCall(services, c, endpoint, { params, ...admitted });
}

async function answerCall(
  services: Services,
  c: Context<Env>,
  endpoint: Endpoint,
  known: Pick<Call, "params" | "caller" | "presumed">,
): Promise<Response> {
  if (endpoint.ready) c.set("ready", {});
  return endpoint.answer({ services, c, site: c.get("site"), now: services.clock(), ...known });
}

/** A number that is larger than any id names nothing, and the database would stumble over it. */
function namesNothing(c: Context<Env>): boolean {
  const named = Object.entries(c.req.param()).filter(([name]) => name.endsWith("id"));
  return named.some(([, value]) => parseId(value) === undefined);
}

import assert from "node:assert/strict";
import { Ajv2020 } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";
import { Hono } from "hono";
import { openDataRoutes } from "#adapters/open-data/routes.ts";
import { schemaNames } from "#adapters/open-data/schemas/all.ts";
import type { Env, Services } from "#context.ts";
import { hosted, routedPath, secured } from "../src/frame.ts";

export const openBase = "http://torg.test/api/open/v1";

/** Asks the open data of torg.test in the frame that it stands in. */
export function openSite(services: Services) {
  const app = new Hono<Env>({ getPath: routedPath });
  app.use(secured, async (c, next) => {
    c.set("log", services.log);
    c.set("address", c.req.header("x-test-address") ?? "192.0.2.1");
    await next();
  });
  app.use(hosted(services));
  app.route("/", openDataRoutes(services));
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const url = path.startsWith("http") ? path : `${openBase}${path}`;
    const headers = new Headers(init.headers);
    headers.set("host", new URL(url).host);
    return app.request(url, { ...init, headers });
  };
  /** The answer as JSON, with the status that is expected. */
  const json = async <Body = unknown>(path: string, status = 200): Promise<Body> => {
    const response = await ask(path);
    assert.equal(response.status, status, path);
    return (await response.json()) as Body;
  };
  return { ask, json };
}

type Asked = Pick<ReturnType<typeof openSite>, "ask">;

/** Judges an answer by the schema that it links to itself; what the schema does not name may not be there. */
export async function schemaJudge({ ask }: Asked): Promise<(response: Response) => Promise<unknown>> {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
  ajvFormats.default(ajv);
  for (const name of schemaNames)
    ajv.addSchema(closed(await (await ask(`/schemas/${name}.json`)).json()) as object);
  return async (response) => {
    const body: unknown = await response.json();
    const described = /<([^>]+)>; rel="describedby"/.exec(response.headers.get("link") ?? "")?.[1];
    const valid = ajv.validate(described ?? `${openBase}/schemas/problem.json`, body);
    assert.ok(valid, `${described}: ${ajv.errorsText(ajv.errors)}\n${JSON.stringify(body)}`);
    return body;
  };
}

function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (value === null || typeof value !== "object") return value;
  const inner = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, closed(one)]));
  return "properties" in inner && "required" in inner ? { ...inner, additionalProperties: false } : inner;
}

import { Hono } from "hono";
import type { Env, Services } from "#context.ts";
import { accountList, oneAccount } from "./accounts.ts";
import { base } from "./address.ts";
import { catalog } from "./catalog.ts";
import { changeList } from "./changes.ts";
import { entry } from "./entry.ts";
import { failed, openFrame, unknown } from "./frame.ts";
import { openApi } from "./openapi.ts";
import { onePost, postList } from "./posts.ts";
import { schemaFile } from "./schemas/serve.ts";
import { oneThread, threadList } from "./threads.ts";

/** Everything public, for machines: read-only, the same for everyone, without a key. */
export function openDataRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.onError(failed);
  app.use(`${base}/*`, openFrame(services));

  for (const path of [base, `${base}/`]) app.get(path, entry());
  app.get(`${base}/accounts`, accountList(services));
  app.get(`${base}/accounts/:id`, oneAccount(services));
  app.get(`${base}/posts`, postList(services));
  app.get(`${base}/posts/:id`, onePost(services));
  app.get(`${base}/threads`, threadList(services));
  app.get(`${base}/threads/:id`, oneThread(services));
  app.get(`${base}/changes`, changeList(services));
  app.get(`${base}/catalog`, catalog());
  app.get(`${base}/openapi.json`, openApi());
  app.get(`${base}/schemas/:file`, schemaFile());
  app.all(`${base}/*`, unknown);
  return app;
}

import type { Call, Caller } from "#adapters/api/endpoint.ts";
import { paramsOf } from "#adapters/api/params.ts";
import type { ClientWorld } from "./client-world.ts";
import { countingReads } from "./count-queries.ts";

/** How many queries an endpoint takes for a request of the example's person who speaks for the office. */
export async function queriesOf(
  world: ClientWorld,
  endpoint: (call: Call<Caller>) => Response | Promise<Response>,
  params: Record<string, unknown> = {},
): Promise<{ queries: number; body: unknown }> {
  const { db, queries } = countingReads(world.services.db);
  const { authority, origin, office, person } = world;
  const who = {
    id: person,
    name: "Anna Exempel",
    email: "anna@example.se",
    roles: [],
    language: "sv" as const,
  };
  const call = {
    services: { ...world.services, db },
    c: { req: { url: `${origin}/api` } },
    site: { authority, origin },
    params: paramsOf(params),
    caller: { token: "1", app: null, scopes: ["read", "write"], person: who, account: office },
    now: world.services.clock(),
  } as unknown as Call<Caller>;
  const response = await endpoint(call);
  return { queries: queries.count, body: await response.json() };
}

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Services } from "#context.ts";
import { silentLog } from "#platform/log.ts";
import type { Line } from "../live/line.ts";
import { startCompany } from "./company.ts";

test("a deck that comes while others cannot be heard keeps none that comes later from company", async () => {
  const stopping = new AbortController();
  let fails = true;
  const answer = async <T>(value: T): Promise<T> => {
    if (fails) throw new Error("cut");
    return value;
  };
  const listening = { unlisten: () => Promise.resolve() };
  let begun = 0;
  const services = {
    log: silentLog,
    stopping: stopping.signal,
    db: { sql: { listen: () => answer(listening) } },
  } as unknown as Services;
  const company = startCompany(services, async () => void (await answer(begun++)));
  company.join(line(() => assert.fail("nothing can be told")));
  await new Promise((turn) => setImmediate(turn));
  fails = false;
  await new Promise((told) => company.join(line(told)));
  assert.equal(begun, 2);
  stopping.abort();
});

function line(send: (told: unknown) => void): Line {
  return { send, seat: { site: { authority: { id: "1" } } } } as unknown as Line;
}

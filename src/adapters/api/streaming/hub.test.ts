import assert from "node:assert/strict";
import { test } from "node:test";
import type { Services } from "#context.ts";
import { silentLog } from "#platform/log.ts";
import { streamingHubOf } from "./hub.ts";
import type { Listener } from "./listener.ts";

test("whoever comes while changes cannot be heard of is not kept, and the next is", async () => {
  const stopping = new AbortController();
  let fails = true;
  const line = { unlisten: () => Promise.resolve() };
  const hub = streamingHubOf({
    log: silentLog,
    stopping: stopping.signal,
    db: {
      read: () => Promise.resolve("0"),
      sql: { listen: () => (fails ? Promise.reject(new Error("cut")) : Promise.resolve(line)) },
    },
    journal: { onEntries: () => () => {} },
  } as unknown as Services);
  await assert.rejects(hub.join(listener("1")), /cut/);
  assert.equal([...hub.open()].length, 0);
  fails = false;
  await hub.join(listener("2"));
  assert.equal([...hub.open()].length, 1);
  stopping.abort();
});

function listener(account: string): Listener {
  return {
    site: { authority: { id: "1" } },
    caller: { account: { id: account } },
    streams: new Map(),
    close: () => {},
  } as unknown as Listener;
}

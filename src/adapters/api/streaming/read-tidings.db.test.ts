import assert from "node:assert/strict";
import { test } from "node:test";
import { siteOf } from "#context.ts";
import type { Account } from "#domain/accounts/account.ts";
import { countingReads } from "#test/count-queries.ts";
import { testDatabase } from "#test/database.ts";
import { startDeckSite } from "#test/deck-site.ts";
import { fileScope } from "#test/file-scope.ts";
import type { Caller } from "../endpoint.ts";
import { readTidings, type Ear } from "./read-tidings.ts";
import { streamKey, type StreamName } from "./streams.ts";
import type { Tiding } from "./tidings.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startDeckSite(scope, db);
const { authority, office, voice } = world;
const site = siteOf(world.services.config, authority);

function earOf(account: Account, ...names: StreamName[]): Ear {
  const streams = names.map((name) => ({
    name,
    subject: name.startsWith("hashtag") ? "simhall" : undefined,
  }));
  const caller = { account } as Caller;
  return { site, caller, streams: new Map(streams.map((stream) => [streamKey(stream), stream])) };
}

async function queriesFor(ears: Ear[], tidings: Tiding[]): Promise<number> {
  const counting = countingReads(db);
  const told = await counting.db.read(authority.id, (tx) => readTidings(tx, ears, tidings));
  for (const { caller, streams } of ears)
    for (const [key] of streams) assert.equal(told.get(caller.account.id)?.get(key)?.length, tidings.length);
  return counting.queries.count;
}

test("neither more posts nor more public streams take more queries, and an account more takes few", async () => {
  const tidings: Tiding[] = [];
  for (let n = 0; n < 8; n++)
    tidings.push({ kind: "put", post: await world.say(voice, `Öppet #simhall, nummer ${n}`) });
  const few = tidings.slice(0, 1);
  const one = await queriesFor([earOf(voice, "user", "public")], few);
  assert.equal(await queriesFor([earOf(voice, "user", "public")], tidings), one);
  const many = earOf(voice, "user", "public", "public:local", "hashtag", "hashtag:local");
  assert.equal(await queriesFor([many], tidings), one);
  const both = await queriesFor([earOf(voice, "public"), earOf(office, "public")], few);
  const single = await queriesFor([earOf(voice, "public")], few);
  assert.ok(both - single < single, `${single} queries for one account, and ${both} for two`);
});

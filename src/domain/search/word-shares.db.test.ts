import assert from "node:assert/strict";
import { test } from "node:test";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { countingReads } from "#test/count-queries.ts";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority } from "#test/example.ts";
import { fileScope } from "#test/file-scope.ts";
import { nearestHits } from "./nearest-hits.ts";
import { holding, wordShares } from "./word-shares.ts";
import { toTsvectorText } from "./words.ts";

const { db } = await testDatabase(fileScope());
const day = 24n * 60n * 60_000n;

/** Entries a millisecond apart, as many as there are texts; the ids. */
async function enter(authority: AuthorityId, texts: string[], daysAhead = 0n): Promise<string[]> {
  return db.as(authority, async (tx) => {
    const rows = await tx<{ id: string }[]>`
      insert into post_search (authority, post, words, own)
      select ${authority}, next_id() + ((${String(daysAhead * day)}::bigint + n) << 16), to_tsvector('simple', said), n % 2 = 0
      from unnest(${texts.map(toTsvectorText)}::text[]) with ordinality as one (said, n) returning post as id`;
    return rows.map(({ id }) => id);
  });
}

const repeated = (times: number, text: (n: number) => string) =>
  Array.from({ length: times }, (_, n) => text(n));

test("a word's share is that of all that begin so, and of several words the rarest's", async () => {
  const { authority } = await exampleAuthority(db);
  const texts = repeated(
    40,
    (n) => `Simhallen ${n % 4 === 0 ? "badhuset" : "ishallen"} ${n < 2 ? "cykel" : "och en"}`,
  );
  await enter(authority.id, texts);
  const shares = await db.read(authority.id, (tx) => wordShares(tx, authority.id, { own: false }));
  assert.equal(shares.entries, 40);
  const cases = {
    simhall: 40,
    badhus: 10,
    "simhall badhus": 10,
    cyklar: 2,
    vatten: 0,
    en: 38,
    "en vatten": 0,
  };
  for (const [query, count] of Object.entries(cases)) assert.equal(holding(shares, query), count, query);
  const own = await db.read(authority.id, (tx) => wordShares(tx, authority.id, { own: true }));
  assert.equal(own.entries, 20);
});

test("common and rare words are found in one journey each, and what lies between the two ways in two", async () => {
  const { authority } = await exampleAuthority(db);
  const ids = await enter(
    authority.id,
    repeated(3_000, (n) => (n % 3 === 0 ? "vanlig" : n < 3 ? "sällsynt" : "annat")),
  );
  const counting = countingReads(db);
  const find = (query: string, keep: (id: string) => boolean = () => true) =>
    counting.db.read(authority.id, (tx) =>
      nearestHits(tx, authority.id, query, { limit: 5 }, async (found) => {
        const rows = await tx<{ id: string }[]>`select post as id from ${found} order by post desc`;
        return rows.filter(({ id }) => keep(id)).slice(0, 5);
      }),
    );
  await find("annat");
  const asked = async (...asking: Parameters<typeof find>) => {
    counting.queries.count = 0;
    const found = await find(...asking);
    return { journeys: counting.queries.count, found: found.map(({ id }) => id) };
  };
  const common = ids.filter((_, n) => n % 3 === 0).toReversed();
  assert.deepEqual(await asked("vanlig"), { journeys: 1, found: common.slice(0, 5) });
  assert.deepEqual(await asked("sällsynt"), { journeys: 1, found: [ids[2], ids[1]] });
  const oldest = new Set(common.slice(-3));
  assert.deepEqual(await asked("vanlig", (id) => oldest.has(id)), { journeys: 2, found: common.slice(-3) });
});

test("what has been said since is looked at once something found is a day newer", async () => {
  const { authority } = await exampleAuthority(db);
  const see = (query: string) =>
    db.read(authority.id, async (tx) => {
      await nearestHits(
        tx,
        authority.id,
        query,
        { limit: 5 },
        (found) => tx<{ id: string }[]>`
        select post as id from ${found} order by post desc limit 5`,
      );
      return holding(await wordShares(tx, authority.id, { own: false }), "vatten");
    });
  await enter(
    authority.id,
    repeated(30, () => "vatten"),
  );
  assert.equal(await see("vatten"), 30);
  await enter(authority.id, ["vatten"]);
  assert.equal(await see("vatten"), 30);
  await enter(authority.id, ["vatten"], 2n);
  assert.equal(await see("annat"), 30, "nothing newer was found");
  assert.equal(await see("vatten"), 32);
});

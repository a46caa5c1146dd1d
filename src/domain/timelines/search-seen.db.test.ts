import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Account } from "#domain/accounts/account.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import { searchPosts } from "#domain/search/search-posts.ts";
import { testDatabase } from "#test/database.ts";
import { addAuthority, addVoice } from "#test/web-site.ts";
import { searchSeen } from "./search-seen.ts";
import { searchTimeline } from "./search-timeline.ts";

const { db } = await testDatabase({ after });
const count = 2_500;
/** Which posts, by their number in order of arrival, hold each word: so often that each is found in another way. */
const holds = {
  vanlig: (n: number) => n % 3 === 0,
  ibland: (n: number) => n % 200 === 0,
  sallan: (n: number) => n < 4,
  dold: (n: number) => n % 2 === 0,
  gomd: (n: number) => n % 2 === 0 && (n < 40 || n >= 2_450),
  hemlig: (n: number) => n % 100 === 1,
};
let authority: Authority;
let office: Account;
let other: Account;
/** By number. */
let ids: string[];

/** What is not for everyone: said to the office in confidence, and what another has said to others. */
const inConfidence = (n: number) => n % 100 === 1;
const ofOthers = (n: number) => n % 200 === 101;
/** The newest that hold two of the words, more than a page of them, and one by itself. */
const isHidden = (n: number) => n === 2_400 || (n >= 2_450 && n % 2 === 0);

before(async () => {
  authority = await addAuthority(db, "torg.test");
  office = await addVoice(db, authority, "kommunen", { name: "Kommunen" });
  other = await addVoice(db, authority, "skolan", { name: "Skolan" });
  const numbers = Array.from({ length: count }, (_, n) => n);
  const words = numbers.map((n) => Object.keys(holds).filter((word) => holds[word as keyof typeof holds](n)));
  await db.as(authority.id, async (tx) => {
    const rows = await tx<{ id: string }[]>`
      insert into post (authority, id, account, network, kind, visibility, thread, published_at, hidden_at)
      select ${authority.id}, (select max(id) from account) + n, case when n % 2 = 0 then ${office.id}::bigint else ${other.id}::bigint end,
        'torg', 'note', visibility, (select max(id) from account) + n, now(), case when hidden then now() end
      from unnest(${numbers}::int[], ${numbers.map((n) => (inConfidence(n) ? "direct" : "public"))}::text[],
        ${numbers.map((n) => String(isHidden(n)))}::text[]::boolean[]) as said (n, visibility, hidden) order by n returning id`;
    ids = rows.map((row) => row.id);
    await tx`
      insert into post_version (authority, post, version, source_type, source, language, blocks, at)
      select ${authority.id}, id, 1, 'plain', '', 'sv', '[]', now() from post where authority = ${authority.id}`;
    await tx`
      insert into post_mention (authority, post, account)
      select ${authority.id}, unnest(${ids.filter((_, n) => inConfidence(n) && !ofOthers(n))}::bigint[]), ${office.id}`;
    for (const table of ["post_search", "post_words"]) {
      const some = numbers.filter((n) => inConfidence(n) === (table === "post_words"));
      await tx`
        insert into ${tx(table)} (authority, post, words)
        select ${authority.id}, id, to_tsvector('simple', words)
        from unnest(${some.map((n) => ids[n] ?? "")}::bigint[], ${some.map((n) => (words[n] ?? []).join(" "))}::text[]) as said (id, words)`;
    }
  });
});

type Condition = (n: number) => boolean;
const expected = (word: keyof typeof holds, also: Condition = () => true) =>
  ids.filter((_, n) => holds[word](n) && !isHidden(n) && also(n)).toReversed();
const open: Condition = (n) => !inConfidence(n);
const seen: Condition = (n) => !ofOthers(n);

for (const word of ["vanlig", "ibland", "sallan", "dold", "gomd"] as const) {
  test(`the public finds the newest that hold ${word}, and goes on from there`, async () => {
    const page = (before?: string) =>
      db.read(authority.id, (tx) => searchPosts(tx, authority.id, word, { before, limit: 5 }));
    const all = expected(word, open);
    const first = (await page()).map(({ id }) => id);
    assert.deepEqual(first, all.slice(0, 5));
    assert.deepEqual(
      (await page(first.at(-1))).map(({ id }) => id),
      all.slice(5, 10),
    );
  });

  test(`the public finds a full page of what one account has said that holds ${word}`, async () => {
    const find = async (by: Account, before?: string) => {
      const page = { before, limit: 5 };
      const found = await db.read(authority.id, (tx) => searchPosts(tx, authority.id, word, page, by.id));
      return found.map(({ id }) => id);
    };
    for (const [n, by] of [office, other].entries()) {
      const all = expected(word, (number) => open(number) && number % 2 === n);
      const first = await find(by);
      assert.deepEqual(first, all.slice(0, 5));
      assert.deepEqual(await find(by, first.at(-1)), first.length === 0 ? [] : all.slice(5, 10));
    }
  });

  test(`an account finds the newest that hold ${word}, what was said to it in confidence among them`, async () => {
    const find = async (part: { before?: string; after?: string; up?: boolean; by?: Account["id"] } = {}) => {
      const looking = { limit: 5, ...part };
      const found = await db.read(authority.id, (tx) =>
        searchSeen(tx, authority.id, word, office.id, looking),
      );
      return found.map(({ id }) => id);
    };
    const all = expected(word, seen);
    const first = await find();
    assert.deepEqual(first, all.slice(0, 5));
    assert.deepEqual(await find({ before: first.at(-1) ?? "" }), all.slice(5, 10));
    const oldest = all.at(-1) ?? "";
    assert.deepEqual(await find({ after: oldest, up: true }), all.slice(-6, -1));
    const own = expected(word, (n) => n % 2 === 0);
    assert.deepEqual(await find({ by: office.id }), own.slice(0, 5));
    const others = expected(word, (n) => seen(n) && n % 2 === 1);
    assert.deepEqual(await find({ by: other.id }), others.slice(0, 5));
  });

  test(`a column finds the newest that hold ${word} and pass its filters`, async () => {
    const find = (keep: "even" | "none") =>
      db.read(authority.id, (tx) =>
        searchTimeline(tx, authority.id, word, {
          limit: 5,
          keep: keep === "even" ? tx`and post.account = ${office.id}` : tx`and false`,
        }),
      );
    const even = expected(word, (n) => open(n) && n % 2 === 0);
    assert.deepEqual(
      (await find("even")).map(({ id }) => id),
      even.slice(0, 5),
    );
    assert.equal((await find("none")).length, 0);
  });
}

test("what was said in confidence is found by whom it was said to, and by nobody else", async () => {
  const find = async (account: Account) =>
    (
      await db.read(authority.id, (tx) => searchSeen(tx, authority.id, "hemlig", account.id, { limit: 40 }))
    ).map(({ id }) => id);
  assert.deepEqual(await find(office), expected("hemlig", seen));
  assert.deepEqual(await find(other), expected("hemlig"));
  const [open, column] = await db.read(authority.id, (tx) =>
    Promise.all([
      searchPosts(tx, authority.id, "hemlig", { limit: 40 }),
      searchTimeline(tx, authority.id, "hemlig", { limit: 40 }),
    ]),
  );
  assert.deepEqual([open.length, column.length], [0, 0]);
});

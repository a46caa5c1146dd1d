import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { fromPost, postColumns } from "#domain/posts/read-posts.ts";
import { searchPosts } from "#domain/search/search-posts.ts";
import { tsQuery } from "#domain/search/words.ts";
import { searchSeen } from "#domain/timelines/search-seen.ts";
import type { Database, Fragment, ReadOptions, Transaction } from "#platform/database.ts";
import { hashSecret } from "#platform/secret.ts";
import { madeAnew, timed } from "../anew.ts";
import { fetchBody } from "../load.ts";
import type { Bench, Measured, Row } from "../row.ts";
import { seedWords } from "../seed-words.ts";
import { startSquare, type StartedSquare } from "../start-square.ts";
import { median } from "../table.ts";

const posts = 1_000_000;
const times = 15;
/** So often each way of the limit is tried, to see which is the better. */
const looks = 5;

/** What is searched: our own on the public page, or all that an account may see over the client API. */
type Asked = { word: string; own: boolean; limit: number };

/**
 * The search itself, beside the bare indexed query for the same posts; and whole answers over HTTP, made anew each time,
 * beside a bare server that asks in one query for all that the answer shows, over the API with whose token it is beside
 * it, and puts as many bytes together. PostgreSQL can find the newest posts with a word in two ways, and takes the wrong
 * one for rare words: the limit is the better of both.
 */
export const search: Row = {
  name: "search",
  work: "the first page for a Swedish word in 1,000,000 entries, on the public page and over the client API",
  limit:
    "the bare indexed query for its posts, the better of walking from the newest and asking the index of words",
  target: { ratio: { atMost: 1.3 } },
  async measure(bench) {
    const started = await startSquare(bench, posts);
    const words = [
      ["a common word", seedWords.common],
      ["a rare word", seedWords.rare],
    ] as const;
    const measured: Measured[] = [];
    for (const [name, word] of words) {
      measured.push(
        ...(await measuredWays(bench, started, `public, ${name}`, { word, own: true, limit: 21 })),
      );
      measured.push(...(await measuredWays(bench, started, `API, ${name}`, { word, own: false, limit: 20 })));
    }
    return measured;
  },
};

async function measuredWays(
  bench: Bench,
  { torg, origin, authority, office, headers }: StartedSquare,
  part: string,
  asked: Asked,
): Promise<Measured[]> {
  const { db } = torg.services;
  const { id } = authority;
  const { own, word, limit } = asked;
  const { hit, plans } = await betterWay(db, id, asked);
  const bare = () => db.read(id, (tx) => readPosts(tx, id, hit(tx)), plans);
  const answer = own
    ? { url: `${origin}/search?q=${word}` }
    : { url: `${origin}/api/v2/search?type=statuses&q=${word}`, headers };
  const bytes = await fetchBody(answer);
  const token = headers.authorization.slice("Bearer ".length);
  const shown = (tx: Transaction): Promise<unknown> =>
    own
      ? readShown(tx, id, hit(tx))
      : Promise.all([holderOf(tx, id, token), readStatuses(tx, id, hit(tx), office.id)]);
  const body: unknown = own ? undefined : JSON.parse(bytes.toString());
  const server = await startBare(
    bench,
    () => (own ? bytes : JSON.stringify(body)),
    () => db.read(id, shown, plans),
  );
  const found = (tx: Transaction) =>
    own ? searchPosts(tx, id, word, { limit }) : searchSeen(tx, id, word, office.id, { limit });
  const note = `${await hits(db, id, asked)} hits`;
  const query = await inTurns(
    bench,
    () => timed(() => db.read(id, found, { plans: "kept" })),
    () => timed(bare),
  );
  const whole = await inTurns(
    bench,
    () => madeAnew(db, id, answer),
    () => timed(() => fetchBody({ url: server })),
  );
  return [
    { part: `${part}, found`, unit: "ms", ...query, note },
    { part: `${part}, answered`, unit: "ms", ...whole, note: `${bytes.length} bytes` },
  ];
}

async function inTurns(
  bench: Bench,
  ours: () => Promise<number>,
  limit: () => Promise<number>,
): Promise<Pick<Measured, "ours" | "limits">> {
  const all = { ours: [] as number[], limits: [] as number[] };
  for (let round = -1; round < bench.rounds; round++) {
    const some = { ours: [] as number[], limits: [] as number[] };
    for (let n = 0; n < times; n++) {
      some.limits.push(await limit());
      some.ours.push(await ours());
    }
    // The first round warms up.
    if (round < 0) continue;
    all.ours.push(median(some.ours));
    all.limits.push(median(some.limits));
  }
  return all;
}

type Way = { hit: (tx: Transaction) => Fragment; plans: ReadOptions };

/** The bare query for the posts' ids, in the way that was the quickest: by either index, planned anew or kept. */
async function betterWay(db: Database, authority: AuthorityId, { word, own, limit }: Asked): Promise<Way> {
  const wanted = tsQuery(word) ?? "";
  const entries = (tx: Transaction) => tx`
    select post from post_search where authority = ${authority} ${own ? tx`and own` : tx``} and words @@ ${wanted}::tsquery`;
  const hits: Way["hit"][] = [
    (tx) => tx`${entries(tx)} order by post desc limit ${limit}`,
    (tx) =>
      tx`with hit as materialized (${entries(tx)}) select post from hit order by post desc limit ${limit}`,
  ];
  const ways = hits.flatMap((hit): Way[] => [
    { hit, plans: {} },
    { hit, plans: { plans: "kept" } },
  ]);
  const taken: { way: Way; ms: number }[] = [];
  for (const way of ways) {
    const all: number[] = [];
    for (let n = 0; n < looks; n++)
      all.push(
        await timed(() => db.read(authority, (tx) => readPosts(tx, authority, way.hit(tx)), way.plans)),
      );
    taken.push({ way, ms: median(all) });
  }
  const [best] = taken.toSorted((one, other) => one.ms - other.ms);
  if (!best) throw new Error("there is no way");
  return best.way;
}

function readPosts(tx: Transaction, authority: AuthorityId, found: Fragment) {
  return tx`
    select ${postColumns(tx)} ${fromPost(tx)} join (${found}) found on found.post = post.id
    where post.authority = ${authority} order by found.post desc`;
}

/** With who said it. */
function readShown(tx: Transaction, authority: AuthorityId, found: Fragment) {
  return tx`
    select ${postColumns(tx)}, ${authorColumns(tx)}
    ${fromPost(tx)} join (${found}) found on found.post = post.id
    join account author on author.authority = post.authority and author.id = post.account
    where post.authority = ${authority} order by found.post desc`;
}

/** With who said it, and how others and the account that asks have taken it. */
function readStatuses(tx: Transaction, authority: AuthorityId, found: Fragment, reader: AccountId) {
  return tx`
    select ${postColumns(tx)}, ${authorColumns(tx)}, author.biography, author.fields, author.created_at as since,
      counted.posts, counted.followers, counted.following,
      (select count(*)::int from post answer where answer.authority = ${authority} and answer.in_reply_to = post.id) as replies,
      (select count(*)::int from boost where boost.authority = ${authority} and boost.post = post.id) as boosts,
      (select count(*)::int from favourite where favourite.authority = ${authority} and favourite.post = post.id) as favourites,
      exists (select from boost where boost.authority = ${authority} and boost.post = post.id and boost.account = ${reader}) as boosted,
      exists (select from favourite where favourite.authority = ${authority} and favourite.post = post.id
        and favourite.account = ${reader}) as favourited,
      exists (select from bookmark where bookmark.authority = ${authority} and bookmark.post = post.id
        and bookmark.account = ${reader}) as bookmarked,
      (select array_agg(post_mention.account) from post_mention
        where post_mention.authority = ${authority} and post_mention.post = post.id) as mentions
    ${fromPost(tx)} join (${found}) found on found.post = post.id
    join account author on author.authority = post.authority and author.id = post.account
    left join account_count counted on counted.authority = author.authority and counted.account = author.id
    where post.authority = ${authority} order by found.post desc`;
}

function authorColumns(tx: Transaction): Fragment {
  return tx`author.handle, author.domain, author.name, author.url as page, author.avatar, author.header`;
}

/** Who asks: without that, nothing may be shown. */
function holderOf(tx: Transaction, authority: AuthorityId, token: string) {
  return tx`
    select scopes, person, account from access_token
    where authority = ${authority} and token_hash = ${hashSecret(token)} and revoked_at is null`;
}

async function startBare(
  bench: Bench,
  put: () => Buffer | string,
  query: () => Promise<unknown>,
): Promise<string> {
  const server: Server = createServer((_request, response) => {
    void query().then(() => response.end(put()));
  });
  bench.after(() => {
    server.close();
    server.closeAllConnections();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function hits(db: Database, authority: AuthorityId, { word, own }: Asked): Promise<number> {
  const [row] = await db.read(
    authority,
    (tx) => tx<{ count: number }[]>`
      select count(*)::int as count from post_search
      where authority = ${authority} and (own or not ${own}) and words @@ ${tsQuery(word) ?? ""}::tsquery`,
  );
  return row?.count ?? 0;
}

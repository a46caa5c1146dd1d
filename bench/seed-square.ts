import type { AccountId } from "#domain/accounts/account.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { Database, Transaction } from "#platform/database.ts";
import { seedWords } from "./seed-words.ts";

export type Square = {
  /** A post with fifty answers. */
  thread: PostId;
  /** One of those that are followed, with many posts. */
  neighbour: AccountId;
};

export type Sowing = {
  /** Every so-many-th post is the office's own (the one with the answers among them); none unless told. */
  ownEvery?: number;
  /** The posts are found by their words as well. */
  findable?: boolean;
  /** So many posts, evenly spread, hold `sparseWord`. */
  sparse?: number;
};

/** Tables that are filled by the million, with the indexes that are quicker to build at the end. */
const large = ["post", "post_version", "post_search"];
/** From so many posts on it is quicker to build indexes at the end. */
const many = 200_000;

/**
 * Fills an authority with what years bring: `posts` posts by 500 others, 200 of whom the office follows, boosts, a
 * busy conversation, and 5,000 things that the office was told. In bulk, as rows: nothing of it is in the journal.
 * Afterwards the tables are as autovacuum would have left them.
 */
export async function seedSquare(
  db: Database,
  authority: Authority,
  office: AccountId,
  posts: number,
  sowing: Sowing = {},
): Promise<Square> {
  const square = await db.as(authority.id, async (tx) => {
    await tx`set local maintenance_work_mem = '512MB'`;
    const indexes = posts >= many ? await takeIndexes(tx) : [];
    const sown = await sow(tx, authority, office, posts, sowing);
    for (const index of indexes) await tx.unsafe(index);
    return sown;
  });
  await db.sql.unsafe("vacuum (analyze)");
  return square;
}

async function sow(
  tx: Transaction,
  { id }: Authority,
  office: AccountId,
  posts: number,
  { ownEvery = 0, findable = false, sparse = 0 }: Sowing,
): Promise<Square> {
  await tx`
    insert into account (authority, network, kind, handle, domain, uri, url, name)
    select ${id}, 'fediverse', 'remote', 'granne' || n, 'grannar.example', 'https://grannar.example/u/' || n,
      'https://grannar.example/@granne' || n, 'Granne ' || n
    from generate_series(1, 500) n`;
  await tx`
    create temporary table voice on commit drop as
    select id, row_number() over (order by id) - 1 as n from account
    where authority = ${id} and domain = 'grannar.example'`;
  await tx`
    insert into follow (authority, follower, followed, state)
    select ${id}, ${office}, id, 'accepted' from voice where n < 200`;
  await tx`
    create temporary table fresh on commit drop as
    select next_id() as id, n, ${ownEvery}::int > 0 and n % greatest(${ownEvery}::int, 1) = 0 as own
    from generate_series(1, ${posts}::bigint) n`;
  await tx`analyze fresh, voice`;
  await tx`
    insert into post (authority, id, account, network, uri, url, kind, visibility, capacity, thread, published_at)
    select ${id}, fresh.id, case when own then ${office}::bigint else voice.id end,
      case when own then 'torg' else 'fediverse' end,
      case when not own then 'https://grannar.example/p/' || fresh.n end,
      case when not own then 'https://grannar.example/@granne/' || fresh.n end,
      'note', 'public', case when own then 'office' end,
      case when fresh.n > ${posts - 50}::bigint then root.id else fresh.id end,
      now() - make_interval(mins => (${posts}::bigint - fresh.n)::int)
    from fresh join voice on voice.n = (fresh.n * 7919) % 500,
      (select id from fresh where n = ${posts - 100}::bigint) root order by fresh.id`;
  await tx`
    update post set in_reply_to = thread where authority = ${id} and id in (select id from fresh where n > ${posts - 50}::bigint)`;
  await tx`
    insert into post_version (authority, post, version, source_type, source, language, blocks, at)
    select ${id}, id, 1, case when own then 'plain' else 'html' end, said, 'sv',
      jsonb_build_array(jsonb_build_object('kind', 'paragraph', 'inlines',
        jsonb_build_array(jsonb_build_object('kind', 'text', 'text', said)))), now()
    from (select id, own, 'Inlägg ' || n || ': ' || ${text(tx, "said", posts, sparse)} as said from fresh) told order by id`;
  if (findable)
    await tx`
      insert into post_search (authority, post, words, own)
      select ${id}, id, to_tsvector('simple', ${seedWords.opening} || ' ' || n || ' ' || ${text(tx, "stored", posts, sparse)}), own
      from fresh order by id`;
  await tx`
    insert into boost (authority, account, post, uri)
    select ${id}, voice.id, fresh.id, 'https://grannar.example/b/' || fresh.n
    from fresh join voice on voice.n = (fresh.n * 31) % 500 where fresh.n % 20 = 0`;
  await tx`
    insert into notification (authority, account, kind, from_account, post, matter, at)
    select ${id}, ${office}, (array['favourite', 'reblog', 'mention'])[1 + fresh.n % 3], voice.id, fresh.id, next_id(), now()
    from fresh join voice on voice.n = fresh.n % 500 where fresh.n <= 5000`;
  const [thread] = await tx<{ id: PostId }[]>`select id from fresh where n = ${posts - 100}::bigint`;
  if (!thread) throw new Error("there are too few posts");
  const [neighbour] = await tx<{ id: AccountId }[]>`select id from voice where n = 7`;
  if (!neighbour) throw new Error("nobody lives there");
  await tx`
    insert into account_count (authority, account, posts, followers, following)
    select ${id}, account, count(*), 1, 1 from post where authority = ${id} group by account on conflict do nothing`;
  return { thread: thread.id, neighbour: neighbour.id };
}

/** What post `n` says: one of a few sentences about one of many matters, and the sparse word in some. */
function text(tx: Transaction, form: "said" | "stored", posts: number, sparse: number) {
  const { matters, sentences, sparseWord } = seedWords[form];
  const every = sparse > 0 ? Math.floor(posts / sparse) : 0;
  return tx`(${matters}::text[])[1 + (hashint8(n) & 2147483647) % ${matters.length}::int] || ' ' ||
    (${sentences}::text[])[1 + (hashint8(-n) & 2147483647) % ${sentences.length}::int] ||
    case when ${every}::int > 0 and n % greatest(${every}::int, 1) = 0 then ' ' || ${sparseWord} else '' end`;
}

/** Drops what can be built again, and returns the statements that do. */
async function takeIndexes(tx: Transaction): Promise<string[]> {
  const rows = await tx<{ indexname: string; indexdef: string }[]>`
    select indexname, indexdef from pg_indexes where schemaname = current_schema() and tablename = any(${large}::text[])
    and not exists (select from pg_constraint where conname = indexname)`;
  for (const { indexname } of rows) await tx`drop index ${tx(indexname)}`;
  return rows.map((row) => row.indexdef);
}

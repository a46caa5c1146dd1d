import type { AccountId } from "#domain/accounts/account.ts";
import type { Authority, AuthorityId } from "#domain/authorities/authority.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { Database, Transaction } from "#platform/database.ts";
import { fillQuickly } from "./fill-quickly.ts";
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
  const { id } = authority;
  const voices = await db.as(id, (tx) => sowVoices(tx, authority, office));
  const [begin] = await db.sql<{ id: PostId }[]>`select next_id() as id`;
  if (!begin) throw new Error("there is no next id");
  const field: Field = { authority: id, office, posts, voices, first: BigInt(begin.id), ...sowing };
  const tables = [
    { name: "post", sow: sowPosts },
    { name: "post_version", sow: sowVersions },
    ...(sowing.findable ? [{ name: "post_search", sow: sowWords }] : []),
  ];
  const fillings = tables.map(
    ({ sow }) =>
      () =>
        db.as(id, (tx) => sow(tx, field)),
  );
  if (posts >= many)
    await fillQuickly(
      db,
      tables.map(({ name }) => name),
      fillings,
    );
  else for (const fill of fillings) await fill();
  await db.as(id, (tx) => sowReactions(tx, field));
  const others = "account, follow, boost, notification, account_count";
  await Promise.all(
    [...tables.map(({ name }) => name), others].map((some) => db.sql.unsafe(`vacuum (analyze) ${some}`)),
  );
  const neighbour = voices[7];
  if (!neighbour) throw new Error("nobody lives there");
  return { thread: String(postAt(field, posts - 100)) as PostId, neighbour };
}

type Field = Sowing & {
  authority: AuthorityId;
  office: AccountId;
  posts: number;
  voices: AccountId[];
  /** The id before that of the first post; the others follow one by one. */
  first: bigint;
};

function postAt({ first }: Field, n: number): bigint {
  return first + BigInt(n);
}

async function sowVoices(tx: Transaction, { id }: Authority, office: AccountId): Promise<AccountId[]> {
  const voices = await tx<{ id: AccountId }[]>`
    insert into account (authority, network, kind, handle, domain, uri, url, name)
    select ${id}, 'fediverse', 'remote', 'granne' || n, 'grannar.example', 'https://grannar.example/u/' || n,
      'https://grannar.example/@granne' || n, 'Granne ' || n
    from generate_series(1, 500) n returning id`;
  const ids = voices.map((voice) => voice.id);
  await tx`
    insert into follow (authority, follower, followed, state)
    select ${id}, ${office}, followed, 'accepted' from unnest(${ids.slice(0, 200)}::bigint[]) as followed`;
  return ids;
}

async function sowPosts(tx: Transaction, field: Field): Promise<void> {
  const { authority, office, posts, voices, first } = field;
  const own = isOwn(tx, field);
  const root = String(postAt(field, posts - 100));
  await tx`
    insert into post (authority, id, account, network, uri, url, kind, visibility, capacity, thread, in_reply_to, published_at)
    select ${authority}, ${String(first)}::bigint + n,
      case when ${own} then ${office}::bigint else (${voices}::bigint[])[1 + (n * 7919) % 500] end,
      case when ${own} then 'torg' else 'fediverse' end,
      case when not ${own} then 'https://grannar.example/p/' || n end,
      case when not ${own} then 'https://grannar.example/@granne/' || n end,
      'note', 'public', case when ${own} then 'office' end,
      case when n > ${posts - 50}::bigint then ${root}::bigint else ${String(first)}::bigint + n end,
      case when n > ${posts - 50}::bigint then ${root}::bigint end,
      now() - make_interval(mins => (${posts}::bigint - n)::int)
    from generate_series(1, ${posts}::bigint) n`;
}

async function sowVersions(tx: Transaction, field: Field): Promise<void> {
  const { authority, posts, first, sparse } = field;
  await tx`
    insert into post_version (authority, post, version, source_type, source, language, blocks, at)
    select ${authority}, ${String(first)}::bigint + n, 1, case when ${isOwn(tx, field)} then 'plain' else 'html' end,
      said, 'sv', jsonb_build_array(jsonb_build_object('kind', 'paragraph', 'inlines',
        jsonb_build_array(jsonb_build_object('kind', 'text', 'text', said)))), now()
    from (select n, 'Inlägg ' || n || ': ' || ${text(tx, "said")} || ${sparseWord(tx, "said", posts, sparse)} as said
      from generate_series(1, ${posts}::bigint) n) told`;
}

async function sowWords(tx: Transaction, field: Field): Promise<void> {
  const { authority, posts, first, sparse } = field;
  const sparseWords = tx`to_tsvector('simple', ${sparseWord(tx, "stored", posts, sparse)})`;
  // Two vectors put together are that of both texts: each text is broken into words once and not for every post.
  await tx`
    create temporary table vector on commit drop as
    select matter, sentence, to_tsvector('simple', (${seedWords.stored.matters}::text[])[matter] || ' ' ||
      (${seedWords.stored.sentences}::text[])[sentence]) as words
    from generate_series(1, ${seedWords.stored.matters.length}::int) matter,
      generate_series(1, ${seedWords.stored.sentences.length}::int) sentence`;
  await tx`analyze vector`;
  await tx`
    insert into post_search (authority, post, words, own)
    select ${authority}, ${String(first)}::bigint + n,
      to_tsvector('simple', ${seedWords.opening} || ' ' || n) || vector.words || ${sparseWords}, ${isOwn(tx, field)}
    from generate_series(1, ${posts}::bigint) n
    join vector on vector.matter = ${matter(tx)} and vector.sentence = ${sentence(tx)}`;
}

async function sowReactions(tx: Transaction, field: Field): Promise<void> {
  const { authority, office, posts, voices, first } = field;
  await tx`
    insert into boost (authority, account, post, uri)
    select ${authority}, (${voices}::bigint[])[1 + (n * 31) % 500], ${String(first)}::bigint + n,
      'https://grannar.example/b/' || n
    from generate_series(20, ${posts}::bigint, 20) n`;
  await tx`
    insert into notification (authority, account, kind, from_account, post, matter, at)
    select ${authority}, ${office}, (array['favourite', 'reblog', 'mention'])[1 + n % 3],
      (${voices}::bigint[])[1 + n % 500], ${String(first)}::bigint + n, next_id(), now()
    from generate_series(1, least(5000, ${posts}::bigint)) n`;
  await tx`
    insert into account_count (authority, account, posts, followers, following)
    select ${authority}, account, count(*), 1, 1 from post where authority = ${authority}
    group by account on conflict do nothing`;
}

function isOwn(tx: Transaction, { ownEvery = 0 }: Field) {
  return ownEvery > 0 ? tx`n % ${ownEvery}::bigint = 0` : tx`false`;
}

/** What post `n` says: one of a few sentences about one of many matters. */
function text(tx: Transaction, form: "said" | "stored") {
  const { matters, sentences } = seedWords[form];
  return tx`(${matters}::text[])[${matter(tx)}] || ' ' || (${sentences}::text[])[${sentence(tx)}]`;
}

function matter(tx: Transaction) {
  return tx`(1 + (hashint8(n) & 2147483647) % ${seedWords.said.matters.length}::int)`;
}

function sentence(tx: Transaction) {
  return tx`(1 + (hashint8(-n) & 2147483647) % ${seedWords.said.sentences.length}::int)`;
}

/** The sparse word, in some. */
function sparseWord(tx: Transaction, form: "said" | "stored", posts: number, sparse = 0) {
  const every = sparse > 0 ? Math.floor(posts / sparse) : 0;
  return every > 0
    ? tx`case when n % ${every}::bigint = 0 then ' ' || ${seedWords[form].sparseWord} else '' end`
    : tx`''`;
}

import type { AccountId } from "#domain/accounts/account.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { Database } from "#platform/database.ts";

export type Square = {
  /** A post with fifty answers. */
  thread: PostId;
  /** One of those that are followed, with many posts. */
  neighbour: AccountId;
};

/**
 * Fills an authority with what years bring: `posts` posts by 500 others, 200 of whom the office follows, boosts, a
 * busy conversation, and 5,000 things that the office was told. In bulk, as rows: nothing of it is in the journal.
 */
export async function seedSquare(
  db: Database,
  authority: Authority,
  office: AccountId,
  posts: number,
): Promise<Square> {
  const { id } = authority;
  return db.as(id, async (tx) => {
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
      select next_id() as id, n from generate_series(1, ${posts}) n`;
    await tx`
      insert into post (authority, id, account, network, uri, url, kind, visibility, thread, published_at)
      select ${id}, fresh.id, voice.id, 'fediverse', 'https://grannar.example/p/' || fresh.n,
        'https://grannar.example/@granne/' || fresh.n, 'note', 'public', fresh.id, now() - make_interval(mins => (${posts} - fresh.n)::int)
      from fresh join voice on voice.n = (fresh.n * 7919) % 500`;
    await tx`
      insert into post_version (authority, post, version, source_type, source, language, blocks, at)
      select ${id}, id, 1, 'html', said, 'sv',
        jsonb_build_array(jsonb_build_object('kind', 'paragraph', 'inlines',
          jsonb_build_array(jsonb_build_object('kind', 'text', 'text', said)))), now()
      from (select id, 'Inlägg ' || n || ': ' || ${words} as said from fresh) told`;
    await tx`
      insert into boost (authority, account, post, uri)
      select ${id}, voice.id, fresh.id, 'https://grannar.example/b/' || fresh.n
      from fresh join voice on voice.n = (fresh.n * 31) % 500 where fresh.n % 20 = 0`;
    await tx`
      insert into notification (authority, account, kind, from_account, post, matter, at)
      select ${id}, ${office}, (array['favourite', 'reblog', 'mention'])[1 + fresh.n % 3], voice.id, fresh.id, next_id(), now()
      from fresh join voice on voice.n = fresh.n % 500 where fresh.n <= 5000`;
    const [thread] = await tx<{ id: PostId }[]>`select id from fresh where n = ${posts - 100}`;
    if (!thread) throw new Error("there are too few posts");
    await tx`
      update post set thread = ${thread.id}, in_reply_to = ${thread.id}
      where authority = ${id} and post.id in (select id from fresh where n > ${posts - 50})`;
    const [neighbour] = await tx<{ id: AccountId }[]>`select id from voice where n = 7`;
    if (!neighbour) throw new Error("nobody lives there");
    await tx`
      insert into account_count (authority, account, posts, followers, following)
      select ${id}, account, count(*), 1, 1 from post where authority = ${id} group by account on conflict do nothing`;
    return { thread: thread.id, neighbour: neighbour.id };
  });
}

const words =
  "Simhallen öppnar igen efter renoveringen. Vi har bytt vattenrening, byggt om omklädningsrummen och gjort plats för fler. Kom och titta på lördag, och säg vad ni tycker om öppettiderna för simskolan.";

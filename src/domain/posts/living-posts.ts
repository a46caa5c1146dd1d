import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { PostId } from "./post.ts";

/** Of posts, named by id or by their name elsewhere, those that are here and not removed. */
export async function livingPosts(
  tx: Transaction,
  authority: AuthorityId,
  network: string,
  named: { ids: readonly PostId[]; uris: readonly string[] },
): Promise<{ byId: Set<PostId>; byUri: Map<string, PostId> }> {
  const { ids, uris } = named;
  const [numbered, elsewhere] = await Promise.all([
    ids.length === 0
      ? []
      : tx<{ id: PostId }[]>`
          select id from post
          where authority = ${authority} and id = any(${[...ids]}::bigint[]) and deleted_at is null`,
    uris.length === 0
      ? []
      : tx<{ id: PostId; uri: string }[]>`
          select id, uri from post
          where authority = ${authority} and network = ${network} and uri = any(${[...uris]}::text[])
          and deleted_at is null`,
  ]);
  return {
    byId: new Set(numbered.map(({ id }) => id)),
    byUri: new Map(elsewhere.map(({ id, uri }) => [uri, id])),
  };
}

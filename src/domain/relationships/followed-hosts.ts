import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";

/**
 * The servers of those that our accounts follow, by name. Who wrote to us is not told: a server is often one person's.
 */
export async function followedHosts(tx: Transaction, authority: AuthorityId): Promise<string[]> {
  const rows = await tx<{ domain: string }[]>`
    select distinct lower(other.domain) as domain
    from follow join account own on own.authority = ${authority} and own.id = follow.follower
    join account other on other.authority = ${authority} and other.id = follow.followed
    where follow.authority = ${authority} and follow.state = 'accepted'
    and own.uri is null and other.uri is not null and other.gone_at is null
    order by 1`;
  return rows.map(({ domain }) => domain);
}

import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import type { Blocked } from "./blocks.ts";
import { leaveLists } from "./lists.ts";

/**
 * Somebody elsewhere, or everybody of a domain, and our accounts follow each other no more, either way. What follows
 * from it tells a person's server; a whole domain that is blocked hears nothing more from us.
 */
export async function endFollows(
  tx: Transaction,
  authority: AuthorityId,
  whom: Blocked,
  person: PersonId | null,
): Promise<void> {
  const rows = await tx<
    { id: string; follower: AccountId; followed: AccountId; uri: string | null; theirs: boolean }[]
  >`
    with other as (${others(tx, authority, whom)})
    delete from follow using other
    where follow.authority = ${authority} and (follow.follower = other.id or follow.followed = other.id)
    returning follow.id, follow.follower, follow.followed, follow.uri, follow.follower = other.id as theirs`;
  await leaveLists(tx, authority, rows);
  for (const { id, follower, followed, uri, theirs } of rows)
    await append(tx, {
      authority,
      direction: "out",
      kind: theirs ? "follow-rejected" : "follow-undone",
      account: theirs ? followed : follower,
      person,
      subject: [id, theirs ? follower : followed],
      ...(theirs ? { facts: { uri } } : {}),
    });
}

/** Under the same rule as `isBlocked`: the host of the handle counts, and the host that the account lives on. */
function others(tx: Transaction, authority: AuthorityId, whom: Blocked) {
  if ("account" in whom) return tx`select ${whom.account}::bigint as id`;
  const domain = whom.domain.toLowerCase().replace(/:\d+$/, "");
  return tx`select id from account where authority = ${authority} and uri is not null and exists (
    select from unnest(array[regexp_replace(domain, ':\\d+$', ''), substring(uri from '^https?://([^/:?#]+)')]) host
    where lower(host) = ${domain} or right(lower(host), ${domain.length + 1}) = ${`.${domain}`})`;
}

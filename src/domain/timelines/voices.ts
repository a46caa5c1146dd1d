import type { Account, Face } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { KnownRows, Marked } from "#platform/known-rows.ts";
import type { AccountCounts } from "./account-counts.ts";

/** An account as it is shown to apps: with its counts, and with those of its pictures alone that can be shown. */
export type Voice = Face &
  Pick<Account, "biography" | "fields" | "header" | "locked" | "automated" | "createdAt" | "goneAt"> &
  AccountCounts & { mark: string };

/** Some accounts by their ids. Where voices are known, those alone are read that are not known in this version. */
export async function readVoices(
  tx: Transaction,
  authority: AuthorityId,
  ids: readonly string[],
  known?: KnownRows<Voice>,
): Promise<Map<string, Voice>> {
  const asked = [...new Set(ids)];
  if (asked.length === 0) return new Map();
  const voices = known
    ? await known.rows(authority, await readMarks(tx, authority, asked), (unknown) =>
        readAll(tx, authority, unknown),
      )
    : await readAll(tx, authority, asked);
  return new Map(voices.map((voice) => [voice.id, voice]));
}

async function readMarks(tx: Transaction, authority: AuthorityId, ids: string[]): Promise<Marked[]> {
  return tx<Marked[]>`select account.id, ${markOfVoice(tx)} as mark ${fromVoice(tx, authority, ids)}`;
}

async function readAll(tx: Transaction, authority: AuthorityId, ids: string[]): Promise<Voice[]> {
  return tx<Voice[]>`
    select account.id, account.network, account.kind, account.handle, account.domain, account.uri, account.url,
      account.name, account.biography, account.role, account.answers, account.fields, account.locked,
      account.indexable, account.automated, account.created_at as "createdAt", account.gone_at as "goneAt",
      case when avatar.state = 'ready' then avatar.id end as avatar,
      case when header.state = 'ready' then header.id end as header,
      coalesce(counted.posts, 0) as posts, coalesce(counted.followers, 0) as followers,
      coalesce(counted.following, 0) as following, counted.last_post_on::text as "lastPostOn",
      ${markOfVoice(tx)} as mark
    ${fromVoice(tx, authority, ids)}`;
}

/** Of all four rows; what is not there leaves its place empty. */
function markOfVoice(tx: Transaction) {
  return tx`concat(account.xmin, ' ', counted.xmin, ' ', avatar.xmin, ' ', header.xmin)`;
}

function fromVoice(tx: Transaction, authority: AuthorityId, ids: string[]) {
  return tx`from account
    left join account_count counted on counted.authority = ${authority} and counted.account = account.id
    left join media avatar on avatar.authority = ${authority} and avatar.id = account.avatar
    left join media header on header.authority = ${authority} and header.id = account.header
    where account.authority = ${authority} and account.id = any(${ids}::bigint[])`;
}

import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";

/** How one of our accounts and another stand to each other. */
export type Relation = {
  id: AccountId;
  isGone: boolean;
  following: "pending" | "accepted" | null;
  followedBy: "pending" | "accepted" | null;
  showReblogs: boolean;
  notify: boolean;
  languages: string[] | null;
  muting: boolean;
  mutingNotifications: boolean;
  mutedUntil: Temporal.Instant | null;
  /** Our authority takes nothing from it, by decision. */
  blocked: boolean;
  /** It has blocked ours. */
  blockedBy: boolean;
  /** Its domain is muted by ours, or blocked by the authority. */
  domainBlocked: boolean;
  note: string;
};

/** Of some accounts, by id, at this time; in one query however many they are. Unknown ones are left out. */
export async function relationsOf(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  others: readonly string[],
  now: Temporal.Instant,
): Promise<Map<string, Relation>> {
  if (others.length === 0) return new Map();
  const rows = await tx<Relation[]>`
    select other.id, other.gone_at is not null as "isGone", ours.state as following, theirs.state as "followedBy",
      coalesce(ours.show_reblogs, false) as "showReblogs", coalesce(ours.notify, false) as notify, ours.languages,
      mute.id is not null as muting, coalesce(mute.notifications, false) as "mutingNotifications", mute.until as "mutedUntil",
      exists (select from block where block.authority = ${authority} and block.account = other.id) as blocked,
      exists (select from blocked_by where blocked_by.authority = ${authority}
        and blocked_by.account = ${account} and blocked_by.by = other.id) as "blockedBy",
      other.uri is not null and (
        exists (select from mute aside where aside.authority = ${authority} and aside.account = ${account}
          and aside.domain = lower(other.domain))
        or exists (select from block, unnest(array[regexp_replace(other.domain, ':\\d+$', ''),
            substring(other.uri from '^https?://([^/:?#]+)')]) host
          where block.authority = ${authority} and block.domain is not null
          and (lower(host) = block.domain or right(lower(host), length(block.domain) + 1) = '.' || block.domain))
      ) as "domainBlocked",
      coalesce(account_note.comment, '') as note
    from account other
    left join follow ours on ours.authority = ${authority} and ours.follower = ${account} and ours.followed = other.id
    left join follow theirs on theirs.authority = ${authority} and theirs.follower = other.id and theirs.followed = ${account}
    left join mute on mute.authority = ${authority} and mute.account = ${account} and mute.muted = other.id
      and (mute.until is null or mute.until > ${now})
    left join account_note on account_note.authority = ${authority} and account_note.account = ${account}
      and account_note.about = other.id
    where other.authority = ${authority} and other.id = any(${[...new Set(others)]}::bigint[])`;
  return new Map(rows.map((row) => [row.id, row]));
}

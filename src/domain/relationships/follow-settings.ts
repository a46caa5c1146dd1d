import type { AccountId } from "#domain/accounts/account.ts";
import { sayKept } from "#domain/accounts/kept.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";

/** What one of ours wants of an account that it follows; what is not given stays as it is. */
export type FollowSettings = {
  showReblogs?: boolean | undefined;
  notify?: boolean | undefined;
  /** Null: of all languages. */
  languages?: string[] | null | undefined;
};

export async function setFollowSettings(
  tx: Transaction,
  authority: AuthorityId,
  follow: { follower: AccountId; followed: AccountId },
  { showReblogs, notify, languages }: FollowSettings,
): Promise<void> {
  if (showReblogs === undefined && notify === undefined && languages === undefined) return;
  await tx`
    update follow set show_reblogs = coalesce(${showReblogs ?? null}, show_reblogs), notify = coalesce(${notify ?? null}, notify)
      ${languages === undefined ? tx`` : tx`, languages = ${languages}::text[]`}
    where authority = ${authority} and follower = ${follow.follower} and followed = ${follow.followed}`;
  await sayKept(tx, authority, { account: follow.follower, what: "timelines" });
}

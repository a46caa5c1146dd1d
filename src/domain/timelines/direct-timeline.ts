import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { stands, visibleTo } from "#domain/posts/visible-to.ts";
import type { Fragment, Transaction } from "#platform/database.ts";
import { postsMeeting, type Reading, type TimelineItem } from "./timelines.ts";

/** What was said in confidence by an account or to it, newest first. */
export async function directTimeline(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  reading: Reading,
): Promise<TimelineItem[]> {
  return postsMeeting(tx, authority, tx`and ${saidInConfidence(tx, authority, account)}`, reading);
}

/** For use in a `where` on a query with `post`. */
export function saidInConfidence(tx: Transaction, authority: AuthorityId, account: AccountId): Fragment {
  return tx`post.authority = ${authority} and post.visibility = 'direct'
    and ${visibleTo(tx, authority, { kind: "staff", accounts: [account] })} and ${stands(tx)}`;
}

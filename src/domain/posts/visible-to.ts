import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Fragment, Transaction } from "#platform/database.ts";

/**
 * Who looks: anyone at all, a colleague with the accounts granted, one remote account (by its signed fetch), or a
 * colleague with the one account that a column of the query names.
 */
export type Viewer =
  | { kind: "public" }
  | { kind: "staff"; accounts: readonly AccountId[] }
  | { kind: "remote"; account: AccountId }
  | { kind: "each"; account: Fragment };

export const anyone: Viewer = { kind: "public" };

/**
 * The one condition on which a post is shown, wherever: page, feed, API, search, stream, federation.
 * For use in a `where` on a query with `post`.
 */
export function visibleTo(
  tx: Transaction,
  authority: AuthorityId,
  viewer: Viewer,
  options: { withoutRemoved?: boolean } = {},
) {
  return tx`${reach(tx, authority, viewer)}
    ${options.withoutRemoved === false ? tx`` : tx`and post.deleted_at is null ${hidden(tx, viewer)}`}`;
}

/** Neither removed by whoever wrote it nor hidden by us, whoever may see it: for what follows from posts. */
export function stands(tx: Transaction) {
  return tx`post.deleted_at is null and post.hidden_at is null`;
}

/** Shown in public lists, feeds and searches: public, and not merely reachable by its link. */
export function listed(tx: Transaction, authority: AuthorityId) {
  return tx`post.visibility = 'public' and ${visibleTo(tx, authority, anyone)}`;
}

/** Colleagues still see what was hidden from the public, marked as such. */
function hidden(tx: Transaction, viewer: Viewer) {
  return viewer.kind === "staff" || viewer.kind === "each" ? tx`` : tx`and post.hidden_at is null`;
}

function reach(tx: Transaction, authority: AuthorityId, viewer: Viewer) {
  switch (viewer.kind) {
    case "public":
      return tx`post.visibility in ('public', 'unlisted')`;
    case "staff":
      return limitedReach(tx, authority, tx`${[...viewer.accounts]}::bigint[]`);
    case "remote":
      return limitedReach(tx, authority, tx`${[viewer.account]}::bigint[]`);
    case "each":
      return limitedReach(tx, authority, tx`array[${viewer.account}]`);
  }
}

function limitedReach(tx: Transaction, authority: AuthorityId, accounts: Fragment) {
  return tx`(post.visibility in ('public', 'unlisted')
    or post.account = any(${accounts})
    or exists (select from post_mention where post_mention.authority = ${authority}
      and post_mention.post = post.id and post_mention.account = any(${accounts}))
    or (post.visibility = 'followers' and exists (select from follow where follow.authority = ${authority}
      and follow.followed = post.account and follow.follower = any(${accounts}) and follow.state = 'accepted')))`;
}

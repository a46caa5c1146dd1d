import { showsPicture } from "#domain/posts/shows-picture.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { stands, visibleTo, type Viewer } from "#domain/posts/visible-to.ts";
import { normalTag } from "#domain/text/normal-tag.ts";
import type { Fragment, Transaction } from "#platform/database.ts";
import { cut, inPage, itemsOf, type Reading, type TimelineItem } from "./timelines.ts";

/** What of an account's posts is asked for. */
export type StatusesAsked = {
  withPictures: boolean;
  /** Without what it has said to others; what it has said to itself goes on a thread, and stays. */
  withoutReplies: boolean;
  withoutBoosts: boolean;
  /** Those that it keeps at the top of its page alone. */
  pinned: boolean;
  tag: string | undefined;
};

/** What an account has said and passed on, as far as the viewer may see it, newest first. */
export async function accountStatuses(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  viewer: Viewer,
  asked: StatusesAsked,
  reading: Reading,
): Promise<TimelineItem[]> {
  const wanted = tx`and ${visibleTo(tx, authority, viewer)} and ${stands(tx)} ${conditions(tx, authority, asked)}`;
  const said = tx`(select post.id as position, post.id as post, null::bigint as by from post
    where post.authority = ${authority} and post.account = ${account}
    ${inPage(tx, "post.id", "post.id", reading)} ${wanted} ${asked.withoutReplies ? noReply(tx, authority) : tx``}
    ${asked.pinned ? tx`and exists (select from pin where pin.authority = ${authority} and pin.account = ${account} and pin.post = post.id)` : tx``}
    order by post.id ${cut(tx, reading)})`;
  const passedOn = tx`(select boost.id, boost.post, boost.account from boost
    join post on post.authority = ${authority} and post.id = boost.post
    where boost.authority = ${authority} and boost.account = ${account}
    ${inPage(tx, "boost.id", "boost.post", reading)} ${wanted} order by boost.id ${cut(tx, reading)})`;
  const { pinned, withPictures, tag } = asked;
  const withoutBoosts = asked.withoutBoosts || pinned || withPictures || tag !== undefined;
  return itemsOf(tx, authority, withoutBoosts ? said : tx`${said} union all ${passedOn}`, reading);
}

function conditions(tx: Transaction, authority: AuthorityId, asked: StatusesAsked): Fragment {
  return tx`
    ${asked.withPictures ? tx`and ${showsPicture(tx, authority)}` : tx``}
    ${
      asked.tag === undefined
        ? tx``
        : tx`and exists (select from post_tag where post_tag.authority = ${authority}
            and post_tag.post = post.id and post_tag.tag = ${normalTag(asked.tag)})`
    }`;
}

function noReply(tx: Transaction, authority: AuthorityId): Fragment {
  return tx`and ((post.in_reply_to is null and post.in_reply_to_uri is null) or exists (select from post parent
    where parent.authority = ${authority} and parent.id = post.in_reply_to and parent.account = post.account))`;
}

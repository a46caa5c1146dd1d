import type { AuthorityId } from "#domain/authorities/authority.ts";
import { normalTag } from "#domain/text/normal-tag.ts";
import type { Fragment, Transaction } from "#platform/database.ts";
import type { Post, PostId } from "./post.ts";
import { fromPost, postColumns } from "./read-posts.ts";
import { listed } from "./visible-to.ts";

export type OpenFilter = {
  /** One of our accounts, by its id or its handle. Others' posts are never asked for by who wrote them. */
  account?: string | undefined;
  thread?: string | undefined;
  tag?: string | undefined;
  language?: string | undefined;
  kind?: Post["kind"] | undefined;
  network?: string | undefined;
  /** Said at this time or later. */
  from?: Temporal.Instant | undefined;
  /** Said before this time. */
  to?: Temporal.Instant | undefined;
};

/** A page of open data: in order of arrival, after an id. */
export type OpenPage<Of extends string> = { after?: Of | undefined; limit: number };

/**
 * What everyone may take with them: what our accounts have said, and what was answered in conversations that one of
 * ours has a listed post in. In order of arrival, so that whoever goes on from the last id misses nothing new.
 */
export async function listOpenPosts(
  tx: Transaction,
  authority: AuthorityId,
  filter: OpenFilter,
  page: OpenPage<PostId>,
): Promise<Post[]> {
  return tx<Post[]>`
    select ${postColumns(tx)} ${fromPost(tx)}
    join (
      select candidate.id from (
        select post.id, post.thread, post.uri from post
        where post.authority = ${authority} and ${listed(tx, authority)} ${meets(tx, authority, filter)}
        ${page.after ? tx`and post.id > ${page.after}` : tx``}) candidate
      where candidate.uri is null or ${isListedThread(tx, authority, "candidate.thread")}
      order by candidate.id limit ${page.limit}) chosen on chosen.id = post.id
    where post.authority = ${authority} order by post.id`;
}

/** Whether one of ours has said something in a conversation that stands in public lists. */
export function isListedThread(tx: Transaction, authority: AuthorityId, thread: string): Fragment {
  return tx`exists (select from post where post.authority = ${authority} and post.thread = ${tx(thread)}
    and post.uri is null and ${listed(tx, authority)})`;
}

function meets(tx: Transaction, authority: AuthorityId, filter: OpenFilter): Fragment {
  const { account, thread, tag, language, kind, network, from, to } = filter;
  // A filter on the words would tell something about words that are withheld.
  const aboutWords = tag !== undefined || language !== undefined || kind !== undefined;
  return tx`${account ? tx`and post.account = ${ownAccount(tx, authority, account)}` : tx``}
    ${thread ? tx`and post.thread = ${thread}` : tx``}
    ${network ? tx`and post.network = ${network}` : tx``}
    ${kind ? tx`and post.kind = ${kind}` : tx``}
    ${from ? tx`and post.published_at >= ${from}` : tx``}
    ${to ? tx`and post.published_at < ${to}` : tx``}
    ${tag ? tx`and exists (select from post_tag where post_tag.authority = ${authority} and post_tag.post = post.id and post_tag.tag = ${normalTag(tag)})` : tx``}
    ${language ? tx`and exists (select from post_version said where said.authority = ${authority} and said.post = post.id and said.version = post.version and lower(said.language) = ${language.toLowerCase()})` : tx``}
    ${aboutWords ? tx`and (post.uri is null or exists (select from account where account.authority = ${authority} and account.id = post.account and account.indexable))` : tx``}`;
}

/** One of ours, by its id or its handle. */
export function ownAccount(tx: Transaction, authority: AuthorityId, account: string): Fragment {
  return tx`(select account.id from account where account.authority = ${authority} and account.uri is null
    and (account.id::text = ${account} or lower(account.handle) = ${account.toLowerCase()}) limit 1)`;
}

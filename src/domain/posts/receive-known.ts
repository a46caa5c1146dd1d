import type { AccountId } from "#domain/accounts/account.ts";
import { ownAmong } from "#domain/accounts/own-among.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { blockedAmong } from "#domain/relationships/blocks.ts";
import { followedByOurs } from "#domain/relationships/followed-by-ours.ts";
import type { Transaction } from "#platform/database.ts";
import type { PostId } from "./post.ts";
import type { IncomingPost, Wanted } from "./receive-post.ts";

/** Where a post stands: the first post of its thread may be one that is not here any more. */
export type Place = { id: PostId; account: AccountId; thread: PostId; threadAccount: AccountId | null };

/** All that it takes to say what becomes of some posts from outside. */
export type Known = {
  /** By network and uri: they themselves, and those that they answer. */
  named: Map<string, Place>;
  /** Ours, and our copies of others', that they answer by id. */
  numbered: Map<string, Place>;
  /** Author, network and uri of what was removed before it came. */
  deletedBefore: Set<string>;
  blocked: Set<AccountId>;
  /** Authors whom one of ours follows, as far as it matters. */
  followed: Set<AccountId>;
  /** Those who may be spoken to and are ours. */
  ours: Set<AccountId>;
  /** One for each, in order. */
  ids: PostId[];
};

/** Looks for all of them at once. */
export async function knownAround(
  tx: Transaction,
  authority: AuthorityId,
  set: readonly IncomingPost[],
  wanted: Wanted,
): Promise<Known> {
  const authors = [...new Set(set.map((one) => one.author))];
  const [places, deleted, blocked, ids] = await Promise.all([
    findPlaces(tx, authority, set),
    findDeleted(tx, authority, set),
    blockedAmong(tx, authority, authors),
    tx<{ id: PostId }[]>`select next_id() as id from generate_series(1, ${set.length}::int)`,
  ]);
  const around = {
    named: new Map(places.flatMap((place) => (place.name ? [[place.name, place] as const] : []))),
    numbered: new Map(places.map((place) => [place.id as string, place])),
  };
  const addressable = [
    ...set.flatMap((one) => one.mentioned),
    ...places.flatMap(({ account, threadAccount }) => [account, threadAccount ?? []].flat()),
  ];
  // Who follows counts only for what answers nothing that was here before.
  const unasked = set.filter((one) => !one.inReplyTo || !placeOf(around, one.network, one.inReplyTo));
  const [ours, followed] = await Promise.all([
    ownAmong(tx, authority, [...new Set(addressable)]),
    wanted === "always"
      ? new Set<AccountId>()
      : followedByOurs(tx, authority, [...new Set(unasked.map((one) => one.author))]),
  ]);
  return {
    ...around,
    deletedBefore: new Set(deleted.map(({ author, network, uri }) => `${author} ${network} ${uri}`)),
    blocked,
    followed,
    ours,
    ids: ids.map(({ id }) => id).toSorted((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1)),
  };
}

export function nameOf({ network, uri }: { network: string; uri: string }): string {
  return `${network} ${uri}`;
}

/** Where the post stands that another answers. */
export function placeOf(
  known: Pick<Known, "named" | "numbered">,
  network: string,
  parent: { uri: string; own?: PostId | undefined },
): Place | undefined {
  return parent.own ? known.numbered.get(parent.own) : known.named.get(nameOf({ network, uri: parent.uri }));
}

/** Uris of those for which replies wait that came before them. */
export async function awaitedAmong(
  tx: Transaction,
  authority: AuthorityId,
  set: readonly IncomingPost[],
): Promise<Set<string>> {
  const rows = await tx<{ uri: string }[]>`
    select distinct in_reply_to_uri as uri from post where authority = ${authority} and in_reply_to is null
    and in_reply_to_uri = any(${set.map((one) => one.uri)}::text[])`;
  return new Set(rows.map(({ uri }) => uri));
}

async function findPlaces(
  tx: Transaction,
  authority: AuthorityId,
  set: readonly IncomingPost[],
): Promise<(Place & { name: string | null })[]> {
  const parents = set.flatMap((one) => one.inReplyTo ?? []);
  const uris = [...set, ...parents.filter(({ own }) => !own)].map(({ uri }) => uri);
  const numbered = parents.flatMap(({ own }) => own ?? []);
  return tx<(Place & { name: string | null })[]>`
    select post.id, post.account, post.thread, first.account as "threadAccount", post.network || ' ' || post.uri as name
    from post left join post first on first.authority = ${authority} and first.id = post.thread
    where post.authority = ${authority} and (post.id = any(${[...new Set(numbered)]}::bigint[])
      or (post.network = any(${[...new Set(set.map((one) => one.network))]}::text[])
        and post.uri = any(${[...new Set(uris)]}::text[])))`;
}

/** By the author, that is: nobody keeps away what another says. */
async function findDeleted(
  tx: Transaction,
  authority: AuthorityId,
  set: readonly IncomingPost[],
): Promise<{ network: string; uri: string; author: AccountId }[]> {
  return tx<{ network: string; uri: string; author: AccountId }[]>`
    select deleted.network, deleted.uri, account.id as author
    from post_tombstone deleted
    join account on account.authority = ${authority} and account.uri = deleted.account_uri
      and account.id = any(${[...new Set(set.map((one) => one.author))]}::bigint[])
    where deleted.authority = ${authority} and deleted.uri = any(${set.map((one) => one.uri)}::text[])`;
}

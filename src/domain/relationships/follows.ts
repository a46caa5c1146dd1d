import { accountColumns, type Account, type AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import { isBlocked } from "./blocks.ts";
import { leaveLists } from "./lists.ts";
import type { Id } from "#platform/id.ts";

export type FollowId = Id<"follow">;
export type Follow = {
  id: FollowId;
  follower: AccountId;
  followed: AccountId;
  state: "pending" | "accepted";
  uri: string | null;
};
export type FollowReceived = { outcome: "accepted" | "pending"; id: FollowId } | { outcome: "refused" };

/** Someone elsewhere wants to follow one of ours. Again is the same: the answer is given again, too. */
export async function receiveFollow(
  tx: Transaction,
  authority: AuthorityId,
  incoming: { network: string; uri: string; follower: AccountId; followed: Account; entry: string | null },
): Promise<FollowReceived> {
  if (await isBlocked(tx, authority, incoming.follower)) return { outcome: "refused" };
  const state = incoming.followed.locked ? "pending" : "accepted";
  const [row] = await tx<{ id: FollowId; state: "pending" | "accepted" }[]>`
    insert into follow (authority, follower, followed, state, uri)
    values (${authority}, ${incoming.follower}, ${incoming.followed.id}, ${state}, ${incoming.uri})
    on conflict (authority, follower, followed) do update set uri = excluded.uri returning id, state`;
  if (!row) throw new Error("a follow was not kept");
  await append(tx, {
    authority,
    direction: "in",
    kind: "follow-received",
    account: incoming.follower,
    channel: incoming.network,
    subject: [row.id, incoming.followed.id],
    facts: { entry: incoming.entry },
  });
  const { uri, follower } = incoming;
  const follow = { id: row.id, uri, follower, followed: incoming.followed.id };
  if (row.state === "accepted") await appendAnswer(tx, authority, "follow-accepted", follow, null);
  return { outcome: row.state, id: row.id };
}

/** A colleague answers a follow of a locked account; refused, it is gone. */
export async function answerFollow(
  tx: Transaction,
  authority: AuthorityId,
  follow: FollowId,
  answer: "accept" | "reject",
  by: PersonId,
): Promise<boolean> {
  const [row] =
    answer === "accept"
      ? await tx<Answered[]>`
          update follow set state = 'accepted' where authority = ${authority} and id = ${follow} and state = 'pending'
          returning id, follower, followed, uri`
      : await tx<Answered[]>`
          delete from follow where authority = ${authority} and id = ${follow} returning id, follower, followed, uri`;
  if (!row) return false;
  await appendAnswer(tx, authority, answer === "accept" ? "follow-accepted" : "follow-rejected", row, by);
  return true;
}

/** One of ours wants to follow someone elsewhere; it is pending until their server answers. */
export async function requestFollow(
  tx: Transaction,
  authority: AuthorityId,
  wish: { follower: AccountId; followed: Account; person: PersonId | null },
): Promise<{ outcome: "requested" | "already"; id: FollowId }> {
  const own = wish.followed.uri === null;
  const [fresh] = await tx<{ id: FollowId }[]>`
    insert into follow (authority, follower, followed, state)
    values (${authority}, ${wish.follower}, ${wish.followed.id}, ${own ? "accepted" : "pending"})
    on conflict do nothing returning id`;
  if (!fresh) {
    const [known] = await tx<{ id: FollowId }[]>`
      select id from follow where authority = ${authority} and follower = ${wish.follower} and followed = ${wish.followed.id}`;
    if (!known) throw new Error("a follow vanished");
    return { outcome: "already", id: known.id };
  }
  await append(tx, {
    authority,
    direction: "out",
    kind: "follow-requested",
    account: wish.follower,
    person: wish.person,
    subject: [fresh.id, wish.followed.id],
  });
  return { outcome: "requested", id: fresh.id };
}

/** Their server accepted, or refused: a refused wish is gone. */
export async function receiveFollowAnswer(
  tx: Transaction,
  authority: AuthorityId,
  answer: { follow: FollowId; by: AccountId; accepted: boolean; entry: string | null },
): Promise<boolean> {
  const [row] = answer.accepted
    ? await tx<{ follower: AccountId }[]>`
        update follow set state = 'accepted'
        where authority = ${authority} and id = ${answer.follow} and followed = ${answer.by} and state = 'pending' returning follower`
    : await tx<{ follower: AccountId }[]>`
        delete from follow where authority = ${authority} and id = ${answer.follow} and followed = ${answer.by} returning follower`;
  if (!row) return false;
  if (!answer.accepted) await leaveLists(tx, authority, [{ follower: row.follower, followed: answer.by }]);
  await append(tx, {
    authority,
    direction: "in",
    kind: answer.accepted ? "follow-answered" : "follow-refused",
    account: answer.by,
    subject: [answer.follow, row.follower],
    facts: { entry: answer.entry },
  });
  return true;
}

/** One of ours stops following. */
export async function undoFollow(
  tx: Transaction,
  authority: AuthorityId,
  undone: { follower: AccountId; followed: AccountId; person: PersonId | null },
): Promise<boolean> {
  const [row] = await tx<{ id: FollowId }[]>`
    delete from follow where authority = ${authority} and follower = ${undone.follower} and followed = ${undone.followed} returning id`;
  if (!row) return false;
  await leaveLists(tx, authority, [undone]);
  await append(tx, {
    authority,
    direction: "out",
    kind: "follow-undone",
    account: undone.follower,
    person: undone.person,
    subject: [row.id, undone.followed],
  });
  return true;
}

/** A follower of ours has left. */
export async function receiveFollowUndo(
  tx: Transaction,
  authority: AuthorityId,
  undone: { follower: AccountId; followed: AccountId; entry: string | null },
): Promise<void> {
  const [row] = await tx<{ id: FollowId }[]>`
    delete from follow where authority = ${authority} and follower = ${undone.follower} and followed = ${undone.followed} returning id`;
  if (row)
    await append(tx, {
      authority,
      direction: "in",
      kind: "follow-undo-received",
      account: undone.follower,
      subject: [row.id, undone.followed],
      facts: { entry: undone.entry },
    });
}

export async function findFollow(
  tx: Transaction,
  authority: AuthorityId,
  id: string,
): Promise<Follow | undefined> {
  const [row] = await tx<Follow[]>`
    select id, follower, followed, state, uri from follow where authority = ${authority} and id = ${id}`;
  return row;
}

export async function findFollowBetween(
  tx: Transaction,
  authority: AuthorityId,
  follower: AccountId,
  followed: AccountId,
): Promise<Follow | undefined> {
  const [row] = await tx<Follow[]>`
    select id, follower, followed, state, uri from follow
    where authority = ${authority} and follower = ${follower} and followed = ${followed}`;
  return row;
}

/** Which of our accounts follow this one. */
export async function followersAmongOurs(
  tx: Transaction,
  authority: AuthorityId,
  followed: AccountId,
): Promise<AccountId[]> {
  const rows = await tx<{ id: AccountId }[]>`
    select account.id from follow join account on account.authority = follow.authority and account.id = follow.follower
    where follow.authority = ${authority} and follow.followed = ${followed} and follow.state = 'accepted' and account.uri is null`;
  return rows.map((row) => row.id);
}

/** Whom one of ours has asked to follow and not heard from, newest first. */
export async function listPendingFollows(
  tx: Transaction,
  authority: AuthorityId,
  follower: AccountId,
  limit: number,
): Promise<Account[]> {
  return tx<Account[]>`
    select known.* from follow
    join lateral (select ${accountColumns(tx)} from account
      where account.authority = ${authority} and account.id = follow.followed) known on true
    where follow.authority = ${authority} and follow.follower = ${follower} and follow.state = 'pending'
    order by follow.id desc limit ${limit}`;
}

export async function countFollows(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  side: "followers" | "following",
): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from follow
    where authority = ${authority} and state = 'accepted' and ${tx(side === "followers" ? "followed" : "follower")} = ${account}`;
  return row?.count ?? 0;
}

type Answered = Pick<Follow, "id" | "follower" | "followed" | "uri">;

/** The follow's uri stands in the entry: the follow itself may be gone when the answer is sent. */
function appendAnswer(
  tx: Transaction,
  authority: AuthorityId,
  kind: "follow-accepted" | "follow-rejected",
  follow: Answered,
  person: PersonId | null,
) {
  return append(tx, {
    authority,
    direction: "out",
    kind,
    account: follow.followed,
    person,
    subject: [follow.id, follow.follower],
    facts: { uri: follow.uri },
  });
}

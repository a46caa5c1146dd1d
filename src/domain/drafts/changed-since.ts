import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Post, PostId } from "#domain/posts/post.ts";
import { fromPost, postColumns } from "#domain/posts/read-posts.ts";
import { seesThread } from "#domain/posts/sees-thread.ts";
import { visibleTo, type Viewer } from "#domain/posts/visible-to.ts";
import type { Transaction } from "#platform/database.ts";
import type { DraftId, DraftState } from "./draft.ts";

/** A colleague's answer to the conversation that has not gone out yet. */
export type WaitingAnswer = {
  id: DraftId;
  person: PersonId;
  account: AccountId | null;
  state: Extract<DraftState, "sending" | "scheduled" | "awaiting">;
  text: string;
  dueAt: Temporal.Instant | null;
};
export type Changes = {
  /** Said or changed by others since. */
  posts: Post[];
  waiting: WaitingAnswer[];
  /** Whoever has read all this has seen the conversation up to here. */
  seen: string;
};

type Asked = { thread: PostId; person: PersonId; seen: string | null; viewer: Viewer };

const most = 20;

/**
 * Holds the conversation to the end of `tx` and says what has changed in it, as `changedSince` does: its answers are
 * sent one at a time, so that each learns of the one before.
 */
export async function lockUnchanged(
  tx: Transaction,
  authority: AuthorityId,
  asked: Asked,
): Promise<Changes | undefined> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`answer ${authority} ${asked.thread}`}, 0))`;
  return changedSince(tx, authority, asked);
}

/** The mark of a conversation as it stands: what comes later is greater. */
export async function seenOf(tx: Transaction, authority: AuthorityId, thread: PostId): Promise<string> {
  const [row] = await tx<{ seen: string | null }[]>`
    select max(greatest(post.id, ${editMark(tx)})) as seen from post
    where post.authority = ${authority} and post.thread = ${thread}`;
  return row?.seen ?? thread;
}

/**
 * What others have said in a conversation, or are about to say, since somebody began to answer; undefined when nothing.
 * `seen` is null for a form that does not know what its writer saw: then only what is about to be said counts.
 */
export async function changedSince(
  tx: Transaction,
  authority: AuthorityId,
  asked: Asked,
): Promise<Changes | undefined> {
  const { thread, person, viewer } = asked;
  const seen = asked.seen ?? "0";
  const posts = asked.seen
    ? await tx<Post[]>`
        select ${postColumns(tx)} ${fromPost(tx)}
        where post.authority = ${authority} and post.thread = ${thread} and post.person is distinct from ${person}
        and greatest(post.id, ${editMark(tx)}) > ${seen}::bigint and ${visibleTo(tx, authority, viewer)}
        and not exists (select from draft where draft.authority = ${authority} and draft.thread = ${thread}
          and post.id = any(draft.posts) and draft.mark <= ${seen}::bigint)
        order by post.id desc limit ${most}`
    : [];
  const waiting = (await seesThread(tx, authority, thread, viewer))
    ? await tx<(WaitingAnswer & { mark: string })[]>`
        select id, person, account, state, content ->> 'text' as text, due_at as "dueAt", mark from draft
        where authority = ${authority} and thread = ${thread} and person <> ${person}
        and state in ('sending', 'scheduled', 'awaiting') and mark > ${seen}::bigint and ${willBeSeenBy(tx, viewer)}
        order by mark`
    : [];
  if (posts.length === 0 && waiting.length === 0) return undefined;
  const now = await seenOf(tx, authority, thread);
  const marks = [seen, now, ...waiting.map((one) => one.mark)].map((mark) => BigInt(mark));
  const newest = marks.reduce((most, mark) => (mark > most ? mark : most));
  return { posts: posts.toReversed(), waiting, seen: String(newest) };
}

/** What is for some alone is shown, before it is sent too, to those alone who speak for the account that says it. */
function willBeSeenBy(tx: Transaction, viewer: Viewer) {
  const own = viewer.kind === "staff" ? [...viewer.accounts] : [];
  return tx`(account = any(${own}::bigint[]) or content ->> 'visibility' in ('public', 'unlisted'))`;
}

/** Ids begin with milliseconds, so the time of a change has its place among them. */
function editMark(tx: Transaction) {
  return tx`coalesce(((extract(epoch from post.edited_at) * 1000)::bigint << 16) | 65535, 0)`;
}

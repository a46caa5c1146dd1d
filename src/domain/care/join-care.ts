import type { AuthorityId } from "#domain/authorities/authority.ts";
import { followJoinedThreads } from "#domain/drafts/follow-joined-threads.ts";
import { append } from "#domain/journal/append.ts";
import type { Transaction } from "#platform/database.ts";

type Stray = { id: string; from: string; thread: string; into: string | null };
type Joined = { account: string; version: number };

/**
 * A missing parent has come, and its replies have joined its thread: their care goes with them. Where both threads
 * had one, what waits counts, the oldest of it; notes, labels and answers are kept together. Returns whether any was moved.
 */
export async function joinCare(
  tx: Transaction,
  authority: AuthorityId,
  threads: readonly string[],
): Promise<boolean> {
  if (threads.length === 0) return false;
  // Only what came before its parent was the first of a thread of its own, and keeps the uri that it waited for.
  const strays = await tx<Stray[]>`
    select care.id, care.thread as from, post.thread, kept.id as into
    from post join care on care.authority = post.authority and care.thread = post.id
    left join care kept on kept.authority = post.authority and kept.thread = post.thread
    where post.authority = ${authority} and post.thread = any(${[...threads]}::bigint[]) and post.id <> post.thread
    and post.in_reply_to_uri is not null
    order by care.id`;
  const keptIn = new Map<string, string>();
  for (const stray of strays) {
    const into = stray.into ?? keptIn.get(stray.thread);
    const id = into ?? stray.id;
    const [joined] = into
      ? await merge(tx, authority, stray.id, into)
      : await tx<Joined[]>`update care set thread = ${stray.thread}, version = version + 1
          where authority = ${authority} and id = ${id} returning account, version`;
    if (!into) keptIn.set(stray.thread, id);
    const { thread, from } = stray;
    await append(tx, {
      authority,
      direction: "within",
      kind: "care-joined",
      account: joined?.account,
      post: thread,
      subject: [id],
      facts: { thread, version: joined?.version, from },
    });
  }
  // After the care, as whoever answers and looks after a conversation at once holds them too.
  await followJoinedThreads(tx, authority, threads);
  return strays.length > 0;
}

async function merge(tx: Transaction, authority: AuthorityId, from: string, into: string): Promise<Joined[]> {
  const joined = await tx<Joined[]>`
    with gone as (delete from care where authority = ${authority} and id = ${from} returning *)
    update care set
      status = case when care.asked_at is null and gone.asked_at is not null then gone.status
        when care.status = 'new' and gone.status = 'assigned' then 'assigned' else care.status end,
      assignee_person = case when care.assignee_account is null then coalesce(care.assignee_person, gone.assignee_person) end,
      assignee_account = case when care.assignee_person is null and gone.assignee_person is null
        then coalesce(care.assignee_account, gone.assignee_account) else care.assignee_account end,
      asked_post = case when gone.asked_at < care.asked_at or (care.asked_at is null and gone.asked_at is not null)
        then gone.asked_post else care.asked_post end,
      asked_at = least(care.asked_at, gone.asked_at),
      due_at = least(care.due_at, gone.due_at),
      told = greatest(care.told, gone.told),
      concerns_office = coalesce(care.concerns_office, gone.concerns_office),
      settled_post = case when least(care.asked_at, gone.asked_at) is null
        then greatest(care.settled_post, gone.settled_post)
        else least(case when care.asked_at is not null then care.settled_post end,
          case when gone.asked_at is not null then gone.settled_post end) end,
      version = greatest(care.version, gone.version) + 1, updated_at = clock_timestamp()
    from gone where care.authority = ${authority} and care.id = ${into} returning care.account, care.version`;
  await tx`insert into care_tag (authority, care, tag)
    select authority, ${into}, tag from care_tag where authority = ${authority} and care = ${from} on conflict do nothing`;
  await tx`delete from care_tag where authority = ${authority} and care = ${from}`;
  await tx`update care_note set care = ${into} where authority = ${authority} and care = ${from}`;
  await tx`update concern_decision set care = ${into} where authority = ${authority} and care = ${from}`;
  await tx`update care_answer set care = ${into} where authority = ${authority} and care = ${from}`;
  return joined;
}

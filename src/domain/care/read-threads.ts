import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Entry } from "#domain/journal/entry.ts";
import type { PostId } from "#domain/posts/post.ts";
import { stands } from "#domain/posts/visible-to.ts";
import type { Transaction } from "#platform/database.ts";
import type { CareStatus } from "./care.ts";

/** Care as it is followed through a batch; a row of the table, before and after. */
export type CareRow = {
  /** Given when it is written, if it is new. */
  id: string;
  thread: PostId;
  account: AccountId;
  network: string;
  status: CareStatus;
  assigneePerson: string | null;
  assigneeAccount: string | null;
  askedPost: string | null;
  askedAt: Temporal.Instant | null;
  dueAt: Temporal.Instant | null;
  told: number;
  settledPost: string;
  version: number;
  tags: string[];
};

/** A post that an entry of the batch is about, as it is now. */
export type PostFacts = {
  id: PostId;
  thread: PostId;
  network: string;
  ours: boolean;
  /** Deleted or hidden. */
  gone: boolean;
  /** It speaks only to our own accounts, or tells of a decision: nobody outside is answered by it. */
  within: boolean;
  /** The first of ours that it is addressed to. */
  addressed: AccountId | null;
  arrivedAt: Temporal.Instant;
};

export type AnswerRow = {
  care: CareRow;
  askedAt: Temporal.Instant;
  answeredAt: Temporal.Instant;
  officeSeconds: number;
  person: string | null;
  post: string;
};

export type KnownThreads = {
  threads: PostId[];
  posts: Map<string, PostFacts>;
  cares: Map<string, CareRow>;
  /** Posts addressed to us that stand and are not settled, oldest first, by thread: where a post is gone. */
  open: Map<string, { post: string; arrivedAt: Temporal.Instant }[]>;
  /** By our post: what it answered, when that was. */
  answers: Map<string, { care: string; askedAt: Temporal.Instant; elsewhere: boolean }>;
  touched: Set<CareRow>;
  answered: AnswerRow[];
  /** Our posts whose answer is taken back. */
  takenBack: string[];
};

/** All that following the entries takes, in five queries; the rows of care are held. */
export async function readThreads(
  tx: Transaction,
  authority: AuthorityId,
  entries: readonly Entry[],
): Promise<KnownThreads> {
  const ids = [...new Set(entries.flatMap((entry) => entry.post ?? []))];
  const posts = await tx<PostFacts[]>`
    select post.id, post.thread, post.network, post.uri is null as ours,
      post.deleted_at is not null or post.hidden_at is not null as gone,
      post.uri is null and (
        exists (select from decision where decision.authority = ${authority} and decision.notice = post.id)
        or (select coalesce(bool_and(account.uri is null), false) from post_mention
          join account on account.authority = post_mention.authority and account.id = post_mention.account
          where post_mention.authority = ${authority} and post_mention.post = post.id)) as within,
      (select account from addressed where addressed.authority = ${authority} and addressed.post = post.id
        order by array_position(array['direct', 'mention', 'reply', 'thread'], why), account limit 1) as addressed,
      to_timestamp((post.id >> 16) / 1000.0) as "arrivedAt"
    from post where post.authority = ${authority} and post.id = any(${ids}::bigint[])`;
  const threads = [...new Set(posts.map((post) => post.thread))];
  const cares = await tx<CareRow[]>`
    select id, thread, account, network, status, assignee_person as "assigneePerson", assignee_account as "assigneeAccount",
      asked_post as "askedPost", asked_at as "askedAt", due_at as "dueAt", told, settled_post as "settledPost", version,
      array(select tag from care_tag where care_tag.authority = care.authority and care_tag.care = care.id) as tags
    from care where authority = ${authority} and thread = any(${threads}::bigint[]) order by thread for update`;
  const open = await readOpen(tx, authority, threadsLosing(posts, entries));
  const answers = await tx<{ post: string; care: string; askedAt: Temporal.Instant; elsewhere: boolean }[]>`
    select care_answer.post, care_answer.care, care_answer.asked_at as "askedAt",
      exists (select from post other where other.authority = ${authority} and other.thread = care.thread
        and other.uri is null and other.deleted_at is null and other.id > care.asked_post) as elsewhere
    from care_answer join care on care.authority = care_answer.authority and care.id = care_answer.care
    where care_answer.authority = ${authority} and care_answer.post = any(${ids}::bigint[])`;
  return {
    threads,
    posts: new Map(posts.map((post) => [post.id, post])),
    cares: new Map(cares.map((care) => [care.thread, care])),
    open: Map.groupBy(open, (one) => one.thread),
    answers: new Map(answers.map((one) => [one.post, one])),
    touched: new Set(),
    answered: [],
    takenBack: [],
  };
}

type Open = { thread: string; post: string; arrivedAt: Temporal.Instant };

/** Only where something asked is gone does it matter what else is asked: a long conversation may wait for thousands. */
function threadsLosing(posts: readonly PostFacts[], entries: readonly Entry[]): PostId[] {
  const gone = new Set(
    entries
      .filter(({ kind }) => kind === "post-delete-received" || kind === "post-hidden")
      .map(({ post }) => post),
  );
  return [...new Set(posts.filter((post) => gone.has(post.id)).map((post) => post.thread))];
}

async function readOpen(
  tx: Transaction,
  authority: AuthorityId,
  threads: readonly PostId[],
): Promise<Open[]> {
  if (threads.length === 0) return [];
  return tx<Open[]>`
    select post.thread, post.id as post, to_timestamp((post.id >> 16) / 1000.0) as "arrivedAt"
    from care join post on post.authority = care.authority and post.thread = care.thread and post.id > care.settled_post
    where care.authority = ${authority} and care.thread = any(${[...threads]}::bigint[])
    and ${stands(tx)}
    and exists (select from addressed where addressed.authority = ${authority} and addressed.post = post.id)
    order by post.id`;
}

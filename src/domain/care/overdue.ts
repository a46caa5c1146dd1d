import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { Database, Transaction } from "#platform/database.ts";
import { whoIsAway } from "./absence.ts";
import { loadCareRules, officeHoursIn } from "./care-rules.ts";
import { addOfficeTime } from "./office-time.ts";

/** At a time, so that one authority's heap of questions does not hold its rows for long. */
const batch = 100;

type Overdue = {
  id: string;
  thread: PostId;
  account: AccountId;
  post: PostId | null;
  /** The assignee, and the same unless they have left. */
  assignee: PersonId | null;
  person: PersonId | null;
  office: AccountId | null;
  deputy: PersonId | null;
  dueAt: Temporal.Instant;
};
type Telling = { one: Overdue; level: 1 | 2; people: readonly PersonId[] };
type Away = Awaited<ReturnType<typeof whoIsAway>>;

/** Tells whoever is to answer that the time has passed, in every authority; each once for each level. */
export async function tellAllOverdue(
  db: Database,
  authorities: readonly AuthorityId[],
  now: Temporal.Instant,
): Promise<void> {
  const failures: unknown[] = [];
  for (const authority of authorities)
    try {
      while ((await db.as(authority, (tx) => tellOverdue(tx, authority, now))) === batch);
    } catch (error) {
      // What is wrong with one must not keep the others from being told.
      failures.push(error);
    }
  if (failures.length > 0)
    throw new AggregateError(failures, "not everybody could be told of what is overdue");
}

/** Returns how many were told of; there may be more when that is a hundred. */
export async function tellOverdue(
  tx: Transaction,
  authority: AuthorityId,
  now: Temporal.Instant,
): Promise<number> {
  const first = await overdue(tx, authority, now, 0);
  const second = first.length < batch ? await overdue(tx, authority, now, 1) : [];
  if (first.length + second.length === 0) return 0;
  const rules = await loadCareRules(tx, authority);
  const hours = officeHoursIn(rules);
  const away = await whoIsAway(tx, authority, now);
  const tellings: Telling[] = [];
  for (const one of first)
    tellings.push({ one, level: 1, people: await answerable(tx, authority, one, away) });
  for (const one of second) {
    const late = addOfficeTime(hours, one.dueAt, rules.deputyAfter);
    if (!late || !one.deputy || Temporal.Instant.compare(late, now) > 0) continue;
    const standIn = away.get(one.deputy);
    const deputy = standIn ? standIn.substitute : one.deputy;
    tellings.push({ one, level: 2, people: deputy ? [deputy] : await speakers(tx, authority, one.account) });
  }
  // By thread, as all that holds several cares does, so that two who act on the same ones never wait for each other.
  for (const telling of tellings.toSorted((a, b) => (a.one.thread < b.one.thread ? -1 : 1)))
    await tell(tx, authority, telling);
  return first.length;
}

function overdue(tx: Transaction, authority: AuthorityId, now: Temporal.Instant, told: 0 | 1) {
  return tx<Overdue[]>`
    select care.id, care.thread, care.account, care.asked_post as post, care.due_at as "dueAt", deputy.id as deputy,
      care.assignee_person as assignee, assignee.id as person, care.assignee_account as office
    from care
    left join person assignee on assignee.authority = ${authority} and assignee.id = care.assignee_person and assignee.ended_at is null
    left join account_care on account_care.authority = ${authority} and account_care.account = care.account
    left join person deputy on deputy.authority = ${authority} and deputy.id = account_care.deputy and deputy.ended_at is null
    where care.authority = ${authority} and care.due_at <= ${now} and care.asked_at is not null and care.told = ${told}
    and (${told} = 0 or deputy.id is not null)
    order by care.due_at, care.id limit ${told === 0 ? batch : 10_000}`;
}

/** Whom it is up to: the assignee or who stands in, else all who may speak for the office or the account. */
async function answerable(
  tx: Transaction,
  authority: AuthorityId,
  { person, office, account }: Overdue,
  away: Away,
): Promise<PersonId[]> {
  const standIn = person && away.get(person);
  const one = standIn ? standIn.substitute : person;
  return one ? [one] : speakers(tx, authority, office ?? account);
}

async function speakers(tx: Transaction, authority: AuthorityId, account: AccountId): Promise<PersonId[]> {
  const rows = await tx<{ id: PersonId }[]>`
    select id from person join account_grant granted on granted.authority = ${authority} and granted.person = person.id
    where person.authority = ${authority} and person.ended_at is null and granted.account = ${account} order by id`;
  return rows.map((row) => row.id);
}

async function tell(
  tx: Transaction,
  authority: AuthorityId,
  { one: { id, thread, account, post, dueAt, assignee, office }, level, people }: Telling,
): Promise<void> {
  const mine = await tx`
    update care set told = ${level} where authority = ${authority} and id = ${id}
    and told = ${level - 1} and asked_at is not null and due_at is not distinct from ${dueAt}
    and assignee_person is not distinct from ${assignee} and assignee_account is not distinct from ${office} returning 1`;
  // Another process was quicker, the answer was, or somebody who gave it to another: then the next round tells them.
  if (mine.length === 0) return;
  await append(tx, {
    authority,
    direction: "within",
    kind: "care-overdue",
    account,
    post,
    subject: [id, ...people],
    facts: { thread, level },
  });
}

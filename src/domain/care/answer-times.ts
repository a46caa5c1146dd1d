import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";

/**
 * How long answers took, in seconds of office time and of the clock, for an account on one network or (null) on all.
 * Nothing is ever counted by person: this measures how long people wait, not how staff work.
 */
export type AnswerTimes = {
  account: AccountId;
  network: string | null;
  answers: number;
  office: { median: number; ninetieth: number };
  clock: { median: number; ninetieth: number };
};
/** What waits for an answer now. */
export type Waiting = {
  account: AccountId;
  network: string | null;
  waiting: number;
  overdue: number;
  oldest: Temporal.Instant;
};

/** Fewer answers than this say little about the slowest tenth. */
export const fewAnswers = 10;

export async function answerTimes(
  tx: Transaction,
  authority: AuthorityId,
  {
    accounts,
    from,
    until,
  }: { accounts: readonly AccountId[]; from: Temporal.Instant; until: Temporal.Instant },
): Promise<AnswerTimes[]> {
  const rows = await tx<
    { account: AccountId; network: string | null; answers: number; office: number[]; clock: number[] }[]
  >`
    select account, network, count(*)::int as answers,
      percentile_cont(array[0.5, 0.9]) within group (order by office_seconds) as office,
      percentile_cont(array[0.5, 0.9]) within group (order by extract(epoch from answered_at - asked_at)::float8) as clock
    from care_answer
    where authority = ${authority} and account = any(${[...accounts]}::bigint[])
    and answered_at >= ${from} and answered_at < ${until}
    group by grouping sets ((account), (account, network))
    order by account, network nulls first`;
  return rows.map(({ office, clock, ...row }) => ({ ...row, office: pair(office), clock: pair(clock) }));
}

export async function waitingNow(
  tx: Transaction,
  authority: AuthorityId,
  accounts: readonly AccountId[],
  now: Temporal.Instant,
): Promise<Waiting[]> {
  return tx<Waiting[]>`
    select account, network, count(*)::int as waiting, count(*) filter (where due_at <= ${now})::int as overdue,
      min(asked_at) as oldest
    from care
    where authority = ${authority} and account = any(${[...accounts]}::bigint[]) and asked_at is not null
    group by grouping sets ((account), (account, network))
    order by account, network nulls first`;
}

function pair([median = 0, ninetieth = 0]: number[]) {
  return { median, ninetieth };
}

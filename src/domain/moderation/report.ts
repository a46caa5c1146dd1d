import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { Transaction } from "#platform/database.ts";
import type { Id } from "#platform/id.ts";

export type ReportId = Id<"report">;
export type NewReport = {
  post: PostId | null;
  account: AccountId | null;
  /** The remote account that reported (Flag), if it was one. */
  reporter: AccountId | null;
  /** Where to answer whoever reported on our page, if they said. */
  contact: string | null;
  words: string;
  uri: string | null;
  /** The colleague who reported with one of our accounts, for the record. */
  by?: PersonId;
};
export type Report = NewReport & {
  id: ReportId;
  at: Temporal.Instant;
  handledAt: Temporal.Instant | null;
  outcome: string | null;
};

/** Somebody tells us: from this moment the authority knows. The same Flag again changes nothing. */
export async function receiveReport(
  tx: Transaction,
  authority: AuthorityId,
  report: NewReport,
): Promise<ReportId | undefined> {
  const [row] = await tx<{ id: ReportId }[]>`
    insert into report (authority, post, account, reporter, contact, words, uri)
    values (${authority}, ${report.post}, ${report.account}, ${report.reporter}, ${report.contact}, ${report.words}, ${report.uri})
    on conflict (authority, uri) where uri is not null do nothing returning id`;
  if (!row) return undefined;
  await append(tx, {
    authority,
    direction: report.by ? "within" : "in",
    kind: "report-received",
    account: report.account,
    person: report.by ?? null,
    post: report.post,
    subject: [row.id],
    payload: { body: { words: report.words, contact: report.contact, reporter: report.reporter } },
  });
  return row.id;
}

/** Closes a report with what was done about it. */
export async function handleReport(
  tx: Transaction,
  authority: AuthorityId,
  report: ReportId,
  outcome: string,
  by: PersonId,
  now: Temporal.Instant,
): Promise<boolean> {
  const [row] = await tx<{ post: PostId | null }[]>`
    update report set handled_at = ${now}, handled_by = ${by}, outcome = ${outcome}
    where authority = ${authority} and id = ${report} and handled_at is null returning post`;
  if (!row) return false;
  await append(tx, {
    authority,
    direction: "within",
    kind: "report-handled",
    person: by,
    post: row.post,
    subject: [report],
    payload: { body: { outcome } },
  });
  return true;
}

export async function listReports(
  tx: Transaction,
  authority: AuthorityId,
  state: "waiting" | "handled",
  limit: number,
): Promise<Report[]> {
  return tx<Report[]>`
    select id, post, account, reporter, contact, words, uri, at, handled_at as "handledAt", outcome from report
    where authority = ${authority} and (handled_at is null) = ${state === "waiting"} order by id desc limit ${limit}`;
}

import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import { handleReport, receiveReport, type ReportId } from "./report.ts";

/**
 * One of our accounts wants somebody blocked: the moderators get a report, for that takes a rule and a reason. While
 * one waits, no other is made.
 */
export async function askForBlock(
  tx: Transaction,
  authority: AuthorityId,
  wish: { account: AccountId; reporter: AccountId; words: string },
): Promise<{ outcome: "asked" | "waiting" }> {
  const name = nameOf(wish.account);
  const [asked] = await tx<{ waiting: number; handled: number }[]>`
    select count(*) filter (where handled_at is null)::int as waiting, count(*) filter (where handled_at is not null)::int as handled
    from report where authority = ${authority} and account = ${wish.account} and starts_with(uri, ${name})`;
  if (asked && asked.waiting > 0) return { outcome: "waiting" };
  // The name is the same for two who ask at once, so that one of them is kept.
  const uri = `${name}${asked?.handled ?? 0}`;
  const made = await receiveReport(tx, authority, { ...wish, post: null, contact: null, uri });
  return { outcome: made ? "asked" : "waiting" };
}

/** Whoever asked wants it no more: what waits is closed. */
export async function withdrawBlockWish(
  tx: Transaction,
  authority: AuthorityId,
  wish: { account: AccountId; reporter: AccountId; words: string },
  by: PersonId,
  now: Temporal.Instant,
): Promise<void> {
  const [row] = await tx<{ id: ReportId }[]>`
    select id from report where authority = ${authority} and account = ${wish.account} and reporter = ${wish.reporter}
    and handled_at is null and starts_with(uri, ${nameOf(wish.account)})`;
  if (row) await handleReport(tx, authority, row.id, `no-action: ${wish.words}`, by, now);
}

function nameOf(account: AccountId): string {
  return `urn:torg:block-asked:${account}:`;
}

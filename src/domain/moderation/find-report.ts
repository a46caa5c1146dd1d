import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { Report } from "./report.ts";

export async function findReport(
  tx: Transaction,
  authority: AuthorityId,
  id: string,
): Promise<Report | undefined> {
  const [row] = await tx<Report[]>`
    select id, post, account, reporter, contact, words, uri, at, handled_at as "handledAt", outcome from report
    where authority = ${authority} and id = ${id}`;
  return row;
}

import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import { loadCareRules } from "./care-rules.ts";
import { dueBy } from "./due.ts";

/**
 * Counts anew when all that waits is due, after the rules have changed. What thereby is no longer overdue will be told
 * of again when it is. Returns how many have another time than before.
 */
export async function recountDue(
  tx: Transaction,
  authority: AuthorityId,
  now: Temporal.Instant,
): Promise<number> {
  const rules = await loadCareRules(tx, authority);
  const waiting = await tx<{ id: string; account: AccountId; tags: string[]; askedAt: Temporal.Instant }[]>`
    select id, account, asked_at as "askedAt",
      array(select tag from care_tag where care_tag.authority = ${authority} and care_tag.care = care.id) as tags
    from care where authority = ${authority} and asked_at is not null order by thread for update`;
  const due = waiting.map((one) => dueBy(rules, one)?.toString() ?? null);
  const changed = await tx`
    update care set due_at = counted.due, told = case when counted.due <= ${now} then told else 0 end, updated_at = ${now}
    from unnest(${waiting.map((one) => one.id)}::bigint[], ${due}::timestamptz[]) as counted (id, due)
    where care.authority = ${authority} and care.id = counted.id and due_at is distinct from counted.due
    returning care.id`;
  return changed.length;
}

import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";

export type BlockDecision = {
  account: AccountId | null;
  domain: string | null;
  rule: number | null;
  reason: string;
  person: PersonId | null;
  at: Temporal.Instant;
};

/** The blocks in force with the decision behind each, the latest first. */
export async function blockDecisions(tx: Transaction, authority: AuthorityId): Promise<BlockDecision[]> {
  return tx<BlockDecision[]>`
    select block.account, block.domain, decision.rule, decision.reason, decision.person, decision.at
    from block join lateral (
      select rule, reason, person, at from decision
      where decision.authority = ${authority} and decision.action = 'block'
      and decision.account is not distinct from block.account and decision.domain is not distinct from block.domain
      order by decision.id desc limit 1) decision on true
    where block.authority = ${authority} order by decision.at desc limit 500`;
}

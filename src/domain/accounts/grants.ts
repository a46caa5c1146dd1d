import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import { accountColumns, type Account, type AccountId } from "./account.ts";

/** Lets a person speak for an account. */
export async function grantAccount(
  tx: Transaction,
  authority: AuthorityId,
  grant: { person: PersonId; account: AccountId },
  by: PersonId | undefined,
): Promise<void> {
  const granted = await tx`
    insert into account_grant (authority, person, account, granted_by)
    values (${authority}, ${grant.person}, ${grant.account}, ${by ?? null}) on conflict do nothing returning 1`;
  if (granted.length > 0) await appendGrant(tx, authority, "account-granted", grant, by);
}

export async function revokeGrant(
  tx: Transaction,
  authority: AuthorityId,
  grant: { person: PersonId; account: AccountId },
  by: PersonId | undefined,
): Promise<void> {
  const revoked = await tx`
    delete from account_grant
    where authority = ${authority} and person = ${grant.person} and account = ${grant.account} returning 1`;
  if (revoked.length > 0) await appendGrant(tx, authority, "account-grant-revoked", grant, by);
}

function appendGrant(
  tx: Transaction,
  authority: AuthorityId,
  kind: string,
  grant: { person: PersonId; account: AccountId },
  by: PersonId | undefined,
) {
  return append(tx, {
    authority,
    direction: "within",
    kind,
    account: grant.account,
    person: by,
    subject: [grant.person],
  });
}

/** The accounts that a person may speak for. */
export async function grantedAccounts(
  tx: Transaction,
  authority: AuthorityId,
  person: PersonId,
): Promise<Account[]> {
  return tx<Account[]>`
    select ${accountColumns(tx)} from account
    where authority = ${authority} and uri is null and gone_at is null and id in (
      select account from account_grant where authority = ${authority} and person = ${person})
    order by kind, id`;
}

/** Who may speak for what, for the list of people. */
export async function listGrants(
  tx: Transaction,
  authority: AuthorityId,
): Promise<{ person: PersonId; account: AccountId }[]> {
  return tx<{ person: PersonId; account: AccountId }[]>`
    select person, account from account_grant where authority = ${authority}`;
}

/** The accounts that each of several people may speak for, by person. */
export async function grantsOf(
  tx: Transaction,
  authority: AuthorityId,
  people: readonly PersonId[],
): Promise<Map<PersonId, Set<AccountId>>> {
  const rows = await tx<{ person: PersonId; account: AccountId }[]>`
    select person, account from account_grant
    where authority = ${authority} and person = any(${[...new Set(people)]}::bigint[])`;
  const granted = new Map<PersonId, Set<AccountId>>();
  for (const { person, account } of rows)
    granted.set(person, (granted.get(person) ?? new Set<AccountId>()).add(account));
  return granted;
}

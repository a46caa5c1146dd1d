import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { PersonId } from "#domain/people/person.ts";
import { json, type Transaction } from "#platform/database.ts";
import { languages, type Language } from "#platform/i18n.ts";

/** How an account is looked after, apart from who speaks for it. */
export type AccountCare = {
  /** Who is told when an answer stays away although the assignee was told. */
  deputy: PersonId | null;
  /** Where a matter of one person is taken instead, in words of each language; empty when not yet said. */
  ways: Record<Language, string>;
};

export async function accountCare(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
): Promise<AccountCare> {
  const [row] = await tx<{ deputy: PersonId | null; ways: Partial<Record<Language, string>> }[]>`
    select (select deputy from account_care where authority = ${authority} and account = ${account}) as deputy,
      coalesce((select json_object_agg(language, way) from account_contact
        where authority = ${authority} and account = ${account}), '{}') as ways`;
  return {
    deputy: row?.deputy ?? null,
    ways: { sv: row?.ways.sv ?? "", en: row?.ways.en ?? "" },
  };
}

export async function setAccountCare(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  { deputy, ways }: AccountCare,
  by: PersonId,
): Promise<void> {
  await tx`
    insert into account_care (authority, account, deputy) values (${authority}, ${account}, ${deputy})
    on conflict (authority, account) do update set deputy = excluded.deputy`;
  await tx`delete from account_contact where authority = ${authority} and account = ${account}`;
  const said = languages.filter((language) => ways[language] !== "");
  await tx`
    insert into account_contact (authority, account, language, way)
    select ${authority}, ${account}, said.key, said.value
    from jsonb_each_text(${json(tx, Object.fromEntries(said.map((language) => [language, ways[language]])))}) said`;
  await append(tx, {
    authority,
    direction: "within",
    kind: "account-care-changed",
    account,
    person: by,
    ...(deputy ? { subject: [deputy] } : {}),
    payload: { body: { ways } },
  });
}

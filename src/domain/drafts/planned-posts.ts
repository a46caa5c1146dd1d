import { cutPage, newestFirst, withinPage, type IdPage } from "#platform/id-page.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import { draftColumns, draftOfRow, type Draft, type DraftRow } from "./draft.ts";

type Writer = { person: PersonId; account: AccountId };

/** What somebody has planned to say as one account, wherever they wrote it; changes of what is said are not among it. */
export async function plannedPosts(
  tx: Transaction,
  authority: AuthorityId,
  by: Writer,
  page: IdPage & { only?: string },
): Promise<Draft[]> {
  const rows = await tx<DraftRow[]>`
    select ${draftColumns(tx)} from draft
    where authority = ${authority} and person = ${by.person} and account = ${by.account}
    and state = 'scheduled' and mode <> 'edit'
    ${page.only ? tx`and id = ${page.only}` : tx``}
    ${withinPage(tx, "id", page)} ${cutPage(tx, "id", page)}`;
  return newestFirst(rows, page).map(draftOfRow);
}

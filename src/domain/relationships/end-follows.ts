import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";

/** Somebody elsewhere and our accounts follow each other no more, either way; their server is told by what follows. */
export async function endFollows(
  tx: Transaction,
  authority: AuthorityId,
  ended: { account: AccountId; person: PersonId | null },
): Promise<void> {
  const rows = await tx<{ id: string; follower: AccountId; followed: AccountId; uri: string | null }[]>`
    delete from follow where authority = ${authority} and (follower = ${ended.account} or followed = ${ended.account})
    returning id, follower, followed, uri`;
  for (const { id, follower, followed, uri } of rows) {
    const theirs = follower === ended.account;
    await append(tx, {
      authority,
      direction: "out",
      kind: theirs ? "follow-rejected" : "follow-undone",
      account: theirs ? followed : follower,
      person: ended.person,
      subject: [id, ended.account],
      ...(theirs ? { facts: { uri } } : {}),
    });
  }
}

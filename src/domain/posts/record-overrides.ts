import type { Authority } from "#domain/authorities/authority.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import { append } from "#domain/journal/append.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import type { Overridden } from "./check-draft.ts";
import type { PostId } from "./post.ts";

/** Keeps the reason why a check was set aside, with the post that it was set aside for. */
export async function recordOverrides(
  tx: Transaction,
  authority: Authority,
  by: { account: AccountId; person: PersonId | null; post: PostId },
  overridden: readonly Overridden[],
): Promise<void> {
  for (const { check, reason } of overridden)
    await append(tx, {
      authority: authority.id,
      direction: "within",
      kind: "check-overridden",
      account: by.account,
      person: by.person,
      post: by.post,
      facts: { check },
      payload: { body: { reason } },
    });
}

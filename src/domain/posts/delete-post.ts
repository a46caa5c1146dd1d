import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import type { PostId } from "./post.ts";

export type Deleted = { outcome: "deleted" } | { outcome: "not-ours" };

/** Takes one of our posts off every public surface. The record keeps what was said. */
export async function deletePost(
  tx: Transaction,
  authority: AuthorityId,
  post: { id: PostId; account: AccountId; person: PersonId | null },
  now: Temporal.Instant,
): Promise<Deleted> {
  const [row] = await tx<{ visibility: string; thread: PostId }[]>`
    update post set deleted_at = ${now}
    where authority = ${authority} and id = ${post.id} and account = ${post.account} and uri is null and deleted_at is null
    returning visibility, thread`;
  if (!row) return { outcome: "not-ours" };
  await append(tx, {
    authority,
    direction: "out",
    kind: "post-deleted",
    account: post.account,
    person: post.person,
    post: post.id,
    facts: { visibility: row.visibility, thread: row.thread },
  });
  return { outcome: "deleted" };
}

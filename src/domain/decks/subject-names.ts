import { accountsById, type Account, type AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { postsById } from "#domain/posts/read-posts.ts";
import { findList } from "#domain/relationships/lists.ts";
import type { Transaction } from "#platform/database.ts";
import type { ColumnDefinition } from "./deck.ts";

/** What columns are about, by the ids in their subjects: accounts, the titles of lists, who wrote a post. */
export type SubjectNames = {
  accounts: Map<string, Account>;
  lists: Map<string, string>;
  /** The author of the post that a conversation was chosen by; no entry when the reader may not see it. */
  authors: Map<string, Account>;
};

export async function subjectNames(
  tx: Transaction,
  authority: AuthorityId,
  columns: readonly Pick<ColumnDefinition, "subject">[],
  own: readonly AccountId[],
): Promise<SubjectNames> {
  const posts = columns.flatMap(({ subject }) => subject.post ?? []);
  const lists = new Map<string, string>();
  for (const { subject } of columns) {
    const list = subject.list && (await findList(tx, authority, subject.list, own));
    if (list) lists.set(list.id, list.title);
  }
  const shown = await postsById(tx, authority, posts, { kind: "staff", accounts: own });
  const ids = [
    ...columns.flatMap(({ subject }) => subject.account ?? []),
    ...shown.map((post) => post.account),
  ];
  const accounts = ids.length > 0 ? await accountsById(tx, authority, ids) : new Map<string, Account>();
  const authors = new Map<string, Account>(
    shown.flatMap((post) => {
      const author = accounts.get(post.account);
      return author ? [[post.id, author] as const] : [];
    }),
  );
  return { accounts, lists, authors };
}

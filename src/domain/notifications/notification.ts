import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { Transaction } from "#platform/database.ts";
import type { Id } from "#platform/id.ts";

export type NotificationId = Id<"notification">;

/** What an account is told, in the words of the Mastodon API. */
export type AccountKind =
  | "mention"
  | "reblog"
  | "favourite"
  | "follow"
  | "follow_request"
  | "status"
  | "update";
export const accountKinds: readonly AccountKind[] = [
  "mention",
  "reblog",
  "favourite",
  "follow",
  "follow_request",
  "status",
  "update",
];
/** What was asked for in an app is told in apps: whoever reads the deck has the columns for it. */
const appKinds: readonly AccountKind[] = ["status", "update"];
/** What a member of staff is told about the shared work. */
export type PersonKind =
  | "assigned"
  | "note-mention"
  | "overdue"
  | "approval-asked"
  | "approval-given"
  | "approval-refused"
  | "late"
  | "failed";

export type Notification = {
  id: NotificationId;
  kind: AccountKind | PersonKind;
  /** Whom it is for: one of our accounts, or else a person. */
  account: AccountId | null;
  person: PersonId | null;
  fromAccount: AccountId | null;
  fromPerson: PersonId | null;
  post: PostId | null;
  thread: PostId | null;
  draft: string | null;
  at: Temporal.Instant;
};

export type NotificationPage = {
  before?: string | undefined;
  after?: string | undefined;
  limit: number;
};

/**
 * What a person is told, newest first: what is for them, and what is for the accounts they may speak for,
 * except what they did themselves. Each recipient's newest are read by index.
 */
export async function notificationsOf(
  tx: Transaction,
  authority: AuthorityId,
  reader: { person: PersonId; accounts: readonly AccountId[] },
  page: NotificationPage,
): Promise<Notification[]> {
  const accounts = [...reader.accounts];
  return tx<Notification[]>`
    (select ${notificationColumns(tx)} from notification
      where authority = ${authority} and person = ${reader.person} ${inPage(tx, page)}
      order by id desc limit ${page.limit})
    union all
    select told.* from unnest(${accounts}::bigint[]) as voice (id), lateral (
      select ${notificationColumns(tx)} from notification
      where authority = ${authority} and account = voice.id and from_person is distinct from ${reader.person}::bigint
      and kind <> all(${[...appKinds]}::text[])
      ${inPage(tx, page)} order by id desc limit ${page.limit}) told
    order by id desc limit ${page.limit}`;
}

/** One thing that an account was told, or all of it, is put away for everybody who speaks for the account. */
export async function dismiss(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  which: NotificationId | "all",
): Promise<boolean> {
  const gone = await tx`
    delete from notification where authority = ${authority} and account = ${account}
    ${which === "all" ? tx`` : tx`and id = ${which}`} returning 1`;
  return gone.length > 0;
}

export function notificationColumns(tx: Transaction) {
  return tx`id, kind, account, person, from_account as "fromAccount", from_person as "fromPerson", post, thread, draft, at`;
}

function inPage(tx: Transaction, page: NotificationPage) {
  return tx`${page.before ? tx`and id < ${page.before}` : tx``} ${page.after ? tx`and id > ${page.after}` : tx``}`;
}

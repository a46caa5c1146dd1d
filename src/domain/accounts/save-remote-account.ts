import type { AuthorityId } from "#domain/authorities/authority.ts";
import { saveRemoteMedia } from "#domain/media/save-remote-media.ts";
import { json, type Transaction } from "#platform/database.ts";
import type { Account, AccountId } from "./account.ts";

/** An account elsewhere, as its server describes it, made harmless. */
export type RemoteAccount = Omit<
  Account,
  | "id"
  | "kind"
  | "uri"
  | "biographySource"
  | "role"
  | "answers"
  | "avatar"
  | "header"
  | "approval"
  | "createdAt"
  | "goneAt"
> & { uri: string; avatarUrl: string | null; headerUrl: string | null };

/** Keeps what an account elsewhere now says of itself; the same uri is the same account. */
export async function saveRemoteAccount(
  tx: Transaction,
  authority: AuthorityId,
  account: RemoteAccount,
): Promise<AccountId> {
  const avatar = await saveRemoteMedia(tx, authority, account.avatarUrl);
  const header = await saveRemoteMedia(tx, authority, account.headerUrl);
  const [row] = await tx<{ id: AccountId }[]>`
    insert into account (authority, network, kind, uri, url, handle, domain, name, biography, fields, avatar, header, inbox,
      shared_inbox, outbox, followers, public_key_id, public_key, locked, indexable, automated, fetched_at)
    values (${authority}, ${account.network}, 'remote', ${account.uri}, ${account.url}, ${account.handle}, ${account.domain},
      ${account.name}, ${json(tx, account.biography)}, ${json(tx, account.fields)}, ${avatar}, ${header}, ${account.inbox},
      ${account.sharedInbox}, ${account.outbox}, ${account.followers}, ${account.publicKeyId}, ${account.publicKey},
      ${account.locked}, ${account.indexable}, ${account.automated}, clock_timestamp())
    on conflict (authority, network, uri) where uri is not null do update set
      url = excluded.url, handle = excluded.handle, domain = excluded.domain, name = excluded.name,
      biography = excluded.biography, fields = excluded.fields, avatar = excluded.avatar, header = excluded.header,
      inbox = excluded.inbox, shared_inbox = excluded.shared_inbox, outbox = excluded.outbox,
      followers = excluded.followers, public_key_id = excluded.public_key_id, public_key = excluded.public_key,
      locked = excluded.locked, indexable = excluded.indexable, automated = excluded.automated,
      fetched_at = excluded.fetched_at, gone_at = null
    returning id`;
  if (!row) throw new Error("a remote account was not kept");
  return row.id;
}

/** The account has been deleted where it lives. */
export async function markAccountGone(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
): Promise<void> {
  await tx`update account set gone_at = clock_timestamp() where authority = ${authority} and id = ${account} and uri is not null`;
}

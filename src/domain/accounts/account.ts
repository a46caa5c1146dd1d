import type { Authority, AuthorityId } from "#domain/authorities/authority.ts";
import type { MediaId } from "#domain/media/media.ts";
import type { Transaction } from "#platform/database.ts";
import type { Id } from "#platform/id.ts";
import type { Block } from "#domain/text/blocks.ts";

export type AccountId = Id<"account">;
export type ProfileField = {
  name: string;
  value: string;
  /** Proven by a link back with rel=me. */ verified?: boolean;
};

/** A public voice. `uri` is null for ours, whose names follow from the id. */
export type Account = {
  id: AccountId;
  network: string;
  kind: "authority" | "office" | "remote";
  handle: string;
  /** Host after the second @. */
  domain: string;
  uri: string | null;
  url: string | null;
  name: string;
  biography: Block[];
  biographySource: string;
  role: string | null;
  /** Who answers for it. */
  answers: string | null;
  fields: ProfileField[];
  avatar: MediaId | null;
  header: MediaId | null;
  inbox: string | null;
  sharedInbox: string | null;
  outbox: string | null;
  followers: string | null;
  publicKeyId: string | null;
  publicKey: string | null;
  locked: boolean;
  /** May search engines have what it says? Ours always; others' as they say. */
  indexable: boolean;
  automated: boolean;
  /** A second person approves what it is to say before it goes out. */
  approval: boolean;
  createdAt: Temporal.Instant;
  goneAt: Temporal.Instant | null;
};

/** What it takes to show who speaks: far less to read than all that is known of them. */
export type Face = Pick<
  Account,
  | "id"
  | "network"
  | "kind"
  | "handle"
  | "domain"
  | "uri"
  | "url"
  | "name"
  | "role"
  | "answers"
  | "avatar"
  | "indexable"
>;

export async function findAccount(
  tx: Transaction,
  authority: AuthorityId,
  id: string,
): Promise<Account | undefined> {
  const [row] = await tx<
    Account[]
  >`select ${accountColumns(tx)} from account where authority = ${authority} and id = ${id}`;
  return row;
}

export async function findOwnAccount(
  tx: Transaction,
  authority: AuthorityId,
  handle: string,
): Promise<Account | undefined> {
  const [row] = await tx<Account[]>`
    select ${accountColumns(tx)} from account
    where authority = ${authority} and uri is null and lower(handle) = ${handle.toLowerCase()}`;
  return row;
}

/** The account that the authority speaks as when it is nobody's office: signs fetches, is first in lists. */
export async function findAuthorityAccount(
  tx: Transaction,
  authority: AuthorityId,
): Promise<Account | undefined> {
  const [row] = await tx<Account[]>`
    select ${accountColumns(tx)} from account
    where authority = ${authority} and uri is null order by kind, id limit 1`;
  return row;
}

export async function findRemoteAccount(
  tx: Transaction,
  authority: AuthorityId,
  uri: string,
): Promise<Account | undefined> {
  const [row] = await tx<Account[]>`
    select ${accountColumns(tx)} from account where authority = ${authority} and network = 'fediverse' and uri = ${uri}`;
  return row;
}

export async function listOwnAccounts(tx: Transaction, authority: AuthorityId): Promise<Account[]> {
  return tx<Account[]>`
    select ${accountColumns(tx)} from account
    where authority = ${authority} and uri is null and gone_at is null order by kind, id`;
}

export async function accountsById(
  tx: Transaction,
  authority: AuthorityId,
  ids: readonly string[],
): Promise<Map<string, Account>> {
  if (ids.length === 0) return new Map();
  const rows = await tx<Account[]>`
    select ${accountColumns(tx)} from account where authority = ${authority} and id = any(${[...new Set(ids)]}::bigint[])`;
  return new Map(rows.map((row) => [row.id, row]));
}

export async function facesById(
  tx: Transaction,
  authority: AuthorityId,
  ids: readonly string[],
): Promise<Face[]> {
  if (ids.length === 0) return [];
  return tx<Face[]>`
    select ${faceColumns(tx)} from account where authority = ${authority} and id = any(${[...new Set(ids)]}::bigint[])`;
}

/** Known accounts by @user@host or, for ours, @user; keyed by the handle as asked, in lower case. */
export async function accountsByHandle(
  tx: Transaction,
  authority: Authority,
  handles: readonly string[],
): Promise<Map<string, Account>> {
  const found = new Map<string, Account>();
  if (handles.length === 0) return found;
  const asked = handles.map((handle) => splitHandle(handle, authority.handleDomain));
  const rows = await tx<Account[]>`
    select ${accountColumns(tx)} from account
    where authority = ${authority.id} and gone_at is null
    and (lower(handle), lower(domain)) in (select * from unnest(${asked.map((one) => one.user)}::text[], ${asked.map((one) => one.host)}::text[]))
    order by uri nulls first, id`;
  for (const [index, one] of asked.entries()) {
    const row = rows.find(
      (row) => row.handle.toLowerCase() === one.user && row.domain.toLowerCase() === one.host,
    );
    if (row) found.set(handles[index]?.toLowerCase() ?? "", row);
  }
  return found;
}

/** "@Anna@A.test" → anna, a.test; "@kommunchef" → kommunchef, our own host. */
export function splitHandle(handle: string, ownHost: string): { user: string; host: string } {
  const [user = "", host = ownHost] = handle.replace(/^@/, "").toLowerCase().split("@");
  return { user, host };
}

export function isOwn(account: Pick<Account, "uri">): boolean {
  return account.uri === null;
}

export function faceColumns(tx: Transaction) {
  return tx`id, network, kind, handle, domain, uri, url, name, role, answers, avatar, indexable`;
}

export function accountColumns(tx: Transaction) {
  return tx`id, network, kind, handle, domain, uri, url, name, biography, biography_source as "biographySource", role, answers,
    fields, avatar, header, inbox, shared_inbox as "sharedInbox", outbox, followers, public_key_id as "publicKeyId",
    public_key as "publicKey", locked, indexable, automated, approval, created_at as "createdAt", gone_at as "goneAt"`;
}

import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import { accountColumns, type Account, type AccountId } from "./account.ts";

/** Known accounts elsewhere by their names. */
export async function remoteAccountsByUri(
  tx: Transaction,
  authority: AuthorityId,
  uris: readonly string[],
): Promise<Map<string, AccountId>> {
  if (uris.length === 0) return new Map();
  const rows = await tx<{ id: AccountId; uri: string }[]>`
    select id, uri from account
    where authority = ${authority} and network = 'fediverse' and uri = any(${[...uris]}::text[])`;
  return new Map(rows.map((row) => [row.uri, row.id]));
}

export type KnownActor = Pick<Account, "id" | "publicKeyId" | "publicKey"> & { uri: string };

/** What it takes to know again who speaks from elsewhere: their names and their keys. */
export async function knownActorsByUri(
  tx: Transaction,
  authority: AuthorityId,
  uris: readonly string[],
): Promise<Map<string, KnownActor>> {
  if (uris.length === 0) return new Map();
  const rows = await tx<KnownActor[]>`
    select id, uri, public_key_id as "publicKeyId", public_key as "publicKey" from account
    where authority = ${authority} and network = 'fediverse' and uri = any(${[...uris]}::text[])`;
  return new Map(rows.map((row) => [row.uri, row]));
}

/** The account that a key is of. */
export async function findAccountByKey(
  tx: Transaction,
  authority: AuthorityId,
  keyId: string,
): Promise<Account | undefined> {
  const [row] = await tx<Account[]>`
    select ${accountColumns(tx)} from account
    where authority = ${authority} and public_key_id = ${keyId} and uri is not null and gone_at is null order by id limit 1`;
  return row;
}

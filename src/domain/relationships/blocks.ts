import type { AccountId } from "#domain/accounts/account.ts";
import { sayKept } from "#domain/accounts/kept.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";

/** Is nothing taken from this account: itself blocked, or its domain (or one above it)? */
export async function isBlocked(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
): Promise<boolean> {
  return (await blockedAmong(tx, authority, [account])).size > 0;
}

/**
 * Of these accounts those from whom nothing is taken. What counts is the host in a handle and the one that it lives on:
 * a handle elsewhere is no way around a block.
 */
export async function blockedAmong(
  tx: Transaction,
  authority: AuthorityId,
  accounts: readonly AccountId[],
): Promise<Set<AccountId>> {
  if (accounts.length === 0) return new Set();
  const rows = await tx<{ id: AccountId }[]>`
    select account.id from account
    where account.authority = ${authority} and account.id = any(${[...accounts]}::bigint[])
    and exists (select from block where authority = ${authority})
    and exists (select from block where block.authority = ${authority} and (block.account = account.id
      or (account.uri is not null and block.domain in (
        select array_to_string(labels[position:], '.') from (
          select string_to_array(lower(host), '.') as labels
          from unnest(array[regexp_replace(account.domain, ':\\d+$', ''),
            substring(account.uri from '^https?://([^/:?#]+)')]) host) named,
          generate_subscripts(labels, 1) position))))`;
  return new Set(rows.map((row) => row.id));
}

/** Is this host, or a domain above it, blocked? */
export async function isDomainBlocked(
  tx: Transaction,
  authority: AuthorityId,
  host: string,
): Promise<boolean> {
  return (await blockedHostsAmong(tx, authority, [host])).size > 0;
}

/** Of these hosts those that are blocked, themselves or a domain above them. */
export async function blockedHostsAmong(
  tx: Transaction,
  authority: AuthorityId,
  hosts: readonly string[],
): Promise<Set<string>> {
  const above = new Map([...new Set(hosts)].map((host) => [host, suffixes(host)]));
  if (above.size === 0) return new Set();
  const rows = await tx<{ domain: string }[]>`
    select domain from block
    where authority = ${authority} and domain = any(${[...new Set([...above.values()].flat())]}::text[])`;
  const blocked = new Set(rows.map((row) => row.domain));
  return new Set(
    [...above].filter(([, names]) => names.some((name) => blocked.has(name))).map(([host]) => host),
  );
}

export type Blocked = { account: AccountId } | { domain: string };

/** moderation/ decides and writes the record. */
export async function addBlock(tx: Transaction, authority: AuthorityId, blocked: Blocked): Promise<boolean> {
  const { account, domain } = parts(blocked);
  const rows = await tx`
    insert into block (authority, account, domain) values (${authority}, ${account}, ${domain}) on conflict do nothing returning 1`;
  return rows.length > 0;
}

export async function removeBlock(
  tx: Transaction,
  authority: AuthorityId,
  blocked: Blocked,
): Promise<boolean> {
  const { account, domain } = parts(blocked);
  const rows = await tx`
    delete from block where authority = ${authority} and account is not distinct from ${account}
    and domain is not distinct from ${domain} returning 1`;
  return rows.length > 0;
}

/** A remote account has blocked one of ours, or taken it back. */
export async function setBlockedBy(
  tx: Transaction,
  authority: AuthorityId,
  relation: { account: AccountId; by: AccountId; uri: string | null },
  blocked: boolean,
): Promise<void> {
  if (blocked)
    await tx`insert into blocked_by (authority, account, by, uri)
      values (${authority}, ${relation.account}, ${relation.by}, ${relation.uri}) on conflict do nothing`;
  else
    await tx`delete from blocked_by
      where authority = ${authority} and account = ${relation.account} and by = ${relation.by}`;
  await sayKept(tx, authority, { account: relation.account, what: "accounts" });
}

/** a.b.se → a.b.se, b.se, se: blocking a domain blocks what is under it. A port does not count. */
export function suffixes(host: string): string[] {
  const labels = host.toLowerCase().replace(/:\d+$/, "").split(".");
  return labels.map((_, index) => labels.slice(index).join("."));
}

function parts(blocked: Blocked): { account: AccountId | null; domain: string | null } {
  return "account" in blocked
    ? { account: blocked.account, domain: null }
    : { account: null, domain: blocked.domain.toLowerCase().replace(/:\d+$/, "") };
}

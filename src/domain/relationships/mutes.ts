import { accountColumns, type Account, type AccountId } from "#domain/accounts/account.ts";
import { sayKept } from "#domain/accounts/kept.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import { cutPage, newestFirst, withinPage, type IdPage } from "#platform/id-page.ts";

export type Mute = {
  /** Nothing of it in notifications either. */
  notifications: boolean;
  until: Temporal.Instant | null;
};

/** One of ours wants to see no more of an account, for a while or for good. Again is to change it. */
export async function muteAccount(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  muted: AccountId,
  mute: Mute,
): Promise<void> {
  await tx`
    insert into mute (authority, account, muted, notifications, until)
    values (${authority}, ${account}, ${muted}, ${mute.notifications}, ${mute.until})
    on conflict (authority, account, muted) where muted is not null
    do update set notifications = excluded.notifications, until = excluded.until`;
  await tellProcesses(tx, authority, account);
}

export async function unmuteAccount(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  muted: AccountId,
): Promise<void> {
  await tx`delete from mute where authority = ${authority} and account = ${account} and muted = ${muted}`;
  await tellProcesses(tx, authority, account);
}

/** Likewise with everybody whose handle ends in a domain. The account's home alone changes, and nothing is refused. */
export async function muteDomain(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  domain: string,
): Promise<void> {
  await tx`insert into mute (authority, account, domain) values (${authority}, ${account}, ${domain.toLowerCase()})
    on conflict do nothing`;
  await tellProcesses(tx, authority, account);
}

export async function unmuteDomain(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  domain: string,
): Promise<void> {
  await tx`delete from mute
    where authority = ${authority} and account = ${account} and domain = ${domain.toLowerCase()}`;
  await tellProcesses(tx, authority, account);
}

export type Muted = Account & { mute: string; until: Temporal.Instant | null };

/** Whom an account has muted, and still does at this time. */
export async function listMuted(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  page: IdPage,
  now: Temporal.Instant,
): Promise<Muted[]> {
  const rows = await tx<Muted[]>`
    select known.*, mute.id as mute, mute.until from mute
    join lateral (select ${accountColumns(tx)} from account
      where account.authority = ${authority} and account.id = mute.muted) known on true
    where mute.authority = ${authority} and mute.account = ${account} and mute.muted is not null
    and (mute.until is null or mute.until > ${now})
    ${withinPage(tx, "mute.id", page)} ${cutPage(tx, "mute.id", page)}`;
  return newestFirst(rows, page);
}

export async function listMutedDomains(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  page: IdPage,
): Promise<{ id: string; domain: string }[]> {
  const rows = await tx<{ id: string; domain: string }[]>`
    select id, domain from mute
    where authority = ${authority} and account = ${account} and domain is not null
    ${withinPage(tx, "id", page)} ${cutPage(tx, "id", page)}`;
  return newestFirst(rows, page);
}

/** What is left out of timelines is left out of notifications, too. */
async function tellProcesses(tx: Transaction, authority: AuthorityId, account: AccountId): Promise<void> {
  await sayKept(tx, authority, { account, what: "timelines" });
  await sayKept(tx, authority, { account, what: "notifications" });
}

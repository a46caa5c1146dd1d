import type { AuthorityId } from "#domain/authorities/authority.ts";
import { saveRemoteMediaOf } from "#domain/media/save-remote-media.ts";
import { json, type Transaction } from "#platform/database.ts";
import type { Account, AccountId } from "./account.ts";
import { sayKept } from "./kept.ts";

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
  const [id] = await saveRemoteAccounts(tx, authority, [account]);
  if (!id) throw new Error("a remote account was not kept");
  return id;
}

/**
 * The same for several, in as few queries as for one; of one who is there twice, the later is kept. Written in one order
 * everywhere, so that two processes cannot wait for each other. Their ids, in the order given. With hosts kept, whoever is
 * known by the same handle keeps the host in it: it may be a proven one, and not that of their id.
 */
export async function saveRemoteAccounts(
  tx: Transaction,
  authority: AuthorityId,
  accounts: readonly RemoteAccount[],
  hosts: "given" | "kept" = "given",
): Promise<AccountId[]> {
  const named = new Map(accounts.map((account) => [nameOf(account), account]));
  const sorted = [...named]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, account]) => account);
  const urls = sorted.flatMap(({ avatarUrl, headerUrl }) => [avatarUrl ?? [], headerUrl ?? []].flat());
  const pictures = await saveRemoteMediaOf(tx, authority, urls.filter(Boolean));
  const pictureOf = (url: string | null) => (url === null ? null : (pictures.get(url) ?? null));
  const given = sorted.map(({ avatarUrl, headerUrl, ...account }) => ({
    ...account,
    avatar: pictureOf(avatarUrl),
    header: pictureOf(headerUrl),
  }));
  const rows =
    given.length === 0
      ? []
      : await tx<{ id: AccountId; network: string; uri: string }[]>`
    insert into account (authority, network, kind, uri, url, handle, domain, name, biography, fields, avatar, header, inbox,
      shared_inbox, outbox, followers, public_key_id, public_key, locked, indexable, automated, fetched_at)
    select ${authority}, network, 'remote', uri, url, handle, domain, name, biography, fields, avatar, header, inbox,
      "sharedInbox", outbox, followers, "publicKeyId", "publicKey", locked, indexable, automated, clock_timestamp()
    from jsonb_to_recordset(${json(tx, given)}) as given (network text, uri text, url text, handle text, domain text,
      name text, biography jsonb, fields jsonb, avatar bigint, header bigint, inbox text, "sharedInbox" text, outbox text,
      followers text, "publicKeyId" text, "publicKey" text, locked boolean, indexable boolean, automated boolean)
    on conflict (authority, network, uri) where uri is not null do update set
      url = excluded.url, handle = excluded.handle, name = excluded.name, domain = case
        when ${hosts === "kept"} and account.handle = excluded.handle then account.domain else excluded.domain end,
      biography = excluded.biography, fields = excluded.fields, avatar = excluded.avatar, header = excluded.header,
      inbox = excluded.inbox, shared_inbox = excluded.shared_inbox, outbox = excluded.outbox,
      followers = excluded.followers, public_key_id = excluded.public_key_id, public_key = excluded.public_key,
      locked = excluded.locked, indexable = excluded.indexable, automated = excluded.automated,
      fetched_at = excluded.fetched_at, gone_at = null
    returning id, network, uri`;
  const ids = new Map(rows.map((row) => [nameOf(row), row.id]));
  return accounts.map((account) => {
    const id = ids.get(nameOf(account));
    if (!id) throw new Error("a remote account was not kept");
    return id;
  });
}

function nameOf({ network, uri }: { network: string; uri: string }): string {
  return `${network} ${uri}`;
}

/** The account has been deleted where it lives. */
export async function markAccountGone(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
): Promise<void> {
  await tx`update account set gone_at = clock_timestamp() where authority = ${authority} and id = ${account} and uri is not null`;
  await sayKept(tx, authority, { account: null, what: "accounts" });
}

import type { Authority } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import type { AccountId } from "./account.ts";

export type NewAccount = {
  handle: string;
  name: string;
  kind: "authority" | "office";
  role?: string | undefined;
  answers?: string | undefined;
};
export type Created =
  | { outcome: "created"; id: AccountId }
  | { outcome: "handle-taken" }
  | { outcome: "bad-handle" };

/** Opens a voice of the authority. The key pair is its proof towards other servers. */
export async function createAccount(
  tx: Transaction,
  authority: Authority,
  account: NewAccount,
  keys: { publicKeyPem: string; privateKeyPem: string },
  by: PersonId | undefined,
): Promise<Created> {
  if (!/^[a-z0-9_]{1,30}$/i.test(account.handle)) return { outcome: "bad-handle" };
  const [row] = await tx<{ id: AccountId }[]>`
    insert into account (authority, network, kind, handle, domain, name, role, answers, public_key, indexable)
    values (${authority.id}, 'torg', ${account.kind}, ${account.handle.toLowerCase()}, ${authority.handleDomain}, ${account.name},
      ${account.role ?? null}, ${account.answers ?? null}, ${keys.publicKeyPem}, true)
    on conflict do nothing returning id`;
  if (!row) return { outcome: "handle-taken" };
  await tx`insert into account_key (authority, account, private_key) values (${authority.id}, ${row.id}, ${keys.privateKeyPem})`;
  await append(tx, {
    authority: authority.id,
    direction: "within",
    kind: "account-created",
    account: row.id,
    person: by,
    payload: { body: account },
  });
  return { outcome: "created", id: row.id };
}

/** The private key that signs for one of our accounts. */
export async function privateKey(tx: Transaction, authority: Authority, account: AccountId): Promise<string> {
  const [row] = await tx<{ key: string }[]>`
    select private_key as key from account_key where authority = ${authority.id} and account = ${account}`;
  if (!row) throw new Error(`account ${account} has no key`);
  return row.key;
}

import { findAccount, type Account } from "#domain/accounts/account.ts";
import { createAccount } from "#domain/accounts/create-account.ts";
import { grantAccount } from "#domain/accounts/grants.ts";
import type { KeyPair } from "#domain/accounts/new-key-pair.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import { createAuthority, type NewAuthority } from "#domain/authorities/create-authority.ts";
import { installRules } from "#domain/moderation/rules.ts";
import { addPerson, findPerson, type Person } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";

export type SetUpInput = NewAuthority & {
  /** The first voice; its key pair is made outside the transaction, because that takes time. */
  account: { handle: string; name: string; kind: "authority" | "office" };
  keys: KeyPair;
  /** Becomes administrator and moderator, and may speak for the first account. */
  admin: { name: string; email: string };
};

export type SetUp =
  | { outcome: "created"; authority: Authority; person: Person; account: Account }
  | {
      outcome:
        | "name-missing"
        | "bad-municipality"
        | "bad-domain"
        | "bad-handle-domain"
        | "domain-taken"
        | "bad-handle"
        | "admin-missing"
        | "bad-email";
    };

/**
 * Opens an authority with its rules, first account and first administrator, in a system transaction.
 * Anything but "created" must roll the transaction back: throw, or ask first with `objectionTo`.
 */
export async function setUpAuthority(tx: Transaction, input: SetUpInput): Promise<SetUp> {
  const objection = objectionTo(input);
  if (objection) return { outcome: objection };
  const created = await createAuthority(tx, { ...input, email: input.email || input.admin.email });
  if (created.outcome !== "created") return created;
  const { authority } = created;
  await installRules(tx, authority.id);
  const language = authority.languages[0] ?? "sv";
  const added = await addPerson(
    tx,
    authority.id,
    { name: input.admin.name.trim(), email: input.admin.email, roles: ["admin", "moderator"], language },
    undefined,
  );
  const opened = await createAccount(
    tx,
    authority,
    { ...input.account, name: input.account.name.trim() || authority.name },
    input.keys,
    undefined,
  );
  if (added.outcome !== "added" || opened.outcome !== "created")
    throw new Error("the first person or account was not kept");
  await grantAccount(tx, authority.id, { person: added.id, account: opened.id }, undefined);
  const person = await findPerson(tx, authority.id, added.id);
  const account = await findAccount(tx, authority.id, opened.id);
  if (!person || !account) throw new Error("the first person or account vanished");
  return { outcome: "created", authority, person, account };
}

/** What is wrong with person and account, before anything is written. */
export function objectionTo(
  input: Pick<SetUpInput, "account" | "admin">,
): "bad-handle" | "admin-missing" | "bad-email" | undefined {
  if (!/^[a-z0-9_]{1,30}$/i.test(input.account.handle)) return "bad-handle";
  if (input.admin.name.trim() === "") return "admin-missing";
  if (!/^[^\s@]+@[^\s@]+$/.test(input.admin.email.trim())) return "bad-email";
  return undefined;
}

import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { listOwnAccounts, type Account, type AccountId } from "#domain/accounts/account.ts";
import { mayManage } from "../settings/may-manage.ts";

/** Whoever speaks for the account, and administrators; what is for all accounts belongs to administrators alone. */
export function mayKeep(c: Context<Env>, account: AccountId | null): boolean {
  return account === null ? isAdmin(c) : mayManage(c, { id: account });
}

/** The accounts whose canned answers, times and deputies one may see. */
export async function accountsSeen(services: Services, c: Context<Env>): Promise<readonly Account[]> {
  const { authority } = c.get("site");
  return isAdmin(c)
    ? services.db.read(authority.id, (tx) => listOwnAccounts(tx, authority.id))
    : c.get("person").accounts;
}

export function isAdmin(c: Context<Env>): boolean {
  return c.get("person").roles.includes("admin");
}

import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { findAccount, type Account } from "#domain/accounts/account.ts";
import { parseId } from "#platform/id.ts";
import { speaksFor } from "../guard.ts";

/** Those who speak for an account describe it and answer its followers; administrators may, too. */
export function mayManage(c: Context<Env>, account: Pick<Account, "id">): boolean {
  return speaksFor(c, account.id) !== undefined || c.get("person").roles.includes("admin");
}

/** One of ours, in this authority. */
export async function findOwn(
  services: Services,
  authority: AuthorityId,
  id: string | undefined,
): Promise<Account | undefined> {
  const parsed = parseId<"account">(id);
  const found = parsed && (await services.db.read(authority, (tx) => findAccount(tx, authority, parsed)));
  return found && found.uri === null && !found.goneAt ? found : undefined;
}

import type { Account } from "#domain/accounts/account.ts";
import type { Capacity } from "./post.ts";

/** In which capacity an account speaks unless told otherwise. */
export function usualCapacity(account: Pick<Account, "kind">): Capacity {
  return account.kind === "authority" ? "authority" : "office";
}

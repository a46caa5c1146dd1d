import type { TenantId } from "#platform/database.ts";
import type { Entry } from "./entry.ts";

/** Whose facts have changed. An activity that was received changes nothing that is seen until it is handled. */
export function changedAuthorities(entries: readonly Entry[]): Set<TenantId> {
  return new Set(
    entries.filter(({ kind }) => kind !== "activity-received").map(({ authority }) => authority),
  );
}

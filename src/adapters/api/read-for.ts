import type { Transaction } from "#platform/database.ts";
import type { Call } from "./endpoint.ts";

/**
 * Reads what a list of statuses or notifications takes, on one snapshot. Their queries are large and go by index
 * whatever is asked: planning them anew would take longer than reading.
 */
export function readFor<T>(
  { services, site }: Pick<Call, "services" | "site">,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return services.db.read(site.authority.id, work, { plans: "kept" });
}

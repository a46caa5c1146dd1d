import type { Transaction } from "#platform/database.ts";
import type { Call } from "./endpoint.ts";

/**
 * Reads what a list of statuses or notifications takes, on one snapshot. Their queries are large and go by index
 * whatever is asked: planning them anew would take longer than reading. Whether the call comes from whom it is taken to
 * come from is asked beside it.
 */
export function readFor<T>(
  { services, site, presumed }: Pick<Call, "services" | "site" | "presumed">,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const read = (tx: Transaction) => (presumed ? presumed.beside(tx, work(tx)) : work(tx));
  return services.db.read(site.authority.id, read, { plans: "kept" });
}

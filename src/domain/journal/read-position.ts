import type { Transaction } from "#platform/database.ts";

/** The number up to which a subscription has dealt with everything; what comes after may not show in its tables yet. */
export async function readPositionOf(tx: Transaction, subscription: string): Promise<string> {
  const [row] = await tx<{ position: string }[]>`
    select position from subscription where name = ${subscription}`;
  return row?.position ?? "0";
}

import type { TenantId, Transaction } from "./database.ts";

/**
 * Counts one more of something in a fixed window, over all processes.
 * Returns false when the window already holds `max`; the count may be lost in a crash, never a fact.
 */
export async function withinLimit(
  tx: Transaction,
  authority: TenantId,
  limit: { key: string; max: number; seconds: number },
  now: Temporal.Instant,
): Promise<boolean> {
  const begin = now.subtract({ seconds: limit.seconds });
  const [row] = await tx<{ count: number }[]>`
    insert into rate_limit (authority, key, window_start, count) values (${authority}, ${limit.key}, ${now}, 1)
    on conflict (authority, key) do update set
      count = case when rate_limit.window_start < ${begin} then 1 else rate_limit.count + 1 end,
      window_start = case when rate_limit.window_start < ${begin} then ${now} else rate_limit.window_start end
    returning count`;
  return row !== undefined && row.count <= limit.max;
}

/** Takes away counters that no window of ours reaches back to: whoever asks under ever new names leaves nothing behind. */
export async function forgetLimits(
  tx: Transaction,
  authority: TenantId,
  now: Temporal.Instant,
): Promise<void> {
  await tx`delete from rate_limit where authority = ${authority} and window_start < ${now.subtract({ hours: 24 })}`;
}

/** The part of an address that one household or office shares: /24, or /48 for IPv6. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:/, "");
  return plain.includes(":")
    ? plain.split(":").slice(0, 3).join(":")
    : plain.split(".").slice(0, 3).join(".");
}

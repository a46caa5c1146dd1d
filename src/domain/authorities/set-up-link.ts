import type { Transaction } from "#platform/database.ts";
import { hashSecret, newSecret } from "#platform/secret.ts";

/** How long the door of an empty installation stands ajar. */
export const setUpHours = 24;

/** Makes the only link that opens the set-up page; earlier ones stop working. Undefined once an authority exists. */
export async function newSetUpLink(tx: Transaction, now: Temporal.Instant): Promise<string | undefined> {
  if (await hasAuthority(tx)) return undefined;
  const secret = newSecret();
  await tx`delete from set_up_link`;
  await tx`insert into set_up_link (token_hash, expires_at) values (${hashSecret(secret)}, ${now.add({ hours: setUpHours })})`;
  return secret;
}

/** Whether the link still works. Looking does not use it up. */
export async function checkSetUpLink(
  tx: Transaction,
  secret: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const [row] = await tx`
    select from set_up_link where token_hash = ${hashSecret(secret)} and used_at is null and expires_at > ${now}`;
  return row !== undefined && !(await hasAuthority(tx));
}

/** Uses the link up, unless someone was quicker. The row stays locked until the set-up is committed. */
export async function redeemSetUpLink(
  tx: Transaction,
  secret: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const used = await tx`
    update set_up_link set used_at = ${now}
    where token_hash = ${hashSecret(secret)} and used_at is null and expires_at > ${now} returning 1`;
  return used.length > 0 && !(await hasAuthority(tx));
}

export async function hasAuthority(tx: Transaction): Promise<boolean> {
  const [row] = await tx`select from authority limit 1`;
  return row !== undefined;
}

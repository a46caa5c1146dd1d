import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";

/** How long an app's own token lies unused, before and after it was first used, and an app that nobody has let in. */
const days = { untried: 7, unused: 90, alone: 7 };

/**
 * Forgets apps that nothing has come of: anyone may register as many as they like, and give them tokens. One that a
 * person has let in is never forgotten, nor are its tokens of theirs.
 */
export async function forgetApps(
  tx: Transaction,
  authority: AuthorityId,
  now: Temporal.Instant,
): Promise<void> {
  const before = (count: number) => now.subtract({ hours: 24 * count });
  await tx`
    delete from access_token where authority = ${authority} and person is null and (revoked_at is not null
      or (last_used_on is null and created_at < ${before(days.untried)})
      or last_used_on < ${before(days.unused).toString().slice(0, 10)}::date)`;
  await tx`
    delete from oauth_app where authority = ${authority} and created_at < ${before(days.alone)}
    and not exists (select from access_token where access_token.authority = ${authority}
      and access_token.app = oauth_app.id)
    and not exists (select from oauth_code where oauth_code.authority = ${authority} and oauth_code.app = oauth_app.id)`;
}

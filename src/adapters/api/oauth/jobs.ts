import type { Services } from "#context.ts";
import { forgetApps } from "#domain/accounts/forget-apps.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { JobHandler } from "#platform/jobs.ts";

/** `authorities` lists them all. */
export function oauthJobs(
  { db, clock }: Pick<Services, "db" | "clock">,
  authorities: () => Promise<AuthorityId[]>,
): Record<string, JobHandler> {
  return {
    "forget-apps": async () => {
      for (const authority of await authorities())
        await db.as(authority, (tx) => forgetApps(tx, authority, clock()));
    },
  };
}

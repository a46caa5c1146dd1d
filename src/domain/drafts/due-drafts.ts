import type { Authority, AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import { addJob } from "#platform/jobs.ts";
import type { DraftId } from "./draft.ts";
import { plannedTime } from "./plan.ts";

const keptSent = Temporal.Duration.from({ hours: 7 * 24 });
const keptThrown = Temporal.Duration.from({ hours: 30 * 24 });

/** Queues the sending of a draft at its time; a later time replaces an earlier one. */
export async function sendAt(
  tx: Transaction,
  authority: AuthorityId,
  draft: DraftId,
  at: Temporal.Instant,
): Promise<void> {
  await addJob(
    tx,
    "send-draft",
    { authority, draft },
    { key: `send-draft:${authority}:${draft}`, runAt: at },
  );
}

/** What should have gone out by now, of all authorities: a job may have been lost with the machine that kept it. */
export async function dueDrafts(
  system: Transaction,
  now: Temporal.Instant,
): Promise<{ authority: AuthorityId; draft: DraftId }[]> {
  return system<{ authority: AuthorityId; draft: DraftId }[]>`
    select authority, id as draft from draft where state in ('scheduled', 'sending') and due_at <= ${now}
    order by due_at limit 500`;
}

/** Authorities whose clock is no longer the one that something of theirs was planned by. */
export async function authoritiesOfOtherZone(system: Transaction): Promise<AuthorityId[]> {
  const rows = await system<{ id: AuthorityId }[]>`
    select distinct authority.id from draft join authority on authority.id = draft.authority
    where draft.state in ('scheduled', 'awaiting') and draft.local_time is not null and draft.zone <> authority.zone`;
  return rows.map((row) => row.id);
}

/** Eight o'clock stays eight o'clock when the authority's zone changes. */
export async function replanForZone(tx: Transaction, authority: Authority): Promise<void> {
  const rows = await tx<{ id: DraftId; localTime: string; state: string }[]>`
    select id, local_time as "localTime", state from draft
    where authority = ${authority.id} and state in ('scheduled', 'awaiting') and local_time is not null
    and zone <> ${authority.zone} for update`;
  for (const { id, localTime, state } of rows) {
    const planned = plannedTime(localTime, authority.zone);
    if (!planned) continue;
    await tx`
      update draft set zone = ${authority.zone}, due_at = ${planned.at} where authority = ${authority.id} and id = ${id}`;
    if (state === "scheduled") await sendAt(tx, authority.id, id, planned.at);
  }
}

/** Of what was sent only the key was left, and what was thrown away can no longer be wanted back. */
export async function forgetOldDrafts(system: Transaction, now: Temporal.Instant): Promise<void> {
  await system`
    delete from draft where (authority, id) in (
      select authority, id from draft
      where (state = 'sent' and updated_at < ${now.subtract(keptSent)})
      or (state = 'thrown' and updated_at < ${now.subtract(keptThrown)})
      limit 1000 for update skip locked)`;
}

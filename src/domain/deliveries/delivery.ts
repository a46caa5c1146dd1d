import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import { addJobs } from "#platform/jobs.ts";
import type { Id } from "#platform/id.ts";

export type DeliveryId = Id<"delivery">;
export type Delivery = {
  id: DeliveryId;
  host: string;
  inbox: string;
  account: AccountId;
  body: string;
  attempts: number;
};

/**
 * Queues an activity for each inbox: written once, one delivery per inbox, one round per host so that a slow or dead
 * host delays nobody else. The same journal entry is queued once, however often its reader starts over.
 */
export async function queueDeliveries(
  tx: Transaction,
  authority: AuthorityId,
  outgoing: { entry: string | null; account: AccountId; post: string | null; body: string },
  inboxes: readonly string[],
): Promise<void> {
  if (inboxes.length === 0) return;
  const targets = inboxes.map((inbox) => ({ inbox, host: new URL(inbox).host }));
  const hosts = [...new Set(targets.map((target) => target.host))];
  const [[row], pauses] = await Promise.all([
    tx<{ id: string }[]>`
      insert into outgoing (authority, entry, account, post, body)
      values (${authority}, ${outgoing.entry}, ${outgoing.account}, ${outgoing.post}, ${outgoing.body})
      on conflict (authority, entry) where entry is not null do nothing returning id`,
    pausesLeft(tx, authority, hosts),
  ]);
  if (!row) return;
  await Promise.all([
    tx`
      insert into delivery (authority, outgoing, host, inbox)
      select ${authority}, ${row.id}, host, inbox
      from unnest(${targets.map((target) => target.host)}::text[], ${targets.map((target) => target.inbox)}::text[]) as target (host, inbox)
      on conflict do nothing`,
    addHostJobs(tx, authority, hosts, pauses),
  ]);
}

/** Hosts that one job begins with: fetching a job for each would take longer than posting to it. */
const hostsPerJob = 50;
/** So few have a job each, which a later one replaces. */
const few = 8;

/** Many hosts share jobs; a host that is backing off gets one of its own at the end of the pause. */
export async function queueHosts(
  tx: Transaction,
  authority: AuthorityId,
  hosts: readonly string[],
): Promise<void> {
  const all = [...new Set(hosts)];
  await addHostJobs(tx, authority, all, await pausesLeft(tx, authority, all));
}

async function pausesLeft(
  tx: Transaction,
  authority: AuthorityId,
  hosts: readonly string[],
): Promise<Map<string, Temporal.Instant>> {
  const rows = await tx<{ host: string; nextAt: Temporal.Instant }[]>`
    select host, next_at as "nextAt" from peer
    where authority = ${authority} and host = any(${[...hosts]}::text[]) and next_at > clock_timestamp()`;
  return new Map(rows.map((row) => [row.host, row.nextAt]));
}

async function addHostJobs(
  tx: Transaction,
  authority: AuthorityId,
  hosts: readonly string[],
  pauses: ReadonlyMap<string, Temporal.Instant>,
): Promise<void> {
  const alone = (host: string) => jobAlone(authority, host, pauses.get(host));
  const ready = hosts.filter((host) => !pauses.has(host));
  await addJobs(tx, "deliver", [
    ...[...pauses.keys()].map(alone),
    ...(ready.length <= few ? ready.map(alone) : together(authority, ready)),
  ]);
}

/** Each has a job of its own at that time, in place of one that waits. */
export async function queueHostsAgain(
  tx: Transaction,
  authority: AuthorityId,
  hosts: readonly string[],
  runAt: Temporal.Instant,
): Promise<void> {
  await addJobs(
    tx,
    "deliver",
    [...new Set(hosts)].map((host) => jobAlone(authority, host, runAt)),
  );
}

function jobAlone(authority: AuthorityId, host: string, runAt: Temporal.Instant | undefined) {
  return { payload: { authority, host }, key: `deliver:${authority}:${host}`, runAt };
}

function together(authority: AuthorityId, hosts: string[]): { payload: Record<string, string> }[] {
  const count = Math.ceil(hosts.length / hostsPerJob);
  return Array.from({ length: count }, (_, n) => ({
    payload: { authority, hosts: hosts.slice(n * hostsPerJob, (n + 1) * hostsPerJob).join(" ") },
  }));
}

/** Hosts with something waiting and no pause: what a restart or a restore must take up again. */
export async function hostsWaiting(tx: Transaction): Promise<{ authority: AuthorityId; host: string }[]> {
  return tx<{ authority: AuthorityId; host: string }[]>`
    select distinct authority, host from delivery where state = 'waiting' and not exists (
      select from peer where peer.authority = delivery.authority and peer.host = delivery.host and next_at > clock_timestamp())`;
}

export async function markDelivered(
  tx: Transaction,
  authority: AuthorityId,
  deliveries: readonly DeliveryId[],
  now: Temporal.Instant,
): Promise<void> {
  await tx`update delivery set state = 'delivered', delivered_at = ${now}, attempts = attempts + 1, error = null
    where authority = ${authority} and id = any(${[...deliveries]}::bigint[])`;
}

/** These peers said no for good: trying again would change nothing. */
export async function markRefused(
  tx: Transaction,
  authority: AuthorityId,
  refused: readonly { id: DeliveryId; error: string }[],
): Promise<void> {
  await tx`update delivery set state = 'refused', attempts = attempts + 1, error = said.error
    from unnest(${refused.map((one) => one.id)}::bigint[], ${refused.map((one) => one.error)}::text[]) as said (id, error)
    where delivery.authority = ${authority} and delivery.id = said.id`;
}

/** How it stands for posts of ours, for those who sent them. */
export async function deliveryStates(
  tx: Transaction,
  authority: AuthorityId,
  posts: readonly string[],
): Promise<Map<string, { sent: number; total: number; failing: number }>> {
  if (posts.length === 0) return new Map();
  const rows = await tx<{ post: string; sent: number; total: number; failing: number }[]>`
    select outgoing.post, count(*)::int as total, count(*) filter (where state = 'delivered')::int as sent,
      count(*) filter (where state in ('refused', 'given-up') or (state = 'waiting' and error is not null))::int as failing
    from outgoing join delivery on delivery.authority = outgoing.authority and delivery.outgoing = outgoing.id
    where outgoing.authority = ${authority} and outgoing.post = any(${[...posts]}::bigint[]) group by outgoing.post`;
  return new Map(rows.map((row) => [row.post, row]));
}

/** Where a post of ours, or a change of it, has been sent before. */
export async function inboxesOfPost(
  tx: Transaction,
  authority: AuthorityId,
  post: string,
): Promise<string[]> {
  const rows = await tx<{ inbox: string }[]>`
    select distinct delivery.inbox from outgoing
    join delivery on delivery.authority = outgoing.authority and delivery.outgoing = outgoing.id
    where outgoing.authority = ${authority} and outgoing.post = ${post}`;
  return rows.map((row) => row.inbox);
}

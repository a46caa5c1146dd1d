import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";

/** How a server on the other side has been answering. */
export type Peer = {
  host: string;
  failures: number;
  failingSince: Temporal.Instant | null;
  nextAt: Temporal.Instant | null;
  error: string | null;
  succeededAt: Temporal.Instant | null;
  waiting: number;
};

/** After so long without a success, what waits is given up; a later success starts afresh. */
export const patience = Temporal.Duration.from({ hours: 24 * 7 });

/** Minutes until the next attempt: 1, 2, 4 … at most six hours, with a tenth of scatter. */
export function pauseAfter(failures: number, random: number): Temporal.Duration {
  const minutes = Math.min(2 ** Math.max(failures - 1, 0), 360);
  return Temporal.Duration.from({ seconds: Math.round(minutes * 60 * (0.95 + random / 10)) });
}

export async function recordSuccess(
  tx: Transaction,
  authority: AuthorityId,
  hosts: readonly string[],
  now: Temporal.Instant,
): Promise<void> {
  // In one order everywhere, so that two processes cannot wait for each other.
  await tx`
    insert into peer (authority, host, succeeded_at)
    select ${authority}, host, ${now} from unnest(${[...new Set(hosts)].toSorted()}::text[]) host
    on conflict (authority, host) do update set failures = 0, failing_since = null, next_at = null, error = null, succeeded_at = ${now}`;
}

/** `random`: of 0 to 1, the scatter of the pause; `retryAt`: when the server itself asks to be tried again. */
export type Failure = {
  host: string;
  error: string;
  random: number;
  retryAt?: Temporal.Instant | undefined;
};

/** Notes failures and gives when to try each host again; where patience has run out, what waits was given up. */
export async function recordFailures(
  tx: Transaction,
  authority: AuthorityId,
  failures: readonly Failure[],
  now: Temporal.Instant,
): Promise<Map<string, Temporal.Instant>> {
  // In one order everywhere, so that two processes cannot wait for each other.
  const byHost = new Map(
    failures.toSorted((a, b) => (a.host < b.host ? -1 : 1)).map((one) => [one.host, one]),
  );
  const hosts = [...byHost.keys()];
  const errors = [...byHost.values()].map((one) => one.error);
  const peers = await tx<{ host: string; failures: number; failingSince: Temporal.Instant }[]>`
    insert into peer (authority, host, failures, failing_since, error)
    select ${authority}, host, 1, ${now}, error from unnest(${hosts}::text[], ${errors}::text[]) as failed (host, error)
    on conflict (authority, host) do update set failures = peer.failures + 1,
      failing_since = coalesce(peer.failing_since, ${now}), error = excluded.error
    returning host, failures, failing_since as "failingSince"`;
  const lost = peers.filter((peer) => Temporal.Instant.compare(peer.failingSince.add(patience), now) < 0);
  const next = new Map<string, Temporal.Instant>();
  for (const { host, failures: count } of peers.filter((peer) => !lost.includes(peer))) {
    const failure = byHost.get(host);
    next.set(host, failure?.retryAt ?? now.add(pauseAfter(count, failure?.random ?? 0)));
  }
  await tx`update delivery set attempts = attempts + 1, error = failed.error,
      state = case when delivery.host = any(${lost.map((peer) => peer.host)}::text[]) then 'given-up' else state end
    from unnest(${hosts}::text[], ${errors}::text[]) as failed (host, error)
    where delivery.authority = ${authority} and delivery.host = failed.host and state = 'waiting'`;
  await tx`update peer set next_at = paused.until
    from unnest(${[...next.keys()]}::text[], ${[...next.values()].map(String)}::timestamptz[]) as paused (host, until)
    where peer.authority = ${authority} and peer.host = paused.host`;
  return next;
}

/** The ends of these servers' pauses, of those that have one. */
export async function pausesOf(
  tx: Transaction,
  authority: AuthorityId,
  hosts: readonly string[],
): Promise<Map<string, Temporal.Instant>> {
  const rows = await tx<{ host: string; nextAt: Temporal.Instant }[]>`
    select host, next_at as "nextAt" from peer
    where authority = ${authority} and host = any(${[...hosts]}::text[]) and next_at is not null`;
  return new Map(rows.map((row) => [row.host, row.nextAt]));
}

/** Servers that we send to, those in trouble first. */
export async function listPeers(tx: Transaction, authority: AuthorityId): Promise<Peer[]> {
  return tx<Peer[]>`
    select peer.host, failures, failing_since as "failingSince", next_at as "nextAt", peer.error, succeeded_at as "succeededAt",
      (select count(*)::int from delivery where delivery.authority = ${authority} and delivery.host = peer.host and state = 'waiting') as waiting
    from peer where peer.authority = ${authority} order by failures desc, peer.host limit 500`;
}

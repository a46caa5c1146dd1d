import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Entry } from "#domain/journal/entry.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import type { NotificationId, PersonKind } from "./notification.ts";
import { joinedBy, matterOf, settledBy, type Settled } from "./personal-matters.ts";

export type Told = {
  id: NotificationId;
  person: PersonId;
  kind: PersonKind;
  thread: string | null;
  at: Temporal.Instant;
};

/**
 * Tells members of staff what concerns them, and takes away what no longer does: a few queries, however many the
 * entries are. Nobody is told of what they did themselves, nor after they have left.
 */
export async function tellPersons(
  tx: Transaction,
  authority: AuthorityId,
  entries: readonly Entry[],
): Promise<{ told: Told[]; concerned: PersonId[] }> {
  const told = await insertMatters(tx, authority, entries);
  const settled = entries.flatMap((entry) => settledBy(entry) ?? []);
  const gone = await takeAway(tx, authority, settled);
  const moved = await moveJoined(tx, authority, entries);
  // What settles a matter may have come before the joining or after it, and names the conversation as it then was.
  if (moved.length > 0) gone.push(...(await takeAway(tx, authority, settled)));
  const away = new Set(gone.map((row) => row.id));
  return {
    told: told.filter((row) => !away.has(row.id)),
    concerned: [...new Set([...told, ...moved, ...gone].map((row) => row.person))],
  };
}

async function insertMatters(
  tx: Transaction,
  authority: AuthorityId,
  entries: readonly Entry[],
): Promise<Told[]> {
  const matters = entries.flatMap((entry) => matterOf(entry) ?? []);
  if (matters.length === 0) return [];
  const named = matters.flatMap((one) => one.persons.map((person) => ({ matter: one.matter, person })));
  return tx<Told[]>`
    with told as (
      select * from unnest(${matters.map((one) => one.matter)}::bigint[], ${matters.map((one) => one.kind)}::text[],
        ${matters.map((one) => one.account)}::bigint[], ${matters.map((one) => one.from)}::bigint[],
        ${matters.map((one) => one.post)}::bigint[], ${matters.map((one) => one.thread)}::bigint[],
        ${matters.map((one) => one.draft)}::bigint[], ${matters.map((one) => one.at.toString())}::timestamptz[])
        as told (matter, kind, account, origin, post, thread, draft, at)),
    recipient as (
      select * from unnest(${named.map((one) => one.matter)}::bigint[], ${named.map((one) => one.person)}::bigint[])
        as named (matter, person)
      union
      select told.matter, account_grant.person from told join account_grant
        on account_grant.authority = ${authority} and account_grant.account = told.account)
    insert into notification (authority, person, kind, from_person, post, thread, draft, matter, at)
    select ${authority}, person.id, told.kind, told.origin, told.post, told.thread, told.draft, told.matter, told.at
    from told join recipient on recipient.matter = told.matter
    join person on person.authority = ${authority} and person.id = recipient.person and person.ended_at is null
    where person.id is distinct from told.origin
    order by told.matter, person.id on conflict do nothing returning id, person, kind, thread, at`;
}

async function moveJoined(
  tx: Transaction,
  authority: AuthorityId,
  entries: readonly Entry[],
): Promise<{ person: PersonId }[]> {
  const moved: { person: PersonId }[] = [];
  // One after another: what one conversation joined may itself have joined a third.
  for (const { from, thread } of entries.flatMap((entry) => joinedBy(entry) ?? []))
    moved.push(
      ...(await tx<{ person: PersonId }[]>`
        update notification set thread = ${thread}
        where authority = ${authority} and thread = ${from} and person is not null returning person`),
    );
  return moved;
}

/** By the entry and not by when it was handled, so that reading the journal again comes to the same. */
async function takeAway(
  tx: Transaction,
  authority: AuthorityId,
  settled: readonly Settled[],
): Promise<{ id: NotificationId; person: PersonId }[]> {
  if (settled.length === 0) return [];
  const each = settled.flatMap(({ kinds, ...one }) => kinds.map((kind) => ({ ...one, kind })));
  // One by one, as each has an index of its own: asked for together, they would be looked for among all there are.
  const toldOf = (about: "thread" | "draft" | "matter") => tx`
    select id from notification
    where notification.authority = ${authority} and notification.person is not null
    and notification.kind = settled.kind and notification.${tx(about)} = settled.${tx(about)}
    and notification.matter < settled.entry`;
  return [
    ...(await tx<{ id: NotificationId; person: PersonId }[]>`
    delete from notification told using (
      select found.id from unnest(${each.map((one) => one.kind)}::text[],
        ${each.map((one) => one.thread ?? null)}::bigint[], ${each.map((one) => one.draft ?? null)}::bigint[],
        ${each.map((one) => one.matter ?? null)}::bigint[], ${each.map((one) => one.entry)}::bigint[])
        as settled (kind, thread, draft, matter, entry),
      lateral (${toldOf("thread")} union all ${toldOf("draft")} union all ${toldOf("matter")}) found) gone
    where told.authority = ${authority} and told.id = gone.id
    returning told.id, told.person`),
  ];
}

import { appendMany } from "#domain/journal/append-many.ts";
import type { Entry } from "#domain/journal/entry.ts";
import { inboxSubscription } from "#adapters/federation/inbox/handle.ts";
import type { Services } from "#context.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { bind, type Database, type Transaction } from "#platform/database.ts";

/** A stored activity as a test tells it: whose it is, and by whom. */
export type Stored = { authority: AuthorityId; account: AccountId; body: Record<string, unknown> };

/** What stands in every table once the activities are handled, by table; nothing of it stays. */
export type Outcome = Record<string, string[]>;

class Undone extends Error {}

/** Handles stored activities, so many at a time, tells what came of it, and takes everything back. */
export async function outcomeOf(
  db: Database,
  services: Pick<Services, "config" | "clock" | "log">,
  stream: readonly Stored[],
  atATime: number,
): Promise<Outcome> {
  let outcome: Outcome = {};
  await db
    .system(async (tx) => {
      const [before] = await tx<{ id: string }[]>`select next_id() as id`;
      for (const { authority, account, body } of stream) {
        await bind(tx, authority);
        const received = { direction: "in", kind: "activity-received", channel: "fediverse" } as const;
        await appendMany(tx, [{ ...received, authority, account, payload: { body } }]);
      }
      await bind(tx, "0" as AuthorityId);
      const entries = await tx<Entry[]>`
        select authority, id, number, at, direction, kind, account, channel, person, post, subject, facts
        from journal where kind = 'activity-received' order by id`;
      for (const [authority, own] of Map.groupBy(entries, (entry) => entry.authority)) {
        await bind(tx, authority);
        for (let at = 0; at < own.length; at += atATime)
          await inboxSubscription(services).handle(tx, authority, own.slice(at, at + atATime));
      }
      await bind(tx, "0" as AuthorityId);
      outcome = await readAll(tx, BigInt(before?.id ?? 0));
      throw new Undone();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error;
    });
  return outcome;
}

/** Every row of every table as text, with ids named for what they are of, and without times that are now. */
async function readAll(tx: Transaction, before: bigint): Promise<Outcome> {
  const names = await readNames(tx);
  const tables = await tx<{ schema: string; name: string }[]>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and (table_schema = 'public' or table_name = '_private_jobs')
    and has_table_privilege(quote_ident(table_schema) || '.' || quote_ident(table_name), 'select')`;
  const begun = Temporal.Now.instant().subtract({ hours: 1 });
  const outcome: Outcome = {};
  for (const { schema, name } of tables) {
    const rows = await tx<{ row: string }[]>`
      select (to_jsonb(one) - ${unlike[name] ?? []}::text[])::text as row from ${tx(schema)}.${tx(name)} one`;
    outcome[name] = rows
      .map(({ row }) =>
        row
          .replaceAll(/"\d{4}-\d\d-\d\dT[\d:.]+\+00:00"/g, (time) =>
            Temporal.Instant.compare(Temporal.Instant.from(time.slice(1, -1)), begun) > 0 ? '"now"' : time,
          )
          .replaceAll(/\d{17,19}/g, (id) => names.get(id) ?? (BigInt(id) > before ? "gone" : id)),
      )
      .toSorted();
  }
  return { ...outcome, order: [...names.values()] };
}

/** What is made by chance or counted on. */
const unlike: Record<string, string[]> = {
  journal: ["digest"],
  journal_payload: ["salt"],
  // The key begins with the name of the task.
  _private_jobs: ["id", "revision", "task_id"],
};

/** In the order in which they were made, within each kind. */
async function readNames(tx: Transaction): Promise<Map<string, string>> {
  const rows = await tx<{ id: string; name: string }[]>`
    select id, 'post ' || uri as name, 1 as kind from post where uri is not null
    union all select id, 'picture ' || source_url, 2 from media where source_url is not null
    union all select id, 'boost ' || uri, 3 from boost where uri is not null
    union all select id, 'favourite ' || uri, 4 from favourite where uri is not null
    union all select id, 'follow ' || uri, 5 from follow where uri is not null
    union all select id, authority || ' entry ' || row_number() over (partition by authority order by id), 6 from journal
    union all select id, 'report ' || uri, 7 from report where uri is not null
    order by kind, id`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}

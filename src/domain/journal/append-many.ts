import { json, type Transaction } from "#platform/database.ts";
import type { NewEntry } from "./append.ts";

/** Writes entries without payload in one query, in the order given. */
export async function appendMany(
  tx: Transaction,
  entries: readonly Omit<NewEntry, "payload">[],
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => ({ ...entry, subject: entry.subject ?? [], facts: entry.facts ?? {} }));
  await tx`
    insert into journal (authority, direction, kind, account, channel, person, post, subject, facts)
    select authority, direction, kind, account, channel, person, post, subject, facts
    from jsonb_to_recordset(${json(tx, rows)}) as entry
      (authority bigint, direction text, kind text, account bigint, channel text, person bigint, post bigint,
      subject bigint[], facts jsonb)`;
}

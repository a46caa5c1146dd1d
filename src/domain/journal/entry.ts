import type { Fragment, Transaction, TenantId } from "#platform/database.ts";
import type { EntryId } from "./append.ts";

/** An entry as readers see it: committed and numbered. */
export type Entry = {
  authority: TenantId;
  id: EntryId;
  /** Decimal string; one greater than that of the entry before, over all authorities. */
  number: string;
  at: Temporal.Instant;
  direction: "in" | "out" | "within";
  kind: string;
  account: string | null;
  channel: string | null;
  person: string | null;
  post: string | null;
  subject: string[];
  facts: Record<string, unknown>;
};

/** Entries after a number, in order. Bound to the system it reads all authorities', else one's. */
export async function entriesAfter(
  tx: Transaction,
  number: string | Fragment,
  limit: number,
): Promise<Entry[]> {
  return tx<Entry[]>`
    select authority, id, number, at, direction, kind, account, channel, person, post, subject, facts
    from journal where number > ${number} order by number limit ${limit}`;
}

/** The last number given. */
export async function journalHead(tx: Transaction): Promise<string> {
  const [row] = await tx<{ number: string }[]>`select number from journal_head`;
  return row?.number ?? "0";
}

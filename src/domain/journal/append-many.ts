import { json, type Transaction } from "#platform/database.ts";
import { seal, type NewEntry, type Sealed } from "./append.ts";

/** Writes entries of one authority in the order given, however many: one query. */
export async function appendMany(tx: Transaction, entries: readonly NewEntry[]): Promise<void> {
  const [first] = entries;
  if (!first) return;
  const sealed: (Sealed & { hex: string })[] = [];
  const rows = entries.map(({ payload, ...entry }) => {
    const row = { ...entry, subject: entry.subject ?? [], facts: entry.facts ?? {} };
    if (!payload) return row;
    const parts = seal(payload);
    const hex = parts.digest.toString("hex");
    sealed.push({ ...parts, hex });
    return { ...row, digest: hex };
  });
  const write = tx`
    insert into journal (authority, direction, kind, account, channel, person, post, subject, facts, digest)
    select authority, direction, kind, account, channel, person, post, subject, facts, decode(digest, 'hex')
    from jsonb_to_recordset(${json(tx, rows)}) as entry
      (authority bigint, direction text, kind text, account bigint, channel text, person bigint, post bigint,
      subject bigint[], facts jsonb, digest text)`;
  if (sealed.length === 0) await write;
  // Every digest is its own, for it has a salt in it. As base64, for arrays of bytes have no other short form.
  else
    await tx`
      with written as (${write} returning id, digest)
      insert into journal_payload (authority, entry, salt, body, raw)
      select ${first.authority}, written.id, decode(salt, 'base64'), body, decode(raw, 'base64')
      from unnest(${sealed.map((one) => one.hex)}::text[], ${sealed.map((one) => one.salt.toString("base64"))}::text[],
        ${sealed.map((one) => one.body)}::text[], ${sealed.map((one) => one.raw?.toString("base64") ?? null)}::text[])
        as payload (hex, salt, body, raw)
      join written on written.digest = decode(hex, 'hex')`;
}

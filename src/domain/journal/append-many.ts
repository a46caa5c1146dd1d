import { json, type TenantId, type Transaction } from "#platform/database.ts";
import { seal, type EntryId, type NewEntry, type Sealed } from "./append.ts";

/** Writes entries of one authority in the order given, however many: one query, and one more if any has a payload. */
export async function appendMany(tx: Transaction, entries: readonly NewEntry[]): Promise<void> {
  const [first] = entries;
  if (!first) return;
  const sealed = new Map<string, Sealed>();
  const rows = entries.map(({ payload, ...entry }) => {
    const row = { ...entry, subject: entry.subject ?? [], facts: entry.facts ?? {} };
    if (!payload) return row;
    const parts = seal(payload);
    const digest = parts.digest.toString("hex");
    sealed.set(digest, parts);
    return { ...row, digest };
  });
  const written = await tx<{ id: EntryId; digest: Buffer | null }[]>`
    insert into journal (authority, direction, kind, account, channel, person, post, subject, facts, digest)
    select authority, direction, kind, account, channel, person, post, subject, facts, decode(digest, 'hex')
    from jsonb_to_recordset(${json(tx, rows)}) as entry
      (authority bigint, direction text, kind text, account bigint, channel text, person bigint, post bigint,
      subject bigint[], facts jsonb, digest text)
    returning id, digest`;
  // Every digest is its own, for it has a salt in it.
  const payloads = written.flatMap(({ id, digest }) => {
    const parts = digest && sealed.get(digest.toString("hex"));
    return parts ? [{ id, ...parts }] : [];
  });
  if (payloads.length > 0) await writePayloads(tx, first.authority, payloads);
}

/** As base64, for arrays of bytes have no other short form. */
async function writePayloads(
  tx: Transaction,
  authority: TenantId,
  payloads: readonly (Sealed & { id: EntryId })[],
): Promise<void> {
  await tx`
    insert into journal_payload (authority, entry, salt, body, raw)
    select ${authority}, entry, decode(salt, 'base64'), body, decode(raw, 'base64')
    from unnest(${payloads.map((one) => one.id)}::bigint[],
      ${payloads.map((one) => one.salt.toString("base64"))}::text[], ${payloads.map((one) => one.body)}::text[],
      ${payloads.map((one) => one.raw?.toString("base64") ?? null)}::text[]) as payload (entry, salt, body, raw)`;
}

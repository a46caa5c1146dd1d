import { createHash, randomBytes } from "node:crypto";
import { json, type Transaction, type TenantId } from "#platform/database.ts";
import type { Id } from "#platform/id.ts";
import { canonicalJson } from "./canonical-json.ts";

export type EntryId = Id<"entry">;

/**
 * A fact, as the room that makes it true writes it. `facts` are small values that readers of the journal act on;
 * `payload` is what was said, kept apart so that disposal can remove it.
 */
export type NewEntry = {
  authority: TenantId;
  /** in: from outside; out: made public or sent; within: among ourselves. */
  direction: "in" | "out" | "within";
  /** A past tense with its object first, as in post-published. */
  kind: string;
  account?: string | null | undefined;
  channel?: string | undefined;
  person?: string | null | undefined;
  post?: string | null | undefined;
  subject?: string[];
  facts?: Record<string, unknown>;
  payload?: { body?: unknown; raw?: Uint8Array };
};

/** Writes an entry in the transaction that makes it true. The sequencer numbers it after commit. */
export async function append(tx: Transaction, entry: NewEntry): Promise<EntryId> {
  const payload = entry.payload && seal(entry.payload);
  const [row] = await tx<{ id: EntryId }[]>`
    insert into journal (authority, direction, kind, account, channel, person, post, subject, facts, digest)
    values (${entry.authority}, ${entry.direction}, ${entry.kind}, ${entry.account ?? null}, ${entry.channel ?? null},
      ${entry.person ?? null}, ${entry.post ?? null}, ${entry.subject ?? []}::bigint[], ${json(tx, entry.facts ?? {})},
      ${payload?.digest ?? null})
    returning id`;
  if (!row) throw new Error("the journal took no entry");
  if (payload)
    await tx`insert into journal_payload (authority, entry, salt, body, raw)
      values (${entry.authority}, ${row.id}, ${payload.salt}, ${payload.body}, ${payload.raw})`;
  return row.id;
}

/** A payload as it is kept, and the digest that the entry carries. */
export type Sealed = { salt: Buffer; body: string | null; raw: Buffer | null; digest: Buffer };

/** The salt keeps a disposed payload from being guessed back out of the digest that stays. */
export function seal(payload: { body?: unknown; raw?: Uint8Array }): Sealed {
  const salt = randomBytes(16);
  const body = payload.body === undefined ? null : canonicalJson(payload.body);
  const raw = payload.raw ? Buffer.from(payload.raw) : null;
  return { salt, body, raw, digest: payloadDigest(salt, body, raw) };
}

/** SHA-256 of salt, length of the body in bytes as eight big-endian bytes, body, raw. */
export function payloadDigest(salt: Uint8Array, body: string | null, raw: Uint8Array | null): Buffer {
  const bytes = Buffer.from(body ?? "", "utf8");
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(bytes.length));
  return createHash("sha256")
    .update(salt)
    .update(length)
    .update(bytes)
    .update(raw ?? Buffer.alloc(0))
    .digest();
}

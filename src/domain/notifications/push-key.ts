import { createECDH } from "node:crypto";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";

/** The key pair by which push services know an authority (RFC 8292), in base64url. */
export type PushKey = { publicKey: string; privateKey: string };

/** The public half. Made when it is first asked for, so the transaction must be one that may write. */
export async function vapidKey(tx: Transaction, authority: AuthorityId): Promise<string> {
  return (await pushKey(tx, authority)).publicKey;
}

export async function pushKey(tx: Transaction, authority: AuthorityId): Promise<PushKey> {
  const known = await readKey(tx, authority);
  if (known) return known;
  const curve = createECDH("prime256v1");
  const publicKey = curve.generateKeys("base64url");
  // A private key may begin with zeros, which are left out.
  const privateKey = Buffer.concat([Buffer.alloc(32), curve.getPrivateKey()])
    .subarray(-32)
    .toString("base64url");
  await tx`insert into push_key (authority, public_key, private_key)
    values (${authority}, ${publicKey}, ${privateKey}) on conflict do nothing`;
  // Somebody else may have been first.
  const kept = await readKey(tx, authority);
  if (!kept) throw new Error("a push key was not kept");
  return kept;
}

async function readKey(tx: Transaction, authority: AuthorityId): Promise<PushKey | undefined> {
  const [row] = await tx<PushKey[]>`
    select public_key as "publicKey", private_key as "privateKey" from push_key where authority = ${authority}`;
  return row;
}

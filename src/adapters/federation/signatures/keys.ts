import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";

/** A peer's key, or nothing if it can't be read or is of no use. Parsing costs as much as verifying: kept. */
export function readPublicKey(pem: string): KeyObject | undefined {
  if (pem.length > LONGEST_PEM) return undefined;
  return remembered(publicKeys, pem, () => {
    try {
      const key = createPublicKey(pem);
      return isUsable(key) ? key : undefined;
    } catch {
      return undefined;
    }
  });
}

/** Our own key: throws if it can't be read. */
export function readPrivateKey(pem: string): KeyObject {
  return remembered(privateKeys, pem, () => createPrivateKey(pem));
}

const KEPT = 2000;
const LONGEST_PEM = 4096;
const publicKeys = new Map<string, KeyObject | undefined>();
const privateKeys = new Map<string, KeyObject>();

function remembered<T>(kept: Map<string, T>, pem: string, read: () => T): T {
  const known = kept.get(pem);
  const key = known ?? read();
  // Put last again, so that the first is the one longest unused.
  kept.delete(pem);
  if (key !== undefined) kept.set(pem, key);
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return key;
}

/** Too short proves nothing; too long is a way to keep us busy. */
function isUsable(key: KeyObject): boolean {
  if (key.asymmetricKeyType === "ed25519") return true;
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  return RSA.has(key.asymmetricKeyType ?? "") && bits >= 1024 && bits <= 8192;
}

const RSA = new Set(["rsa", "rsa-pss"]);

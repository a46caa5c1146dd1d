import { createHash, randomBytes } from "node:crypto";

/** 256 bits for a link, a cookie or a token; the database keeps the hash alone. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

export function hashSecret(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

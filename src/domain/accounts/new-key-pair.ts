import { generateKeyPair as generate } from "node:crypto";
import { promisify } from "node:util";

export type KeyPair = { publicKeyPem: string; privateKeyPem: string };

/** A new account's keys. RSA 2048: what every server of the fediverse can read. */
export async function newKeyPair(): Promise<KeyPair> {
  const pair = await promisify(generate)("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return { publicKeyPem: pair.publicKey, privateKeyPem: pair.privateKey };
}

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { newKeyPair } from "#domain/accounts/new-key-pair.ts";
import { readPrivateKey, readPublicKey } from "./keys.ts";

test("a new pair is RSA 2048 and readable", async () => {
  const pair = await newKeyPair();
  const key = readPublicKey(pair.publicKeyPem);
  assert.equal(key?.asymmetricKeyDetails?.modulusLength, 2048);
  assert.equal(readPrivateKey(pair.privateKeyPem).asymmetricKeyType, "rsa");
  assert.equal(readPublicKey(pair.publicKeyPem), key, "parsed once");
});

test("keys that are unreadable, too weak or of another kind are of no use", () => {
  const spki = { type: "spki", format: "pem" } as const;
  const pkcs8 = { type: "pkcs8", format: "pem" } as const;
  const encodings = { publicKeyEncoding: spki, privateKeyEncoding: pkcs8 };
  const weak = generateKeyPairSync("rsa", { modulusLength: 512, ...encodings });
  const curve = generateKeyPairSync("ec", { namedCurve: "P-256", ...encodings });
  for (const pem of ["", "nonsense", weak.publicKey, curve.publicKey, "x".repeat(1_000_000)])
    assert.equal(readPublicKey(pem), undefined);
});

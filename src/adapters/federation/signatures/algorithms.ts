import { constants, sign, verify, type KeyObject } from "node:crypto";

/** In RFC 9421's names; `rsa-v1_5-sha512` is ours for draft-cavage's `rsa-sha512`. */
export type Algorithm = "rsa-v1_5-sha256" | "rsa-v1_5-sha512" | "rsa-pss-sha512" | "ed25519";

/** Whether any of the algorithms, as far as they suit the key, made this signature. */
export function isSignedBy(
  key: KeyObject | undefined,
  algorithms: readonly Algorithm[],
  base: string,
  signature: Uint8Array,
): boolean {
  if (!key) return false;
  const data = Buffer.from(base, "utf8");
  return algorithms
    .filter((algorithm) => suits(algorithm, key))
    .some((algorithm) => verify(hashOf(algorithm), data, { key, ...paddingOf(algorithm) }, signature));
}

export function signWith(key: KeyObject, algorithm: Algorithm, base: string): Buffer {
  return sign(hashOf(algorithm), Buffer.from(base, "utf8"), { key, ...paddingOf(algorithm) });
}

/** Signs in the thread pool. */
export function signAside(key: KeyObject, algorithm: Algorithm, base: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const data = Buffer.from(base, "utf8");
    sign(hashOf(algorithm), data, { key, ...paddingOf(algorithm) }, (error, signature) =>
      error ? reject(error) : resolve(signature),
    );
  });
}

/** What an unnamed algorithm may be: RSA keys sign PKCS #1 v1.5 with SHA-256 in practice, PSS by the book. */
export const ANY_ALGORITHM: readonly Algorithm[] = ["rsa-v1_5-sha256", "rsa-pss-sha512", "ed25519"];

function suits(algorithm: Algorithm, key: KeyObject): boolean {
  if (algorithm === "ed25519") return key.asymmetricKeyType === "ed25519";
  if (algorithm === "rsa-pss-sha512" && key.asymmetricKeyType === "rsa-pss") return true;
  return key.asymmetricKeyType === "rsa";
}

function hashOf(algorithm: Algorithm): string | null {
  if (algorithm === "ed25519") return null;
  return algorithm === "rsa-v1_5-sha256" ? "sha256" : "sha512";
}

function paddingOf(algorithm: Algorithm) {
  if (algorithm !== "rsa-pss-sha512") return {};
  return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 };
}

import { hash } from "node:crypto";

export type DigestHeader = "digest" | "content-digest";

/** `Digest` (RFC 3230), the form that every peer reads. */
export function digestHeader(body: string | Uint8Array): string {
  return `SHA-256=${hash("sha256", body, "base64")}`;
}

/** `Content-Digest` (RFC 9530). */
export function contentDigestHeader(body: string | Uint8Array): string {
  return `sha-256=:${hash("sha256", body, "base64")}:`;
}

/** Judges every digest that was sent: a second one that disagrees is as wrong as one alone. */
export function verifyDigest(
  headers: (name: string) => string | undefined,
  body: Uint8Array,
): "match" | "mismatch" | "missing" {
  const sent = DIGEST_HEADERS.filter((name) => headers(name) !== undefined);
  if (sent.length === 0) return "missing";
  return sent.every((name) => matchesDigest(name, headers(name) ?? "", body)) ? "match" : "mismatch";
}

export const DIGEST_HEADERS: readonly DigestHeader[] = ["digest", "content-digest"];

/** Several algorithms may be listed: at least one must be known to us, and all those must match. */
function matchesDigest(name: DigestHeader, value: string, body: Uint8Array): boolean {
  const pattern = name === "digest" ? /^([^=\s]+)=([A-Za-z0-9+/]+=*)$/ : /^([^=\s]+)=:([A-Za-z0-9+/]+=*):$/;
  const known = value
    .split(",")
    .map((part) => pattern.exec(part.trim()))
    .filter((match) => match !== null)
    .map(([, algorithm = "", digest = ""]) => ({ hashName: HASHES.get(algorithm.toLowerCase()), digest }))
    .filter(({ hashName }) => hashName !== undefined);
  return (
    known.length > 0 &&
    known.every(({ hashName, digest }) => hashName && hash(hashName, body, "base64") === digest)
  );
}

const HASHES = new Map([
  ["sha-256", "sha256"],
  ["sha-512", "sha512"],
]);

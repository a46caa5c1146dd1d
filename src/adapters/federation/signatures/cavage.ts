import { ANY_ALGORITHM, isSignedBy, signAside, signWith, type Algorithm } from "./algorithms.ts";
import { digestHeader } from "./digest.ts";
import { formatHttpDate } from "./http-date.ts";
import { readPrivateKey, readPublicKey } from "./keys.ts";
import type { SignedRequest } from "./signed-request.ts";

export type CavageSigning = {
  method: string;
  url: URL;
  /** Those already decided; of them only `content-type` is signed. */
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** The body's `Digest`, where it has been made already. */
  digest?: string;
  keyId: string;
  privateKeyPem: string;
  date: Temporal.Instant;
};

/** The headers to add to a request. Source: draft-cavage-http-signatures-12, as the fediverse speaks it. */
export function signCavage(signing: CavageSigning): Record<string, string> {
  const { base, headersWith } = toSign(signing);
  return headersWith(signWith(readPrivateKey(signing.privateKeyPem), "rsa-v1_5-sha256", base));
}

/** The same, made beside the main thread: for many in a row, while others are answered. */
export async function signCavageAside(signing: CavageSigning): Promise<Record<string, string>> {
  const { base, headersWith } = toSign(signing);
  return headersWith(await signAside(readPrivateKey(signing.privateKeyPem), "rsa-v1_5-sha256", base));
}

function toSign(signing: CavageSigning) {
  const { method, url, body, keyId } = signing;
  const added = { Host: url.host, Date: formatHttpDate(signing.date) };
  const withDigest = body === undefined ? added : { ...added, Digest: signing.digest ?? digestHeader(body) };
  const given = lowerCased({ ...signing.headers, ...withDigest });
  const names = ["(request-target)", "host", "date"];
  if (body !== undefined) names.push("digest");
  if (body !== undefined && given.has("content-type")) names.push("content-type");
  const lines = names.map((name) =>
    name === "(request-target)"
      ? `${name}: ${method.toLowerCase()} ${url.pathname}${url.search}`
      : `${name}: ${given.get(name)}`,
  );
  return {
    base: lines.join("\n"),
    headersWith: (signature: Buffer): Record<string, string> => ({
      ...withDigest,
      Signature: `keyId="${keyId}",algorithm="rsa-sha256",headers="${names.join(" ")}",signature="${signature.toString("base64")}"`,
    }),
  };
}

export type CavageSignature = {
  keyId: string;
  /** What may have made it; draft-cavage names one, or `hs2019` for "see the key". */
  algorithms: readonly Algorithm[];
  /** Lower-case names of what is signed, pseudo-headers like `(request-target)` included. */
  covered: string[];
  signature: Uint8Array;
  /** Seconds since 1970, as sent. */
  created?: string;
  expires?: string;
};

/** Reads a `Signature` header; nothing when it is not one we could ever verify. */
export function parseCavage(header: string): CavageSignature | undefined {
  const parameters = parseParameters(header);
  const keyId = parameters?.get("keyId");
  const signature = parameters?.get("signature");
  if (!parameters || !keyId || !signature || !BASE64.test(signature)) return undefined;
  const algorithm = (parameters.get("algorithm") ?? "hs2019").toLowerCase();
  const algorithms = ALGORITHMS.get(algorithm);
  const covered = (parameters.get("headers") ?? "date").trim().toLowerCase().split(/ +/);
  const timed = covered.includes("(created)") || covered.includes("(expires)");
  // Section 2.3: the older algorithm names never sign these two.
  if (!algorithms || (timed && algorithm.startsWith("rsa"))) return undefined;
  const created = parameters.get("created");
  const expires = parameters.get("expires");
  return { keyId, algorithms, covered, signature: Buffer.from(signature, "base64"), created, expires };
}

/** What was signed, or the name of a header that is signed but was not sent. */
export function cavageBase(
  request: SignedRequest,
  signature: CavageSignature,
): { base: string } | { missing: string } {
  const lines: string[] = [];
  for (const name of signature.covered) {
    const value = valueOf(name, request, signature);
    if (value === undefined) return { missing: name };
    lines.push(`${name}: ${value.trim()}`);
  }
  return { base: lines.join("\n") };
}

export function verifyCavage(base: string, signature: CavageSignature, publicKeyPem: string): boolean {
  return isSignedBy(readPublicKey(publicKeyPem), signature.algorithms, base, signature.signature);
}

function valueOf(name: string, request: SignedRequest, signature: CavageSignature): string | undefined {
  switch (name) {
    case "(request-target)":
      return `${request.method.toLowerCase()} ${request.path}`;
    case "(created)":
      return signature.created;
    case "(expires)":
      return signature.expires;
    case "host":
      return request.host;
    default:
      return request.headers(name);
  }
}

/** `hs2019` leaves the choice to the key; by the draft RSA means PSS, in practice PKCS #1 v1.5. */
const ALGORITHMS = new Map<string, readonly Algorithm[]>([
  ["hs2019", ANY_ALGORITHM],
  ["rsa-sha256", ["rsa-v1_5-sha256"]],
  ["rsa-sha512", ["rsa-v1_5-sha512"]],
  ["ed25519", ["ed25519"]],
]);

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** A parameter given twice could be read differently by two readers, so it is refused. */
function parseParameters(header: string): Map<string, string> | undefined {
  const parameters = new Map<string, string>();
  const parameter = /[ \t]*([A-Za-z]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|(\d+(?:\.\d+)?))[ \t]*(,|$)/y;
  for (let more = true; more;) {
    const match = parameter.exec(header);
    const [, name = "", quoted, number, comma] = match ?? [];
    if (!match || parameters.has(name)) return undefined;
    parameters.set(name, quoted?.replaceAll(/\\(.)/g, "$1") ?? number ?? "");
    more = comma === ",";
  }
  return parameters;
}

function lowerCased(headers: Record<string, string>): Map<string, string> {
  return new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value.trim()]));
}

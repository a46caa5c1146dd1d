import { ANY_ALGORITHM, isSignedBy, signWith, type Algorithm } from "./algorithms.ts";
import { readPrivateKey, readPublicKey } from "./keys.ts";
import type { SignedRequest } from "./signed-request.ts";
import { parseDictionary, serializeInnerList, type InnerList, type Parameters } from "./structured-fields.ts";

export type MessageSignature = {
  label: string;
  keyId: string;
  algorithms: readonly Algorithm[];
  /** Names of the covered components, in order: `@method`, `date`, … */
  covered: string[];
  signature: Uint8Array;
  /** Seconds since 1970. */
  created?: number;
  expires?: number;
  nonce?: string;
  tag?: string;
  /** The canonical text of the parameters, which is itself signed. */
  parameters: string;
};

/**
 * The signatures of RFC 9421 that we could verify, in the order sent; nothing when the headers are malformed.
 * Left out: other algorithms, and components with parameters (`;sf`, `;bs`, `;req`), which no peer needs.
 */
export function parseMessageSignatures(
  signatureInput: string,
  signature: string,
): MessageSignature[] | undefined {
  const inputs = parseDictionary(signatureInput);
  const signatures = parseDictionary(signature);
  if (!inputs || !signatures) return undefined;
  return [...inputs].flatMap(([label, list]) => {
    const found = signatures.get(label);
    if (!("items" in list) || !found || "items" in found || !(found.value instanceof Uint8Array)) return [];
    const read = readInput(label, list, found.value);
    return read ? [read] : [];
  });
}

/** What was signed (RFC 9421, 2.5), or the name of a component that this request doesn't have. */
export function messageBase(
  request: SignedRequest,
  signature: Pick<MessageSignature, "covered" | "parameters">,
): { base: string } | { missing: string } {
  const lines: string[] = [];
  for (const name of signature.covered) {
    const value = componentOf(name, request);
    if (value === undefined) return { missing: name };
    lines.push(`"${name}": ${value}`);
  }
  lines.push(`"@signature-params": ${signature.parameters}`);
  return { base: lines.join("\n") };
}

export function verifyMessage(base: string, signature: MessageSignature, publicKeyPem: string): boolean {
  return isSignedBy(readPublicKey(publicKeyPem), signature.algorithms, base, signature.signature);
}

export type MessageSigning = {
  request: SignedRequest;
  covered: string[];
  privateKeyPem: string;
  algorithm: Algorithm;
  /** In the order they shall stand: created, keyid, alg, expires, … */
  parameters: Record<string, string | number>;
  label?: string;
};

/** The two headers to add. A component that the request lacks is a mistake of ours: throws. */
export function signMessage(signing: MessageSigning): { "Signature-Input": string; Signature: string } {
  const parameters = serializeInnerList({
    items: signing.covered.map((value) => ({ value, parameters: new Map() })),
    parameters: new Map(Object.entries(signing.parameters)),
  });
  const made = messageBase(signing.request, { covered: signing.covered, parameters });
  if ("missing" in made) throw new Error(`cannot sign ${made.missing}: the request has none`);
  const signature = signWith(readPrivateKey(signing.privateKeyPem), signing.algorithm, made.base);
  const label = signing.label ?? "sig1";
  return {
    "Signature-Input": `${label}=${parameters}`,
    Signature: `${label}=:${signature.toString("base64")}:`,
  };
}

function readInput(label: string, list: InnerList, signature: Uint8Array): MessageSignature | undefined {
  const covered = list.items.map((item) =>
    typeof item.value === "string" && item.parameters.size === 0 ? item.value : "",
  );
  const keyId = textOf(list.parameters, "keyid");
  const named = list.parameters.has("alg");
  const algorithms = named ? ALGORITHMS.get(textOf(list.parameters, "alg") ?? "") : ANY_ALGORITHM;
  const doubled = new Set(covered).size !== covered.length;
  if (!keyId || !algorithms || covered.includes("") || doubled) return undefined;
  return {
    label,
    keyId,
    algorithms,
    covered,
    signature,
    created: numberOf(list.parameters, "created"),
    expires: numberOf(list.parameters, "expires"),
    nonce: textOf(list.parameters, "nonce"),
    tag: textOf(list.parameters, "tag"),
    parameters: serializeInnerList(list),
  };
}

function componentOf(name: string, request: SignedRequest): string | undefined {
  const [path = "", ...query] = request.path.split("?");
  switch (name) {
    case "@method":
      return request.method.toUpperCase();
    case "@target-uri":
      return `${request.scheme}://${request.host}${request.path}`;
    case "@authority":
      return request.host.toLowerCase().replace(request.scheme === "https" ? /:443$/ : /:80$/, "");
    case "@scheme":
      return request.scheme;
    case "@request-target":
      return request.path;
    case "@path":
      return path === "" ? "/" : path;
    case "@query":
      return `?${query.join("?")}`;
    case "host":
      return request.host;
    default:
      return name.startsWith("@") || name !== name.toLowerCase() ? undefined : request.headers(name)?.trim();
  }
}

const ALGORITHMS = new Map<string, readonly Algorithm[]>([
  ["rsa-v1_5-sha256", ["rsa-v1_5-sha256"]],
  ["rsa-pss-sha512", ["rsa-pss-sha512"]],
  ["ed25519", ["ed25519"]],
]);

function textOf(parameters: Parameters, key: string): string | undefined {
  const value = parameters.get(key);
  return typeof value === "string" ? value : undefined;
}

function numberOf(parameters: Parameters, key: string): number | undefined {
  const value = parameters.get(key);
  return typeof value === "number" ? value : undefined;
}

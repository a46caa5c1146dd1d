import { cavageBase, parseCavage, verifyCavage } from "./cavage.ts";
import { DIGEST_HEADERS, verifyDigest } from "./digest.ts";
import { parseHttpDate } from "./http-date.ts";
import { messageBase, parseMessageSignatures, verifyMessage, type MessageSignature } from "./rfc9421.ts";
import type { SignedRequest } from "./signed-request.ts";

/** Who says they signed; to be believed when `verify` says so with that key. */
export type SignatureClaim = {
  keyId: string;
  scheme: "cavage" | "rfc9421";
  verify(publicKeyPem: string): boolean;
};

export type Unverifiable = {
  refused: "missing-signature" | "malformed-signature" | "stale-date" | "wrong-digest" | "uncovered";
  detail: string;
};

/**
 * Mastodon's limits: a delivery may be signed once and wait in a queue for half a day, and clocks set to the
 * wrong zone by an hour are common. A replay within them changes nothing, since an inbox ignores repetition.
 */
export const OLDEST = Temporal.Duration.from({ hours: 12 });
export const FUTURE = Temporal.Duration.from({ hours: 1 });

/** Everything that can be checked before the key is known. */
export function readSignature(request: SignedRequest, now: Temporal.Instant): SignatureClaim | Unverifiable {
  const signature = request.headers("signature");
  const signatureInput = request.headers("signature-input");
  if (signature === undefined) return refused("missing-signature", "no Signature header");
  return signatureInput === undefined
    ? readCavage(request, signature, now)
    : readMessageSignature(request, signatureInput, signature, now);
}

function readCavage(
  request: SignedRequest,
  header: string,
  now: Temporal.Instant,
): SignatureClaim | Unverifiable {
  const signature = parseCavage(header);
  if (!signature) return refused("malformed-signature", "Signature header not understood");
  const covers = (name: string) => signature.covered.includes(name);
  if (!covers("(request-target)")) return refused("uncovered", "(request-target)");
  if (!covers("host")) return refused("uncovered", "host");
  if (!covers("date") && !covers("(created)")) return refused("uncovered", "date or (created)");
  const made = cavageBase(request, signature);
  if ("missing" in made) return refused("malformed-signature", `${made.missing} is signed but was not sent`);
  const times: SignedTimes = { expires: secondsOf(signature.expires) };
  if (covers("(created)")) times.created = secondsOf(signature.created);
  const wrong = refuseTimes(request, covers("date"), times, now) ?? refuseDigest(request, signature.covered);
  if (wrong) return wrong;
  const verify = (publicKeyPem: string) => verifyCavage(made.base, signature, publicKeyPem);
  return { keyId: signature.keyId, scheme: "cavage", verify };
}

/** Of several signatures (a proxy may add its own) the first that holds up is taken. */
function readMessageSignature(
  request: SignedRequest,
  signatureInput: string,
  header: string,
  now: Temporal.Instant,
): SignatureClaim | Unverifiable {
  const signatures = parseMessageSignatures(signatureInput, header);
  const results = (signatures ?? [])
    .slice(0, MOST_SIGNATURES)
    .map((signature) => judgeMessage(request, signature, now));
  const usable = results.find((result) => "verify" in result);
  return usable ?? results[0] ?? refused("malformed-signature", "no signature that we can verify");
}

/** Each costs a digest of the body. */
const MOST_SIGNATURES = 4;

function judgeMessage(
  request: SignedRequest,
  signature: MessageSignature,
  now: Temporal.Instant,
): SignatureClaim | Unverifiable {
  const covers = (name: string) => signature.covered.includes(name);
  if (!covers("@method")) return refused("uncovered", "@method");
  const path = covers("@path") && (covers("@query") || !request.path.includes("?"));
  if (!covers("@target-uri") && !covers("@request-target") && !path)
    return refused("uncovered", "@target-uri, or @path with @query");
  if (!covers("@target-uri") && !covers("@authority") && !covers("host"))
    return refused("uncovered", "@authority");
  if (!covers("date") && signature.created === undefined) return refused("uncovered", "created or date");
  const made = messageBase(request, signature);
  if ("missing" in made) return refused("malformed-signature", `${made.missing} is signed but is not there`);
  const wrong =
    refuseTimes(request, covers("date"), signature, now) ?? refuseDigest(request, signature.covered);
  if (wrong) return wrong;
  const verify = (publicKeyPem: string) => verifyMessage(made.base, signature, publicKeyPem);
  return { keyId: signature.keyId, scheme: "rfc9421", verify };
}

type SignedTimes = { created?: number; expires?: number };

/** Every time that is signed must hold. An expiry holds signed or not: a forger gains nothing by adding one. */
function refuseTimes(
  request: SignedRequest,
  dateCovered: boolean,
  { created, expires }: SignedTimes,
  now: Temporal.Instant,
): Unverifiable | undefined {
  const signed: (Temporal.Instant | undefined)[] = [];
  if (dateCovered) signed.push(parseHttpDate(request.headers("date") ?? ""));
  if (created !== undefined) signed.push(instantOf(created));
  for (const time of signed) {
    if (!time) return refused("stale-date", "not a date");
    if (Temporal.Instant.compare(time, now.subtract(OLDEST)) < 0)
      return refused("stale-date", `${time.toString()} is too old`);
    if (Temporal.Instant.compare(time, now.add(FUTURE)) > 0)
      return refused("stale-date", `${time.toString()} is in the future`);
  }
  if (expires === undefined) return undefined;
  const end = instantOf(expires);
  if (end && Temporal.Instant.compare(now, end) <= 0) return undefined;
  return refused("stale-date", end ? `expired ${end.toString()}` : "not a date");
}

function refuseDigest(request: SignedRequest, covered: string[]): Unverifiable | undefined {
  if (request.method.toUpperCase() !== "POST" && request.body.length === 0) return undefined;
  switch (verifyDigest(request.headers, request.body)) {
    case "missing":
      return refused("wrong-digest", "a body without a digest");
    case "mismatch":
      return refused("wrong-digest", "the digest is of another body, or of a kind we don't know");
    case "match":
      if (DIGEST_HEADERS.some((name) => covered.includes(name))) return undefined;
      return refused("uncovered", "digest");
  }
}

function secondsOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function instantOf(seconds: number): Temporal.Instant | undefined {
  // Beyond this, Temporal has no instants.
  if (!(Math.abs(seconds) <= 8.64e12)) return undefined;
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(seconds * 1000));
}

function refused(reason: Unverifiable["refused"], detail: string): Unverifiable {
  return { refused: reason, detail };
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { signCavage } from "./cavage.ts";
import { contentDigestHeader } from "./digest.ts";
import { formatHttpDate } from "./http-date.ts";
import { newKeyPair } from "#domain/accounts/new-key-pair.ts";
import { signMessage } from "./rfc9421.ts";
import type { SignedRequest } from "./signed-request.ts";
import { readSignature } from "./verify-request.ts";

const keys = await newKeyPair();
const otherKeys = await newKeyPair();
const now = Temporal.Instant.from("2026-11-22T08:00:00Z");
const url = new URL("https://torg.example/ap/inbox?a=b");
const body = Buffer.from('{"type":"Create"}');
const keyId = "https://peer.example/alice#main-key";

type Parts = {
  method: string;
  path: string;
  host: string;
  headers: Record<string, string>;
  body: Uint8Array;
};

function received(parts: Partial<Parts>): SignedRequest {
  const given = Object.entries(parts.headers ?? {}).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  );
  const headers = new Map(given);
  return {
    method: "POST",
    path: url.pathname + url.search,
    host: url.host,
    scheme: "https",
    body,
    ...parts,
    headers: (name) => headers.get(name),
  };
}

const contentType = { "Content-Type": "application/activity+json" };

function cavage(date = now, method = "POST"): Record<string, string> {
  const sent = method === "POST" ? { body, headers: contentType } : {};
  return {
    ...contentType,
    ...signCavage({ method, url, keyId, date, privateKeyPem: keys.privateKeyPem, ...sent }),
  };
}

function rfc9421(
  covered = ["@method", "@target-uri", "content-digest"],
  parameters: Record<string, string | number> = {},
  algorithm: "rsa-v1_5-sha256" | "rsa-pss-sha512" = "rsa-v1_5-sha256",
): Record<string, string> {
  const headers = { ...contentType, "Content-Digest": contentDigestHeader(body), Date: formatHttpDate(now) };
  const created = Math.floor(now.epochMilliseconds / 1000);
  const signed = signMessage({
    request: received({ headers }),
    covered,
    privateKeyPem: keys.privateKeyPem,
    algorithm,
    parameters: { created, keyid: keyId, ...parameters },
  });
  return { ...headers, ...signed };
}

/** What comes of a request: who signed it, or why it is refused. */
function outcome(parts: Partial<Parts>, at = now): string {
  const claim = readSignature(received(parts), at);
  if ("refused" in claim) return claim.refused;
  if (claim.verify(otherKeys.publicKeyPem) || claim.verify("not a key")) return "anyone";
  return claim.verify(keys.publicKeyPem) ? `${claim.scheme} ${claim.keyId}` : "false signature";
}

test("what we sign by draft-cavage is accepted, with a body and without", () => {
  assert.equal(outcome({ headers: cavage() }), `cavage ${keyId}`);
  const fetched = { method: "GET", headers: cavage(now, "GET"), body: Buffer.alloc(0) };
  assert.equal(outcome(fetched), `cavage ${keyId}`);
});

test("the draft-cavage header is the one that peers expect", () => {
  const headers = cavage();
  assert.equal(headers["Host"], "torg.example");
  assert.equal(headers["Date"], "Sun, 22 Nov 2026 08:00:00 GMT");
  assert.match(headers["Digest"] ?? "", /^SHA-256=[\w+/]{43}=$/);
  const covered = "(request-target) host date digest content-type";
  assert.ok(
    headers["Signature"]?.startsWith(
      `keyId="${keyId}",algorithm="rsa-sha256",headers="${covered}",signature="`,
    ),
  );
});

test("hs2019, upper case in the list of headers and another method's letter case are accepted", () => {
  const headers = cavage();
  const signature = (headers["Signature"] ?? "")
    .replace("rsa-sha256", "hs2019")
    .replace("host date digest", "Host Date Digest");
  assert.equal(outcome({ headers: { ...headers, Signature: signature } }), `cavage ${keyId}`);
  assert.equal(outcome({ method: "post", headers }), `cavage ${keyId}`);
});

test("what is signed by RFC 9421 is accepted, with named and unnamed algorithms", () => {
  assert.equal(outcome({ headers: rfc9421() }), `rfc9421 ${keyId}`);
  assert.equal(outcome({ headers: rfc9421(undefined, { alg: "rsa-v1_5-sha256" }) }), `rfc9421 ${keyId}`);
  assert.equal(outcome({ headers: rfc9421(undefined, {}, "rsa-pss-sha512") }), `rfc9421 ${keyId}`);
  const apart = [
    "@method",
    "@authority",
    "@path",
    "@query",
    "@scheme",
    "@request-target",
    "date",
    "content-digest",
  ];
  assert.equal(outcome({ headers: rfc9421(apart, { tag: "t", nonce: "n" }) }), `rfc9421 ${keyId}`);
});

test("an algorithm that the signer did not use is a false signature", () => {
  const headers = rfc9421(undefined, { alg: "rsa-v1_5-sha256" }, "rsa-pss-sha512");
  assert.equal(outcome({ headers }), "false signature");
});

test("a changed target, host, method, type or date is a false signature", () => {
  for (const headers of [cavage(), rfc9421()]) {
    assert.equal(outcome({ headers, path: "/ap/other" }), "false signature");
    assert.equal(outcome({ headers, path: "/ap/inbox?a=c" }), "false signature");
    assert.equal(outcome({ headers, host: "other.example" }), "false signature");
    assert.equal(outcome({ headers, method: "PUT" }), "false signature");
  }
  assert.equal(outcome({ headers: { ...cavage(), "Content-Type": "text/html" } }), "false signature");
  const later = formatHttpDate(now.add({ seconds: 1 }));
  assert.equal(outcome({ headers: { ...cavage(), Date: later } }), "false signature");
});

test("a changed body or a missing digest is a wrong digest", () => {
  const changed = Buffer.from('{"type":"Delete"}');
  for (const headers of [cavage(), rfc9421()])
    assert.equal(outcome({ headers, body: changed }), "wrong-digest");
  const { Digest: _, ...withoutDigest } = cavage();
  assert.equal(outcome({ headers: withoutDigest }), "malformed-signature");
  assert.equal(outcome({ headers: cavage(now, "GET") }), "wrong-digest");
});

test("a body swapped together with its digest is a false signature", () => {
  const changed = Buffer.from('{"type":"Delete"}');
  const headers = { ...rfc9421(), "Content-Digest": contentDigestHeader(changed) };
  assert.equal(outcome({ headers, body: changed }), "false signature");
});

test("a digest beside the signature, but not under it, proves nothing", () => {
  const headers = { ...cavage(now, "GET"), "Content-Digest": contentDigestHeader(body) };
  assert.equal(outcome({ headers }), "uncovered");
  assert.equal(outcome({ headers: rfc9421(["@method", "@target-uri"]) }), "uncovered");
});

test("dates are accepted for twelve hours back and one ahead", () => {
  for (const headers of [cavage(), rfc9421()]) {
    assert.match(outcome({ headers }, now.add({ hours: 12 })), /alice/);
    assert.equal(outcome({ headers }, now.add({ hours: 12, seconds: 1 })), "stale-date");
    assert.match(outcome({ headers }, now.subtract({ hours: 1 })), /alice/);
    assert.equal(outcome({ headers }, now.subtract({ hours: 1, seconds: 1 })), "stale-date");
  }
  assert.equal(outcome({ headers: { ...cavage(), Date: "igår" } }), "stale-date");
});

test("an expired signature is refused", () => {
  const seconds = Math.floor(now.epochMilliseconds / 1000);
  const headers = rfc9421(undefined, { expires: seconds + 60 });
  assert.match(outcome({ headers }, now.add({ seconds: 60 })), /alice/);
  assert.equal(outcome({ headers }, now.add({ seconds: 61 })), "stale-date");
  const Signature = `${cavage()["Signature"]},expires=${seconds - 1}`;
  assert.equal(outcome({ headers: { ...cavage(), Signature } }), "stale-date");
});

test("(created) can stand for the date under hs2019, and only there", () => {
  const created = Math.floor(now.epochMilliseconds / 1000);
  const made = (algorithm: string, at: number) =>
    `keyId="k",algorithm="${algorithm}",created=${at},headers="(request-target) host (created)",signature="AAAA"`;
  const fetched = (Signature: string) => ({ method: "GET", body: Buffer.alloc(0), headers: { Signature } });
  assert.equal(outcome(fetched(made("hs2019", created))), "false signature");
  assert.equal(outcome(fetched(made("hs2019", created - 13 * 3600))), "stale-date");
  assert.equal(outcome(fetched(made("rsa-sha256", created))), "malformed-signature");
  const absurd = made("hs2019", created).replace(/created=\d+/, 'created="99999999999999999999"');
  assert.equal(outcome(fetched(absurd)), "stale-date");
});

test("a signature that leaves out target, host or time is refused", () => {
  const headers = cavage();
  for (const name of ["(request-target) ", "host ", "date "]) {
    const Signature = (headers["Signature"] ?? "").replace(name, "");
    assert.equal(outcome({ headers: { ...headers, Signature } }), "uncovered", name);
  }
  const digest = "content-digest";
  for (const covered of [
    ["@target-uri", digest],
    ["@method", digest],
    ["@method", "@authority", "@path", digest],
    ["@method", "@path", "@query", digest],
  ])
    assert.equal(outcome({ headers: rfc9421(covered) }), "uncovered", covered.join(" "));
});

test("no signature and nonsense are told apart", () => {
  assert.equal(outcome({ headers: {} }), "missing-signature");
  const Date = formatHttpDate(now);
  const rest = 'headers="(request-target) host date",signature="AAAA"';
  for (const Signature of [
    "",
    "nonsense",
    'keyId="k"',
    `keyId="k",keyId="l",${rest}`,
    `keyId="",${rest}`,
    `keyId="k",algorithm="hmac-sha256",${rest}`,
    'keyId="k",headers="(request-target) host date",signature="!"',
  ])
    assert.equal(outcome({ headers: { Signature, Date } }), "malformed-signature", Signature);
  const withoutDate = { Signature: `keyId="k",${rest}` };
  assert.equal(outcome({ headers: withoutDate }), "malformed-signature");
  assert.equal(outcome({ headers: { ...withoutDate, Date } }), "wrong-digest");
  const headers = rfc9421();
  assert.equal(outcome({ headers: { ...headers, "Signature-Input": "sig1=(" } }), "malformed-signature");
  assert.equal(outcome({ headers: { ...headers, Signature: "sig2=:AAAA:" } }), "malformed-signature");
  const odd = (headers["Signature-Input"] ?? "").replace('"@method"', '"@method";req');
  assert.equal(outcome({ headers: { ...headers, "Signature-Input": odd } }), "malformed-signature");
});

test("of several signatures the first usable one is taken", () => {
  const headers = rfc9421();
  const both = {
    ...headers,
    "Signature-Input": `proxy=("@method");created=1;keyid="p", ${headers["Signature-Input"]}`,
    Signature: `proxy=:AAAA:, ${headers["Signature"]}`,
  };
  assert.equal(outcome({ headers: both }), `rfc9421 ${keyId}`);
});

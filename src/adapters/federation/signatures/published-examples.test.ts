import assert from "node:assert/strict";
import { test } from "node:test";
import { cavageBase, parseCavage, verifyCavage } from "./cavage.ts";
import { verifyDigest } from "./digest.ts";
import { messageBase, parseMessageSignatures, signMessage, verifyMessage } from "./rfc9421.ts";
import type { SignedRequest } from "./signed-request.ts";
import { readSignature } from "./verify-request.ts";

// Keys and signatures as printed in draft-cavage-http-signatures-12 (appendix C) and RFC 9421 (4.3, appendix B).

const CAVAGE_KEY = `-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDCFENGw33yGihy92pDjZQhl0C3
6rPJj+CvfSC8+q28hxA161QFNUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6
Z4UMR7EOcpfdUE9Hf3m/hs+FUR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJw
oYi+1hqp1fIekaxsyQIDAQAB
-----END PUBLIC KEY-----`;

const RSA_KEY = `-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAhAKYdtoeoy8zcAcR874L8cnZxKzAGwd7v36APp7Pv6Q2jdsPBRrw
WEBnez6d0UDKDwGbc6nxfEXAy5mbhgajzrw3MOEt8uA5txSKobBpKDeBLOsdJKFq
MGmXCQvEG7YemcxDTRPxAleIAgYYRjTSd/QBwVW9OwNFhekro3RtlinV0a75jfZg
kne/YiktSvLG34lw2zqXBDTC5NHROUqGTlML4PlNZS5Ri2U4aCNx2rUPRcKIlE0P
uKxI4T+HIaFpv8+rdV6eUgOrB2xeI1dSFFn/nnv5OoZJEIB+VmuKn3DCUcCZSFlQ
PSXSfBDiUGhwOw76WuSSsf1D4b/vLoJ10wIDAQAB
-----END RSA PUBLIC KEY-----`;

const RSA_PSS_KEY = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2
+QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+
oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHq
gDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5W
Utzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4
aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI
2wIDAQAB
-----END PUBLIC KEY-----`;

const ED25519_KEY = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
-----END PUBLIC KEY-----`;

const ED25519_PRIVATE_KEY = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF
-----END PRIVATE KEY-----`;

const BODY = Buffer.from('{"hello": "world"}');

function request(host: string, path: string, headers: Record<string, string>): SignedRequest {
  return { method: "POST", path, host, scheme: "https", headers: (name) => headers[name], body: BODY };
}

const CAVAGE_HEADERS = {
  date: "Sun, 05 Jan 2014 21:31:40 GMT",
  "content-type": "application/json",
  digest: "SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=",
  "content-length": "18",
};
const CAVAGE_REQUEST = request("example.com", "/foo?param=value&pet=dog", CAVAGE_HEADERS);

function cavageHolds(header: string): boolean {
  const signature = parseCavage(header);
  assert.ok(signature);
  const made = cavageBase(CAVAGE_REQUEST, signature);
  return "base" in made && verifyCavage(made.base, signature, CAVAGE_KEY);
}

const C2_SIGNATURE =
  "qdx+H7PHHDZgy4y/Ahn9Tny9V3GP6YgBPyUXMmoxWtLbHpUnXS2mg2+SbrQDMCJypxBLSPQR2aAjn7ndmw2iicw3HMbe8VfEdKFYRqzi" +
  "c+efkb3nndiv/x1xSHDJWeSWkx3ButlYSuBskLu6kd9Fswtemr3lgdDEmn04swr2Os0=";
const C3_SIGNATURE =
  "vSdrb+dS3EceC9bcwHSo4MlyKS59iFIrhgYkz8+oVLEEzmYZZvRs8rgOp+63LEM3v+MFHB32NfpB2bEKBIvB1q52LaEUHFv120V01IL+" +
  "TAD48XaERZFukWgHoBTLMhYS2Gb51gWxpeIq8knRmPnYePbF5MOkR0Zkly4zKH7s1dE=";

test("the draft's default test (C.1) holds: date alone", () => {
  const signature =
    "SjWJWbWN7i0wzBvtPl8rbASWz5xQW6mcJmn+ibttBqtifLN7Sazz6m79cNfwwb8DMJ5cou1s7uEGKKCs+FLEEaDV5lp7q25WqS+lavg7" +
    "T8hc0GppauB6hbgEKTwblDHYGEtbGmtdHgVCk9SuS13F0hZ8FD0k/5OxEPXe5WozsbM=";
  assert.ok(cavageHolds(`keyId="Test",algorithm="rsa-sha256",signature="${signature}"`));
});

test("the draft's basic test (C.2) holds, under rsa-sha256, hs2019 and no name, in any order of parameters", () => {
  const covered = 'headers="(request-target) host date"';
  assert.ok(cavageHolds(`keyId="Test",algorithm="rsa-sha256",${covered},signature="${C2_SIGNATURE}"`));
  assert.ok(cavageHolds(`signature="${C2_SIGNATURE}", ${covered}, algorithm="hs2019", keyId="Test"`));
  assert.ok(cavageHolds(`keyId="Test" , ${covered} , signature="${C2_SIGNATURE}"`));
  assert.ok(!cavageHolds(`keyId="Test",headers="host date",signature="${C2_SIGNATURE}"`));
});

test("the draft's all-headers test (C.3) holds as a whole request, as Mastodon sends them", () => {
  // Its printed header list also names (created) and (expires), which the printed signature does not cover.
  const covered = 'headers="(request-target) host date content-type digest content-length"';
  const signature = `keyId="Test",algorithm="rsa-sha256",${covered},signature="${C3_SIGNATURE}"`;
  const sent = request("example.com", CAVAGE_REQUEST.path, { ...CAVAGE_HEADERS, signature });
  const claim = readSignature(sent, Temporal.Instant.from("2014-01-05T21:31:41Z"));
  assert.ok("verify" in claim);
  assert.equal(claim.keyId, "Test");
  assert.ok(claim.verify(CAVAGE_KEY));
  assert.ok(!claim.verify(RSA_KEY));
});

const RFC_HEADERS = {
  date: "Tue, 20 Apr 2021 02:07:55 GMT",
  "content-type": "application/json",
  "content-digest":
    "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:",
  "content-length": "18",
};
const RFC_REQUEST = request("example.com", "/foo?param=Value&Pet=dog", RFC_HEADERS);

function messageHolds(sent: SignedRequest, input: string, signature: string, key: string): boolean {
  const [parsed] = parseMessageSignatures(input, signature) ?? [];
  assert.ok(parsed);
  const made = messageBase(sent, parsed);
  return "base" in made && verifyMessage(made.base, parsed, key);
}

test("the RFC's minimal signature (B.2.1) holds: rsa-pss-sha512 with a nonce and no component", () => {
  const input = 'sig-b21=();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd"';
  const signature =
    "sig-b21=:d2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/lkbbHAve4cRAtx31Iq786U7it++wgGxbtRxf8Udx7z" +
    "FZsckzXaJMkA7ChG52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/Z2cOGdCbzR72rgFWhzx2VjBqJzsPLMIQKhO4DGezXe" +
    "hhWwE56YCE+O6c0mKZsfxVrogUvA4HELjVKWmAvtl6UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH1g+s++v6d4s8m0gCw1fV5/SITLq9mhho" +
    "8K3+7EPYTU8IU1bLhdxO5Nyt8C8ssinQ98Xw9Q==:";
  assert.ok(messageHolds(RFC_REQUEST, input, signature, RSA_PSS_KEY));
});

test("the RFC's full coverage (B.2.3) holds as a whole request", () => {
  const input =
    'sig-b23=("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content-length")' +
    ';created=1618884473;keyid="test-key-rsa-pss"';
  const signature =
    "sig-b23=:bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2vo" +
    "Tp768ZrCUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmIkoQo" +
    "Ld7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX2Zbh" +
    "l5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA==:";
  const sent = request("example.com", RFC_REQUEST.path, {
    ...RFC_HEADERS,
    "signature-input": input,
    signature,
  });
  const claim = readSignature(sent, Temporal.Instant.from("2021-04-20T02:08:00Z"));
  assert.ok("verify" in claim);
  assert.deepEqual([claim.keyId, claim.scheme], ["test-key-rsa-pss", "rfc9421"]);
  assert.ok(claim.verify(RSA_PSS_KEY));
  assert.ok(!claim.verify(RSA_KEY));
});

test("the RFC's ed25519 signature (B.2.6) holds, and ours of the same request is the same", () => {
  const covered = ["date", "@method", "@path", "@authority", "content-type", "content-length"];
  const input =
    'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length")' +
    ';created=1618884473;keyid="test-key-ed25519"';
  const signature =
    "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:";
  assert.ok(messageHolds(RFC_REQUEST, input, signature, ED25519_KEY));
  const ours = signMessage({
    request: RFC_REQUEST,
    covered,
    privateKeyPem: ED25519_PRIVATE_KEY,
    algorithm: "ed25519",
    parameters: { created: 1618884473, keyid: "test-key-ed25519" },
    label: "sig-b26",
  });
  assert.deepEqual(ours, { "Signature-Input": input, Signature: signature });
});

test("the RFC's proxy signature (4.3) holds: rsa-v1_5-sha256 by name, until it expires", () => {
  const headers = {
    ...RFC_HEADERS,
    date: "Tue, 20 Apr 2021 02:07:56 GMT",
    forwarded: "for=192.0.2.123;host=example.com;proto=https",
    "signature-input":
      'proxy_sig=("@method" "@authority" "@path" "content-digest" "content-type" "content-length" "forwarded")' +
      ';created=1618884480;keyid="test-key-rsa";alg="rsa-v1_5-sha256";expires=1618884540',
    signature:
      "proxy_sig=:S6ZzPXSdAMOPjN/6KXfXWNO/f7V6cHm7BXYUh3YD/fRad4BCaRZxP+JH+8XY1I6+8Cy+CM5g92iHgxtRPz+MjniOaYmd" +
      "kDcnL9cCpXJleXsOckpURl49GwiyUpZ10KHgOEe11sx3G2gxI8S0jnxQB+Pu68U9vVcasqOWAEObtNKKZd8tSFu7LB5YAv0RAGhB8tmp" +
      "v7sFnIm9y+7X5kXQfi8NMaZaA8i2ZHwpBdg7a6CMfwnnrtflzvZdXAsD3LH2TwevU+/PBPv0B6NMNk93wUs/vfJvye+YuI87HU38lZHo" +
      "wtznbLVdp770I6VHR6WfgS9ddzirrswsE1w5o0LV/g==:",
  };
  const sent = request("origin.host.internal.example", "/foo", headers);
  const claim = readSignature(sent, Temporal.Instant.fromEpochMilliseconds(1618884540_000));
  assert.ok("verify" in claim && claim.verify(RSA_KEY));
  const later = readSignature(sent, Temporal.Instant.fromEpochMilliseconds(1618884541_000));
  assert.ok("refused" in later);
  assert.equal(later.refused, "stale-date");
});

test("digests printed in both documents match their body", () => {
  assert.equal(verifyDigest(CAVAGE_REQUEST.headers, BODY), "match");
  assert.equal(verifyDigest(RFC_REQUEST.headers, BODY), "match");
});

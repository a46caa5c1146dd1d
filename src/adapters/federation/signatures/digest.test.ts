import assert from "node:assert/strict";
import { test } from "node:test";
import { contentDigestHeader, digestHeader, verifyDigest } from "./digest.ts";

const body = Buffer.from("hej");

function judge(headers: Record<string, string>) {
  return verifyDigest((name) => headers[name], body);
}

test("what we write we accept, under either name", () => {
  assert.equal(judge({ digest: digestHeader(body) }), "match");
  assert.equal(judge({ "content-digest": contentDigestHeader("hej") }), "match");
  assert.equal(judge({}), "missing");
});

test("the name of the algorithm may be written in any case, among others that we don't know", () => {
  const known = digestHeader(body).replace("SHA-256", "sha-256");
  assert.equal(judge({ digest: `unixsum=30637, ${known}` }), "match");
  assert.equal(judge({ "content-digest": `${contentDigestHeader(body)}, md5=:AAAA:` }), "match");
});

test("another body, an unknown algorithm alone, or two digests that disagree are a mismatch", () => {
  assert.equal(judge({ digest: digestHeader("hopp") }), "mismatch");
  assert.equal(judge({ digest: "MD5=AAAA" }), "mismatch");
  assert.equal(judge({ digest: "" }), "mismatch");
  assert.equal(judge({ digest: `${digestHeader(body)}, ${digestHeader("hopp")}` }), "mismatch");
  const both = { digest: digestHeader(body), "content-digest": contentDigestHeader("hopp") };
  assert.equal(judge(both), "mismatch");
});

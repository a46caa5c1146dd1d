import assert from "node:assert/strict";
import { test } from "node:test";
import { refuseUrl } from "./outbound-url.ts";

const strict = { allowPrivateNetwork: false };
const lax = { allowPrivateNetwork: true };

function reason(url: string, policy = strict, from?: string) {
  return refuseUrl(new URL(url), policy, from === undefined ? undefined : new URL(from))?.reason;
}

test("https on its own port or a high one may be fetched", () => {
  for (const url of [
    "https://a.example/",
    "https://a.example:8443/",
    "https://1.1.1.1/",
    "https://a.example:80/",
  ])
    assert.equal(reason(url), undefined, url);
});

test("other protocols, credentials, low ports and plain http are refused", () => {
  for (const url of [
    "ftp://a.example/",
    "file:///etc/passwd",
    "https://u:p@a.example/",
    "https://u@a.example/",
  ]) {
    assert.equal(reason(url), "bad-url", url);
    assert.equal(reason(url, lax), "bad-url", url);
  }
  for (const url of ["http://a.example/", "https://a.example:22/", "https://a.example:25/"])
    assert.equal(reason(url), "bad-url", url);
});

test("a literal private address is refused in every spelling", () => {
  for (const host of [
    "127.0.0.1",
    "0x7f.1",
    "2130706433",
    "[::1]",
    "[::ffff:10.0.0.1]",
    "169.254.169.254",
    "0",
  ])
    assert.equal(reason(`https://${host}/`), "blocked-address", host);
});

test("a redirect never leaves https, even where http is allowed", () => {
  assert.equal(reason("http://a.example/", lax), undefined);
  assert.equal(reason("http://a.example/", lax, "http://b.example/"), undefined);
  assert.equal(reason("http://a.example/", lax, "https://b.example/"), "bad-url");
});

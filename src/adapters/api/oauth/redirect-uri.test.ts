import assert from "node:assert/strict";
import { test } from "node:test";
import { answerAt, destinationOf, formActionOf, outOfBand, refusalOf } from "./redirect-uri.ts";

test("an app is answered at its site, its scheme, its own machine or on the page", () => {
  for (const uri of [
    "https://app.example/callback",
    "https://app.example",
    "https://app.example/callback?from=torg",
    "myapp://oauth",
    "se.example.app:/oauth",
    "http://localhost:1234/",
    "http://127.0.0.1/callback",
    "http://[::1]:1234/",
    outOfBand,
  ])
    assert.equal(refusalOf(uri), undefined, uri);
});

test("an app is not answered where something would run, or others would read", () => {
  for (const uri of [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "data:text/html,hej",
    "vbscript:x",
    "blob:https://app.example/1",
    "file:///etc/passwd",
    "intent://scan/#Intent;end",
    "/callback",
    "app.example",
    "",
    "https://app.example/#fragment",
    "https://app.example/#",
    "https://torg.example@evil.example/",
    "http://app.example/callback",
    "http://localhost.evil.example/",
    "http://127.0.0.1.evil.example/",
    "https://app.example/\r\nset-cookie: a=b",
    "https://åäö.example/",
    "urn:something:else",
    "https:/deck",
    "https:app.example",
    "HTTP:/localhost",
  ])
    assert.notEqual(refusalOf(uri), undefined, uri);
});

test("an answer keeps the address as it was registered", () => {
  assert.equal(answerAt("myapp://Oauth", { code: "a b" }), "myapp://Oauth?code=a+b");
  assert.equal(
    answerAt("https://app.example/?x=%20", { code: "1", state: undefined }),
    "https://app.example/?x=%20&code=1",
  );
});

test("the policy of the page lets the form lead to the app and no further than it must", () => {
  assert.equal(formActionOf("https://app.example/callback"), "'self' https:");
  assert.equal(formActionOf("http://127.0.0.1:1234/x"), "'self' http://127.0.0.1:1234");
  assert.equal(formActionOf("http://[::1]:1234/x"), "'self' http:");
  assert.equal(formActionOf("se.example.app:/x"), "'self' se.example.app:");
  assert.equal(formActionOf(outOfBand), "'self'");
});

test("who will be answered is said as it is", () => {
  assert.deepEqual(destinationOf("https://app.example:8443/a"), { kind: "site", host: "app.example:8443" });
  assert.deepEqual(destinationOf("myapp://a"), { kind: "app", scheme: "myapp" });
  assert.deepEqual(destinationOf("http://localhost:1/"), { kind: "own-machine" });
  assert.deepEqual(destinationOf(outOfBand), { kind: "shown" });
});

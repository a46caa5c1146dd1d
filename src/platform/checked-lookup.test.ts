import assert from "node:assert/strict";
import type { LookupAddress } from "node:dns";
import { test } from "node:test";
import { BlockedAddress, checkedLookup, type Resolve } from "./checked-lookup.ts";

function ask(resolve: Resolve, allowPrivateNetwork = false): Promise<string | LookupAddress[]> {
  const { promise, resolve: done, reject } = Promise.withResolvers<string | LookupAddress[]>();
  checkedLookup(resolve, allowPrivateNetwork)("a.example", { all: true }, (error, addresses) =>
    error ? reject(error) : done(addresses),
  );
  return promise;
}

test("the socket gets exactly the answer that was judged, so rebinding has no second chance", async () => {
  const answers = ["1.1.1.1", "127.0.0.1"];
  let asked = 0;
  const resolve = async () => [{ address: answers[asked++] ?? "", family: 4 }];
  assert.deepEqual(await ask(resolve), [{ address: "1.1.1.1", family: 4 }]);
  assert.equal(asked, 1);
  await assert.rejects(ask(resolve), BlockedAddress);
});

test("private addresses pass only where they are allowed", async () => {
  const resolve = async () => [{ address: "10.0.0.1", family: 4 }];
  await assert.rejects(ask(resolve), /10\.0\.0\.1, which is not public/);
  assert.deepEqual(await ask(resolve, true), [{ address: "10.0.0.1", family: 4 }]);
});

test("a name without addresses and a resolver that fails are errors", async () => {
  await assert.rejects(
    ask(async () => []),
    { code: "ENOTFOUND" },
  );
  await assert.rejects(
    ask(() => Promise.reject(Object.assign(new Error("x"), { code: "EAI_AGAIN" }))),
    {
      code: "EAI_AGAIN",
    },
  );
});

test("connections opened to a host at the same moment ask for its name once, and the next one asks anew", async () => {
  let asked = 0;
  const resolve = async () => [{ address: `1.1.1.${++asked}`, family: 4 }];
  const look = checkedLookup(resolve, false);
  const once = () =>
    new Promise((done, fail) => {
      look("a.example", { all: true }, (error, addresses) => (error ? fail(error) : done(addresses)));
    });
  const first = [{ address: "1.1.1.1", family: 4 }];
  assert.deepEqual(await Promise.all([once(), once(), once()]), [first, first, first]);
  assert.deepEqual(await once(), [{ address: "1.1.1.2", family: 4 }]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import type { SafeFetch, SafeFetchResult } from "#platform/safe-fetch.ts";
import { createLinkCheck } from "./link-check.ts";

let now = Temporal.Instant.from("2026-11-23T08:00:00Z");
const clock = () => now;

/** Answers with a status, or with why there was no answer; says how many were asked at once. */
function network(answers: Record<string, number | "timeout" | "too-large" | "blocked-address">) {
  const asked: string[] = [];
  let open = 0;
  let most = 0;
  const fetch: SafeFetch = async (url) => {
    asked.push(String(url));
    most = Math.max(most, ++open);
    await new Promise((resolve) => setImmediate(resolve));
    open--;
    const answer = answers[String(url)] ?? 200;
    if (typeof answer === "string") return { ok: false, reason: answer, message: "" };
    const nothing = new Uint8Array();
    const headers = { get: () => undefined };
    return {
      ok: true,
      status: answer,
      headers,
      body: nothing,
      text: () => "",
      json: () => null,
      url: "",
    } satisfies SafeFetchResult;
  };
  return { fetch, asked, most: () => most };
}

const settled = async () => {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
};

test("a page is asked for in the background, once, and what it said is known the next time", async () => {
  const world = network({
    "https://b.test/": 404,
    "https://c.test/": "timeout",
    "https://d.test/": 403,
    "https://e.test/": "too-large",
  });
  const state = createLinkCheck({ fetch: world.fetch, clock });
  const all = () => ["a", "b", "c", "d", "e"].map((name) => state(`https://${name}.test/`));
  assert.deepEqual(all(), ["pending", "pending", "pending", "pending", "pending"]);
  all();
  await settled();
  assert.deepEqual(all(), ["answers", "silent", "silent", "answers", "answers"]);
  assert.equal(world.asked.length, 5);
  assert.ok(world.most() <= 4, "a few at a time");
});

test("after a while a page is asked for again", async () => {
  const world = network({});
  const state = createLinkCheck({ fetch: world.fetch, clock });
  state("https://a.test/");
  await settled();
  now = now.add({ minutes: 16 });
  assert.equal(state("https://a.test/"), "pending");
  await settled();
  assert.equal(world.asked.length, 2);
});

test("however many there are, what is remembered does not grow without bound", async () => {
  const world = network({});
  const state = createLinkCheck({ fetch: world.fetch, clock });
  for (let n = 0; n < 1_200; n++) {
    if (n % 200 === 0) now = now.add({ minutes: 1 });
    state(`https://${n % 60}.test/${n}`);
  }
  for (let turn = 0; turn < 20; turn++) await settled();
  assert.ok(world.asked.length <= 1_200);
  assert.equal(state("https://0.test/0"), "pending");
});

test("a colleague's hand is no tool for knocking at one door over and over, nor at very many", async () => {
  const world = network({});
  const state = createLinkCheck({ fetch: world.fetch, clock });
  for (let n = 0; n < 200; n++) state(`https://victim.test/${n}`);
  await settled();
  assert.ok(world.asked.length <= 20, `${world.asked.length} at one host`);
  for (let n = 0; n < 1_000; n++) state(`https://${n}.test/`);
  for (let turn = 0; turn < 20; turn++) await settled();
  assert.ok(world.asked.length <= 240, `${world.asked.length} in a minute`);
  now = now.add({ minutes: 1 });
  assert.equal(state("https://victim.test/later"), "pending");
  await settled();
  assert.ok(world.asked.includes("https://victim.test/later"), "the next minute it is asked");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { allDone, holdUntilDone } from "./under-way.ts";

test("whoever stops waits for what is under way, and for what that begins, however it ends", async () => {
  const stopping = new AbortController().signal;
  const said: string[] = [];
  const step = async (words: string, next?: () => void) => {
    await new Promise((resolve) => setImmediate(resolve));
    said.push(words);
    next?.();
  };
  holdUntilDone(
    stopping,
    step("first", () => holdUntilDone(stopping, step("then"))),
  );
  holdUntilDone(stopping, Promise.reject(new Error("stumbled")));
  await allDone(stopping);
  assert.deepEqual(said, ["first", "then"]);
});

test("where nothing is under way, or another is to stop, nobody waits", async () => {
  holdUntilDone(new AbortController().signal, new Promise(() => {}));
  await allDone(new AbortController().signal);
});

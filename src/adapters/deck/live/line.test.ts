import assert from "node:assert/strict";
import { test } from "node:test";
import type { Listener } from "./line.ts";
import { openLine } from "./line.ts";

const who = {} as Listener;

test("a reader gets each event with its number", async () => {
  const { line, body } = openLine(who, () => {});
  line.send({ kind: "changes", number: "7", data: [{ gone: "1" }] });
  line.send({ kind: "pulse", number: "8" });
  line.close();
  assert.equal(
    await new Response(body).text(),
    'event: changes\nid: 7\ndata: [{"gone":"1"}]\n\n: still here\nid: 8\n\n',
  );
});

test("a reader that takes nothing is dropped, and only once", () => {
  let closed = 0;
  const { line } = openLine(who, () => closed++);
  for (let n = 0; n < 40; n++) line.send({ kind: "changes", data: "x".repeat(32 * 1024) });
  assert.equal(closed, 1);
});

test("a reader that leaves is noticed", async () => {
  let closed = 0;
  const { body } = openLine(who, () => closed++);
  await body.cancel();
  assert.equal(closed, 1);
});

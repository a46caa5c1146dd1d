import assert from "node:assert/strict";
import { test } from "node:test";
import { PresenceBoard, signMs, type Sign } from "./board.ts";

const sign = (more: Partial<Sign> = {}): Sign => ({
  authority: "1",
  thread: "7",
  person: "maria",
  name: "Maria",
  tab: "a",
  doing: "reading",
  ...more,
});

test("a thread looks different when somebody comes, begins to write and goes, and not in between", () => {
  const board = new PresenceBoard();
  assert.equal(board.note(sign(), 0), true);
  assert.equal(board.note(sign(), 10_000), false);
  assert.equal(board.note(sign({ doing: "writing" }), 11_000), true);
  assert.deepEqual(board.inThread("1", "7"), [{ person: "maria", name: "Maria", doing: "writing" }]);
  assert.equal(board.note(sign({ doing: "gone" }), 12_000), true);
  assert.deepEqual(board.inThread("1", "7"), []);
  assert.deepEqual(board.threadsOf("1"), []);
});

test("whoever is no longer heard from is forgotten", () => {
  const board = new PresenceBoard();
  board.note(sign(), 0);
  board.note(sign({ person: "bo", name: "Bo" }), 10_000);
  assert.deepEqual(board.sweep(signMs - 1), []);
  assert.deepEqual(board.sweep(signMs), [{ authority: "1", thread: "7" }]);
  assert.deepEqual(
    board.inThread("1", "7").map((one) => one.name),
    ["Bo"],
  );
  board.sweep(signMs + 10_000);
  assert.deepEqual(board.threadsOf("1"), []);
});

test("a person with several tabs is one, and writes if one of them does", () => {
  const board = new PresenceBoard();
  board.note(sign({ doing: "writing" }), 0);
  assert.equal(board.note(sign({ tab: "b" }), 0), false);
  assert.equal(board.note(sign({ doing: "gone" }), 0), true);
  assert.deepEqual(
    board.inThread("1", "7").map((one) => one.doing),
    ["reading"],
  );
});

test("threads of one authority are not those of another", () => {
  const board = new PresenceBoard();
  board.note(sign(), 0);
  assert.deepEqual(board.inThread("2", "7"), []);
  assert.deepEqual(board.threadsOf("2"), []);
});

test("nobody can be in so many places that the memory fills", () => {
  const board = new PresenceBoard();
  for (let n = 0; n < 1_000; n++) board.note(sign({ thread: String(n), tab: String(n) }), 0);
  assert.ok(board.threadsOf("1").length < 50);
});

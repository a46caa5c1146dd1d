import assert from "node:assert/strict";
import { test } from "node:test";
import { messageOf, type Listener } from "./listener.ts";
import { listenOver } from "./socket-listener.ts";

const who = {} as Listener;
const message = messageOf({ name: "user", subject: undefined }, "delete", "7");

function fakeSocket() {
  const done: string[] = [];
  let waiting = 0;
  return {
    done,
    wait: (bytes: number) => (waiting = bytes),
    send: (text: string) => void done.push(text),
    waiting: () => waiting,
    close: (code: number) => void done.push(`closed ${code}`),
    cut: () => void done.push("cut"),
  };
}

test("a reader that takes nothing is cut, once, and sent nothing more", () => {
  const socket = fakeSocket();
  let closed = 0;
  const listener = listenOver(socket, who, () => closed++);
  listener.send(message);
  socket.wait(10 * 1024 * 1024);
  listener.send(message);
  listener.send(message);
  listener.close();
  const text = '{"stream":["user"],"event":"delete","payload":"7"}';
  assert.deepEqual(socket.done, [text, text, "cut"]);
  assert.equal(closed, 1);
});

test("a connection that is ended in good order says that we go away", () => {
  const socket = fakeSocket();
  const listener = listenOver(socket, who, () => {});
  listener.close();
  listener.close();
  assert.deepEqual(socket.done, ["closed 1001"]);
});

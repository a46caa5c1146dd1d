import assert from "node:assert/strict";
import { test } from "node:test";
import { openEventStream } from "./event-stream.ts";
import { messageOf, type Listener } from "./listener.ts";

const who = {} as Listener;
const user = { name: "user", subject: undefined } as const;

test("a reader gets a greeting, then each event, then a beat", async () => {
  const { listener, body } = openEventStream(who, () => {});
  listener.send(messageOf(user, "delete", "7"));
  listener.beat();
  listener.close();
  assert.equal(await new Response(body).text(), ":)\nevent: delete\ndata: 7\n\n:thump\n");
});

test("a reader that takes nothing is dropped, and only once", () => {
  let closed = 0;
  const { listener } = openEventStream(who, () => closed++);
  for (let n = 0; n < 40; n++) listener.send(messageOf(user, "update", "x".repeat(32 * 1024)));
  assert.equal(closed, 1);
});

test("a reader that leaves is noticed", async () => {
  let closed = 0;
  const { body } = openEventStream(who, () => closed++);
  await body.cancel();
  assert.equal(closed, 1);
});

test("a message names its stream, and what it is about where it is about something", () => {
  assert.equal(
    messageOf({ name: "hashtag", subject: "simhall" }, "update", "{}").asText(),
    '{"stream":["hashtag","simhall"],"event":"update","payload":"{}"}',
  );
  assert.equal(
    messageOf(user, "filters_changed", undefined).asText(),
    '{"stream":["user"],"event":"filters_changed"}',
  );
});

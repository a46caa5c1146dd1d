import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startSnac } from "./snac.ts";

const [alice, bob] = await Promise.all([
  startSnac({ name: "a.test", address: "127.0.0.2", user: "alice" }),
  startSnac({ name: "b.test", address: "127.0.0.3", user: "bob" }),
]);
after(() => Promise.all([alice.stop(), bob.stop()]));

test("two servers that nobody here wrote follow each other and exchange a reply", async () => {
  await alice.follow(bob.handle);
  await bob.follow(alice.actor);
  await alice.followedBy(bob.actor);
  await bob.followedBy(alice.actor);

  const question = await alice.post("När öppnar biblioteket?");
  const answer = await bob.post("Klockan tio.", { inReplyTo: question.uri });
  const received = await alice.received(answer.uri);

  assert.match(received.content, /Klockan tio/);
  assert.equal(received.in_reply_to_id, question.id);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { makeAccessToken } from "#domain/accounts/access-token.ts";
import { receivePost } from "#domain/posts/receive-post.ts";
import { exampleAuthority, exampleIncoming, exampleRemote } from "../example.ts";
import { fileScope } from "../file-scope.ts";
import { newDevice, opened, startPushService } from "../push-service.ts";
import { openEventsEar, openSocketEar } from "../stream-ear.ts";
import { startWholeTorg } from "../whole/torg.ts";

const scope = fileScope();

test("a Torg that stops ends the streams that are open, and waits for none", async () => {
  const { token, origin, whole } = await inUse();
  const headers = { authorization: `Bearer ${token}` };
  const events = await openEventsEar(origin, "user", headers);
  const socket = await openSocketEar(origin, { query: { stream: "user" }, headers });
  assert.deepEqual([events.status, socket.status], [200, 101]);
  await whole.torg.stop();
  assert.equal(await socket.ended, 1001);
  await events.ended;
});

test("a whole Torg tells open streams, and the devices that asked for it, of what has come", async () => {
  const { token, origin, whole, example } = await inUse();
  const { authority, office } = example;
  const service = await startPushService(scope);
  const device = newDevice();
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const subscription = { endpoint: service.urlOf("/phone"), keys: device.keys, standard: true };
  const subscribed = await fetch(`${origin}/api/v1/push/subscription`, {
    method: "POST",
    headers,
    body: JSON.stringify({ subscription, data: { alerts: { mention: true } } }),
  });
  assert.equal(subscribed.status, 200);
  const socket = await openSocketEar(origin, { query: { stream: "user", access_token: token } });
  assert.ok(await socket.ask(""));
  const asa = await exampleRemote(whole.db, authority, "asa", "social.test");
  const said = exampleIncoming({
    uri: "https://social.test/posts/1",
    author: asa,
    source: "Är det öppet?",
    mentioned: [office.id],
  });
  await whole.torg.services.db.as(authority.id, (tx) => receivePost(tx, authority.id, said, "always"));
  const heard = (await socket.until("notification")).at(-1);
  assert.match(heard?.payload ?? "", /Är det öppet\?/);
  assert.equal(opened(await service.arrivedAt("/phone"), device).message.body, "Är det öppet?");
  socket.cut();
});

async function inUse() {
  const whole = await startWholeTorg(scope);
  const [host] = whole.hosts;
  const example = await exampleAuthority(whole.db, { domain: host });
  const wanted = { person: example.person, account: example.office.id, scopes: ["read", "push"] };
  const made = await whole.db.as(example.authority.id, (tx) =>
    makeAccessToken(tx, example.authority.id, wanted),
  );
  if (made.outcome !== "made") throw new Error(made.outcome);
  return { whole, example, token: made.token, origin: `http://${host}` };
}

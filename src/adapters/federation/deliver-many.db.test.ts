import assert from "node:assert/strict";
import { createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { test, type TestContext } from "node:test";
import { listPeers } from "#domain/deliveries/peer.ts";
import { deliveryWorld } from "#test/delivery-world.ts";
import { exampleSink } from "#test/federation-world.ts";
import { waitFor } from "#test/interop/wait-for.ts";
import { deliverTo } from "./deliver.ts";
import { deliverJob } from "./deliver-jobs.ts";

test("a hundred servers that never answer hold up neither the others nor the worker", async (t) => {
  const { services, authority, queue, states } = await deliveryWorld(t);
  const stuck = await neverAnswering(t);
  const asleep = Array.from({ length: 100 }, (_, n) => `127.6.0.${n + 1}:${stuck.port}`);
  const sinks = await Promise.all(Array.from({ length: 10 }, () => exampleSink(t)));
  const hosts = [...asleep, ...sinks.map((sink) => sink.host)];
  await queue(
    "{}",
    hosts.map((host) => `http://${host}/inbox`),
  );
  const deliver = deliverJob(services);
  await deliver({ authority: authority.id, hosts: hosts.join(" ") });
  await waitFor(async () => (await states()).filter((state) => state === "delivered").length === 10, {
    what: "all that answer",
  });
  for (const sink of sinks) assert.equal(sink.received.length, 1);
  const troubled = async () => {
    const peers = await services.db.read(authority.id, (tx) => listPeers(tx, authority.id));
    return peers.filter((peer) => peer.failures > 0).length;
  };
  assert.equal(await troubled(), 0, "those asleep are still being waited for");
  assert.equal(stuck.open(), 100);
  stuck.end();
  await waitFor(async () => (await troubled()) === 100, { what: "a pause for each of those asleep" });
});

test("what many refuse is written together, each with its own reason", async (t) => {
  const { services, authority, queue, states } = await deliveryWorld(t);
  const sinks = await Promise.all(
    [401, 403, 410].map((status) => exampleSink(t, (_, response) => response.writeHead(status).end())),
  );
  await queue(
    "{}",
    sinks.map((sink) => `${sink.origin}/inbox`),
  );
  await deliverJob(services)({ authority: authority.id, hosts: sinks.map((sink) => sink.host).join(" ") });
  await waitFor(async () => (await states()).every((state) => state === "refused"), { what: "all refused" });
  const rows = await services.db.read(
    authority.id,
    (tx) => tx<{ host: string; error: string; attempts: number }[]>`
      select host, error, attempts from delivery order by error`,
  );
  assert.deepEqual(
    rows.map(({ host, error, attempts }) => [host, error, attempts]),
    sinks.map((sink, n) => [sink.host, `answered ${[401, 403, 410][n]}`, 1]),
  );
});

test("a host that fails after it took some is paused, and what it took is not sent again", async (t) => {
  const { services, authority, queue, states, peer } = await deliveryWorld(t);
  const sink = await exampleSink(t, (request, response) =>
    response.writeHead(request.body.includes("3") ? 503 : 202).end(),
  );
  for (const id of [1, 2, 3]) await queue(`{"id":${id}}`, [`${sink.origin}/inbox`]);
  await deliverJob(services)({ authority: authority.id, host: sink.host });
  await waitFor(async () => (await peer(sink.host))?.failures === 1, { what: "the failure" });
  assert.deepEqual(await states(), ["delivered", "delivered", "waiting"]);
  assert.ok((await peer(sink.host))?.nextAt);
  const [job] = await services.db.system(
    (tx) => tx<{ key: string }[]>`select key from graphile_worker.jobs where run_at > clock_timestamp()`,
  );
  assert.equal(job?.key, `deliver:${authority.id}:${sink.host}`);
});

test("after a fault of ours a host's turn is over only when nobody posts to it any more", async (t) => {
  const { services, authority, queue, states } = await deliveryWorld(t);
  const sink = await exampleSink(t);
  const begun = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const happened: string[] = [];
  const fetch: typeof services.fetch = async (url, options) => {
    if (new URL(url).pathname === "/faulty") {
      await begun.promise;
      throw new Error("a mistake of ours");
    }
    begun.resolve();
    await goOn.promise;
    const answer = await services.fetch(url, options);
    happened.push("posted");
    return answer;
  };
  await queue("{}", [`${sink.origin}/faulty`, `${sink.origin}/slow`]);
  await queue("{}", [`${sink.origin}/slow`]);
  const round = deliverTo({ ...services, fetch }, authority.id, sink.host);
  const over = round.catch((error: unknown) => void happened.push(String(error)));
  await begun.promise;
  await new Promise((resolve) => setImmediate(resolve));
  goOn.resolve();
  await over;
  // What was under way is finished, and nothing more begun.
  assert.deepEqual(happened, ["posted", "Error: a mistake of ours"]);
  assert.deepEqual((await states()).toSorted(), ["delivered", "waiting", "waiting"]);
});

/** Takes every connection to any address of loopback, and says nothing. */
async function neverAnswering(
  t: TestContext,
): Promise<{ port: number; open: () => number; end: () => void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve));
  const end = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  t.after(end);
  return { port: (server.address() as AddressInfo).port, open: () => sockets.size, end };
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { siteOf, type Services } from "#context.ts";
import { listPeers } from "#domain/deliveries/peer.ts";
import { deliveryWorld } from "#test/delivery-world.ts";
import { waitFor } from "#test/interop/wait-for.ts";
import { deliverTo } from "./deliver.ts";
import { deliverJob, resumeDeliveries } from "./deliver-jobs.ts";
import { keyUri } from "./documents/own-uris.ts";
import { exampleSink, type Received } from "#test/federation-world.ts";
import { readSignature } from "./signatures/verify-request.ts";

test("a delivery is signed by its account, and posted in the order it was queued in", async (t) => {
  const { services, authority, account, queue, states } = await deliveryWorld(t);
  const sink = await exampleSink(t);
  for (const id of ["1", "2", "3"]) await queue(`{"id":"${id}"}`, [`${sink.origin}/inbox`]);
  await deliverTo(services, authority.id, sink.host);
  assert.deepEqual(
    sink.received.map((one) => one.body),
    ['{"id":"1"}', '{"id":"2"}', '{"id":"3"}'],
  );
  assert.deepEqual(await states(), ["delivered", "delivered", "delivered"]);
  const [first] = sink.received;
  assert.ok(first);
  const claim = readSignature(asSigned(first, sink.host), services.clock());
  assert.ok("verify" in claim);
  assert.equal(claim.keyId, keyUri(siteOf(services.config, authority), account.id));
  assert.ok(claim.verify(account.publicKey ?? ""));
});

test("a refusal is kept with its reason and stops nothing else", async (t) => {
  const { services, authority, queue, states, peer } = await deliveryWorld(t);
  const sink = await exampleSink(t, (request, response) => {
    response.writeHead(request.path === "/gone" ? 410 : 202).end();
  });
  await queue("{}", [`${sink.origin}/gone`, `${sink.origin}/inbox`]);
  await queue("{}", [`${sink.origin}/inbox`]);
  await deliverTo(services, authority.id, sink.host);
  assert.deepEqual((await states()).toSorted(), ["delivered", "delivered", "refused"]);
  assert.equal((await peer(sink.host))?.failures, 0);
});

test("a host in trouble is asked once, then everything for it waits as long as it asks", async (t) => {
  const { services, authority, queue, states, peer } = await deliveryWorld(t);
  let status = 503;
  const sink = await exampleSink(t, (_, response) =>
    response.writeHead(status, { "retry-after": "3600" }).end(),
  );
  await queue("{}", [`${sink.origin}/inbox`]);
  await queue("{}", [`${sink.origin}/inbox`]);
  const begin = Temporal.Now.instant();
  await deliverTo(services, authority.id, sink.host);
  assert.equal(sink.received.length, 1);
  assert.deepEqual(await states(), ["waiting", "waiting"]);
  const paused = await peer(sink.host);
  assert.equal(paused?.failures, 1);
  assert.ok(paused?.nextAt && Temporal.Instant.compare(paused.nextAt, begin.add({ seconds: 3590 })) > 0);
  const [job] = await jobs(services);
  assert.ok(job && Temporal.Instant.compare(job.runAt, begin.add({ seconds: 3590 })) > 0);

  await deliverTo(services, authority.id, sink.host);
  assert.equal(sink.received.length, 1, "not asked during the pause");
  status = 202;
  const later = { ...services, clock: () => Temporal.Now.instant().add({ hours: 2 }) };
  await deliverTo(later, authority.id, sink.host);
  assert.deepEqual(await states(), ["delivered", "delivered"]);
  assert.equal((await peer(sink.host))?.failures, 0);
});

test("one delivery that a host stumbles over, time after time, holds up the others no longer", async (t) => {
  const { services, authority, queue, states } = await deliveryWorld(t);
  const sink = await exampleSink(t, (request, response) => {
    response.writeHead(request.body.includes("poison") ? 500 : 202).end();
  });
  await queue('{"id":"poison"}', [`${sink.origin}/inbox`]);
  await queue('{"id":"well"}', [`${sink.origin}/inbox`]);
  for (let hours = 0; hours <= 3; hours++) {
    assert.deepEqual(await states(), ["waiting", "waiting"]);
    const later = { ...services, clock: () => Temporal.Now.instant().add({ hours }) };
    await deliverTo(later, authority.id, sink.host);
  }
  assert.deepEqual(await states(), ["refused", "delivered"]);
  assert.equal(sink.received.filter((one) => one.body.includes("well")).length, 1);
});

test("after a week without an answer what waits is given up", async (t) => {
  const { services, authority, queue, states } = await deliveryWorld(t);
  const sink = await exampleSink(t, (_, response) => response.writeHead(500).end());
  await queue("{}", [`${sink.origin}/inbox`]);
  await deliverTo(services, authority.id, sink.host);
  await deliverTo(
    { ...services, clock: () => Temporal.Now.instant().add({ hours: 24 * 8 }) },
    authority.id,
    sink.host,
  );
  assert.deepEqual(await states(), ["given-up"]);
});

test("an address inside is never posted to", async (t) => {
  const { services, authority, queue, states } = await deliveryWorld(t);
  const { createSafeFetch } = await import("#platform/safe-fetch.ts");
  const strict = createSafeFetch({ allowPrivateNetwork: false, userAgent: "Torg test" });
  t.after(() => strict.close());
  const sink = await exampleSink(t);
  await queue("{}", [`https://${sink.host}/inbox`]);
  await deliverTo({ ...services, fetch: strict }, authority.id, sink.host);
  assert.deepEqual(await states(), ["refused"]);
  assert.equal(sink.received.length, 0);
});

test("a dead peer delays nobody: with one that hangs, the other has everything at once", async (t) => {
  const { services, authority, queue, states } = await deliveryWorld(t);
  const held: (() => void)[] = [];
  const hanging = await exampleSink(t, (_, response) => {
    held.push(() => response.writeHead(202).end());
  });
  const well = await exampleSink(t);
  await queue("{}", [`${hanging.origin}/inbox`, `${well.origin}/inbox`]);
  const deliver = deliverJob(services);
  await deliver({ authority: authority.id, host: hanging.host });
  await waitFor(() => hanging.received.length === 1, { what: "the one that hangs" });
  await deliver({ authority: authority.id, host: well.host });
  await waitFor(() => well.received.length === 1, { what: "the one that answers" });
  for (const release of held) release();
  await waitFor(async () => (await states()).every((state) => state === "delivered"), { what: "both" });
});

test("two workers never post to one host at the same time, and what comes meanwhile is not forgotten", async (t) => {
  const { services, authority, queue, states } = await deliveryWorld(t);
  let atOnce = 0;
  let most = 0;
  const held: (() => void)[] = [];
  const sink = await exampleSink(t, (_, response) => {
    most = Math.max(most, ++atOnce);
    held.push(() => {
      atOnce--;
      response.writeHead(202).end();
    });
  });
  await queue('{"id":1}', [`${sink.origin}/inbox`]);
  const here = deliverJob(services);
  const elsewhere = deliverJob(services);
  const job = { authority: authority.id, host: sink.host };
  await here(job);
  await waitFor(() => held.length === 1, { what: "the first" });
  await queue('{"id":2}', [`${sink.origin}/inbox`]);
  await here(job);
  await elsewhere(job);
  await waitFor(async () => (await jobs(services)).length === 1, {
    what: "the other worker's stepping back",
  });
  held.shift()?.();
  await waitFor(() => held.length === 1, { what: "the second" });
  held.shift()?.();
  await waitFor(async () => (await states()).every((state) => state === "delivered"), { what: "both" });
  assert.equal(most, 1);
});

test("rounds of many hosts look and write together, and each host has its own in order", async (t) => {
  const { services, authority, queue, states, peer } = await deliveryWorld(t);
  const sinks = await Promise.all(Array.from({ length: 6 }, () => exampleSink(t)));
  for (const id of [1, 2, 3])
    await queue(
      `{"id":${id}}`,
      sinks.map((sink) => `${sink.origin}/inbox`),
    );
  let transactions = 0;
  const db: Services["db"] = {
    ...services.db,
    as: (...asked) => (transactions++, services.db.as(...asked)),
    read: (...asked) => (transactions++, services.db.read(...asked)),
  };
  const deliver = deliverJob({ ...services, db });
  await Promise.all(sinks.map(({ host }) => deliver({ authority: authority.id, host })));
  await waitFor(async () => (await states()).every((state) => state === "delivered"), { what: "all" });
  for (const sink of sinks) {
    assert.deepEqual(
      sink.received.map((one) => one.body),
      ['{"id":1}', '{"id":2}', '{"id":3}'],
    );
    assert.ok((await peer(sink.host))?.succeededAt);
  }
  // A look and three commits for each, and the key once, if none of them met: never more.
  assert.ok(transactions <= sinks.length * 4 + 1, String(transactions));
});

test("many hosts share jobs, a host in a pause has its own, and all that are due have what waits", async (t) => {
  const { services, authority, queue, states } = await deliveryWorld(t);
  const sink = await exampleSink(t);
  const { port } = new URL(sink.origin);
  await services.db.as(
    authority.id,
    (tx) => tx`
      insert into peer (authority, host, next_at) values (${authority.id}, 'paused.test', clock_timestamp() + interval '1 hour')`,
  );
  const hosts = Array.from({ length: 60 }, (_, n) => `127.0.0.1:${n === 59 ? port : n + 1}`);
  await queue(
    "{}",
    [...hosts, "paused.test"].map((host) => `http://${host}/inbox`),
  );
  const queued = await services.db.system(
    (tx) => tx<{ key: string | null; payload: Record<string, string> }[]>`
      select key, payload from graphile_worker._private_jobs order by id`,
  );
  assert.deepEqual(
    queued.flatMap(({ key }) => key ?? []),
    [`deliver:${authority.id}:paused.test`],
  );
  const together = queued.filter(({ key }) => key === null).map(({ payload }) => payload);
  assert.equal(together.length, 2);
  assert.deepEqual(
    together.flatMap((payload) => payload["hosts"]?.split(" ") ?? []),
    hosts,
  );
  const deliver = deliverJob(services);
  for (const payload of together) await deliver(payload);
  const tried = async () => {
    const peers = await services.db.read(authority.id, (tx) => listPeers(tx, authority.id));
    return peers.filter((one) => one.failures > 0 || one.succeededAt).length;
  };
  await waitFor(async () => (await tried()) === hosts.length, { what: "an attempt at each" });
  assert.equal((await states()).filter((state) => state === "delivered").length, 1);
  assert.equal(sink.received.length, 1);
});

test("what a crash left waiting is taken up again, but not during a pause", async (t) => {
  const { services, authority, queue } = await deliveryWorld(t);
  await queue("{}", ["http://a.test/inbox", "http://b.test/inbox"]);
  await services.db.system(async (tx) => {
    await tx`delete from graphile_worker._private_jobs`;
    await tx`insert into peer (authority, host, next_at) values (${authority.id}, 'b.test', clock_timestamp() + interval '1 hour')`;
  });
  await resumeDeliveries(services);
  assert.deepEqual(
    (await jobs(services)).map((job) => job.key),
    [`deliver:${authority.id}:a.test`],
  );
});

function jobs(services: Services): Promise<{ key: string; runAt: Temporal.Instant }[]> {
  return services.db.system(
    (tx) => tx<{ key: string; runAt: Temporal.Instant }[]>`
      select key, run_at as "runAt" from graphile_worker.jobs where run_at is not null order by key`,
  );
}

function asSigned(request: Received, host: string) {
  return {
    method: request.method,
    path: request.path,
    host,
    scheme: "http" as const,
    headers: (name: string) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value.join(", ") : value;
    },
    body: Buffer.from(request.body),
  };
}

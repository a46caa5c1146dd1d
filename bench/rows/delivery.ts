import { Agent } from "undici";
import { signCavage } from "#adapters/federation/signatures/cavage.ts";
import { siteOf, accountUri } from "#context.ts";
import { privateKey } from "#domain/accounts/create-account.ts";
import { publish } from "../publish.ts";
import type { Bench, Measured, Row } from "../row.ts";
import { concurrency, startElsewhere, type Elsewhere } from "../start-elsewhere.ts";
import { startBenchTorg, type BenchTorg } from "../start-torg.ts";

const followers = 5_000;
const inboxes = 500;

/** What leaves when something is said. */
export const delivery: Row = {
  name: "delivery",
  work: "one post to 5,000 followers on 500 servers, from its commit until the last has it",
  limit: "a loop that signs and posts the same to each, 64 at a time",
  target: { ratio: { atLeast: 0.5 } },
  measure: async (bench) => [await measureDelivery(bench)],
};

async function measureDelivery(bench: Bench): Promise<Measured> {
  const ours = await startBenchTorg(bench);
  const elsewhere = await startElsewhere(bench);
  const targets = Array.from({ length: inboxes }, (_, n) => inboxOf(elsewhere, n));
  await seedFollowers(ours, elsewhere);
  const agent = new Agent({ connections: 8, keepAliveTimeout: 10_000 });
  bench.after(() => agent.destroy());
  let sent = 0;
  const timed = async (work: () => Promise<unknown>) => {
    const begin = performance.now();
    const arrived = elsewhere.received((sent += inboxes));
    await work();
    await arrived;
    return (inboxes / (performance.now() - begin)) * 1000;
  };
  const deliver = async () => {
    const before = process.cpuUsage();
    const rate = await timed(() => publish(ours, "Simhallen öppnar igen på lördag."));
    const body = await settledBody(ours);
    const cpu = processorMs(before);
    const between = process.cpuUsage();
    const limit = await timed(() => postAll(agent, ours, targets, body));
    return { rate, cpu, limit, limitCpu: processorMs(between) };
  };
  await deliver();
  const rounds = [];
  for (let n = 0; n < bench.rounds; n++) rounds.push(await deliver());
  const { total, delivered } = await counted(ours);
  return {
    unit: "a second",
    ours: rounds.map((one) => one.rate),
    limits: rounds.map((one) => one.limit),
    note:
      `${total - delivered} of ${total} lost; processor time of Node for a post ` +
      `${middle(rounds.map((one) => one.cpu))} ms, the loop's ${middle(rounds.map((one) => one.limitCpu))} ms`,
  };
}

function processorMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

function middle(figures: number[]): number {
  return Math.round(figures.toSorted((a, b) => a - b)[figures.length >> 1] ?? 0);
}

function inboxOf({ port }: Pick<Elsewhere, "port">, n: number): string {
  return `http://127.5.${Math.floor(n / 250)}.${(n % 250) + 1}:${port}/inbox`;
}

async function seedFollowers({ torg, authority, office }: BenchTorg, elsewhere: Elsewhere): Promise<void> {
  const { db } = torg.services;
  const rows = Array.from({ length: followers }, (_, n) => {
    const shared = inboxOf(elsewhere, n % inboxes);
    const uri = new URL(`/users/${n}`, shared).href;
    return { uri, domain: new URL(shared).host, handle: `granne${n}`, inbox: `${uri}/inbox`, shared };
  });
  await db.as(
    authority.id,
    (tx) => tx`
      with known as (
        insert into account (authority, network, kind, handle, domain, uri, url, name, inbox, shared_inbox)
        select ${authority.id}, 'fediverse', 'remote', handle, domain, uri, uri, handle, inbox, shared
        from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
          as one (handle text, domain text, uri text, inbox text, shared text)
        returning id)
      insert into follow (authority, follower, followed, state)
      select ${authority.id}, id, ${office.id}, 'accepted' from known`,
  );
  // What five thousand followers had brought about by themselves, had they come one by one.
  await db.sql.unsafe("analyze account; analyze follow");
}

/** Signs with the same key and posts the same body. */
async function postAll(agent: Agent, ours: BenchTorg, targets: string[], body: string): Promise<void> {
  const { authority, office, torg } = ours;
  const { db, config } = torg.services;
  const keyId = `${accountUri(siteOf(config, authority), office.id)}#main-key`;
  const privateKeyPem = await db.read(authority.id, (tx) => privateKey(tx, authority, office.id));
  const headers = { "content-type": "application/activity+json" };
  const waiting = targets.values();
  const work = async () => {
    for (const target of waiting) {
      const url = new URL(target);
      const date = Temporal.Now.instant();
      const signed = signCavage({ method: "POST", url, headers, body, keyId, privateKeyPem, date });
      const request = { origin: url.origin, path: url.pathname, headers: { ...headers, ...signed }, body };
      const answer = await agent.request({ method: "POST", ...request });
      await answer.body.dump();
      if (answer.statusCode !== 202) throw new Error(`${target} answered ${answer.statusCode}`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}

/** Waits until nothing is left to be done, so that the limit has the machine for itself; gives what was sent. */
async function settledBody(ours: BenchTorg): Promise<string> {
  for (;;) {
    const { total, delivered, body } = await counted(ours);
    if (total === delivered) return body;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function counted({
  torg,
  authority,
}: BenchTorg): Promise<{ total: number; delivered: number; body: string }> {
  const [row] = await torg.services.db.read(
    authority.id,
    (tx) => tx<{ total: number; delivered: number; body: string }[]>`
      select count(*)::int as total, count(*) filter (where state = 'delivered')::int as delivered,
        (select body from outgoing where authority = ${authority.id} order by id desc limit 1) as body
      from delivery where authority = ${authority.id}`,
  );
  return row ?? { total: 0, delivered: 0, body: "" };
}

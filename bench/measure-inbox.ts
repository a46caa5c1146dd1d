import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { accountUri, postUri, siteOf } from "#context.ts";
import { privateKey } from "#domain/accounts/create-account.ts";
import { publish } from "./publish.ts";
import type { BareInbox } from "./bare-inbox.ts";
import type { Bench, Measured } from "./row.ts";
import { startElsewhere } from "./start-elsewhere.ts";
import { startBenchTorg, type BenchTorg } from "./start-torg.ts";
import { median } from "./table.ts";

/** Posts of ours that are answered, so that no conversation is all there is. */
const conversations = 20;
const patienceMs = 300_000;

/**
 * Signed replies, posted to us and then, the same bytes, to the limit. We answer when they are committed; between the
 * rounds all is handled, so that the limit has the machine for itself. In the end everything accepted is counted.
 */
export async function measureInbox(
  bench: Bench,
  how: { actors: "known" | "new"; count: number },
): Promise<Measured> {
  const ours = await startBenchTorg(bench);
  const elsewhere = await startElsewhere(bench);
  const parents = await publishSome(ours);
  const bare = await startBareInbox(bench, ours, how.actors === "known" ? elsewhere.keys : {});
  const inbox = `${ours.origin}/ap/inbox`;
  const port = Number(new URL(ours.origin).port);
  let accepted = 0;
  const round = async (count: number) => {
    await elsewhere.prepare({ inbox, parents, actors: how.actors, count });
    const begin = performance.now();
    const here = await elsewhere.post(port);
    accepted += count;
    await handled(ours, accepted);
    const visible = (count / (performance.now() - begin)) * 1000;
    return { here, visible, limit: await elsewhere.post(bare) };
  };
  await round(Math.max(200, how.count / 2));
  const rounds = [];
  for (let n = 0; n < bench.rounds; n++) rounds.push(await round(how.count));
  const kept = await counted(ours);
  const lost = accepted - Math.min(kept.stored, kept.posts);
  return {
    unit: "a second",
    ours: rounds.map((one) => one.here),
    limits: rounds.map((one) => one.limit),
    note: `${lost} of ${accepted} accepted lost; visible ${median(rounds.map((one) => one.visible)).toFixed(0)} a second`,
  };
}

async function publishSome(ours: BenchTorg): Promise<string[]> {
  const site = siteOf(ours.torg.services.config, ours.authority);
  const found: string[] = [];
  while (found.length < conversations) found.push(postUri(site, await publish(ours, "Vad saknas?")));
  return found;
}

async function startBareInbox(bench: Bench, ours: BenchTorg, keys: Record<string, string>): Promise<number> {
  const { torg, authority, voice } = ours;
  const keyId = `${accountUri(siteOf(torg.services.config, authority), voice.id)}#main-key`;
  const privateKeyPem = await torg.services.db.read(authority.id, (tx) =>
    privateKey(tx, authority, voice.id),
  );
  const given: BareInbox = { url: torg.store.url, keys, signer: { keyId, privateKeyPem } };
  const child = spawn(process.execPath, [join(import.meta.dirname, "bare-inbox.ts")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  bench.after(() => void child.kill());
  child.stdin.end(JSON.stringify(given));
  const ended = once(child, "exit").then(() => {
    throw new Error("the limit's server ended");
  });
  ended.catch(() => {});
  const [said] = (await Promise.race([once(child.stdout, "data"), ended])) as [Buffer];
  return Number(said.toString());
}

/** Waits until everything accepted has become a post. */
async function handled(ours: BenchTorg, accepted: number): Promise<void> {
  const end = performance.now() + patienceMs;
  while ((await counted(ours)).posts < accepted) {
    if (performance.now() > end) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function counted({ torg, authority }: BenchTorg): Promise<{ stored: number; posts: number }> {
  const [row] = await torg.services.db.read(
    authority.id,
    (tx) => tx<{ stored: number; posts: number }[]>`
      select (select count(*)::int from journal where authority = ${authority.id} and kind = 'activity-received') as stored,
        (select count(*)::int from post where authority = ${authority.id} and uri is not null) as posts`,
  );
  return row ?? { stored: 0, posts: 0 };
}

// Time from a signed reply's POST to its arrival in an open deck, beside the limit: one committed insert and one
// NOTIFY on the same database. node bench/inbox-to-deck.ts [rounds]
import { makeLink, redeemLink } from "#domain/people/sign-in-link.ts";
import { publishPost } from "#domain/posts/publish-post.ts";
import { postUri, siteOf } from "#context.ts";
import { startRemoteServer } from "#test/remote-server.ts";
import { startWholeTorg } from "#test/interop/whole-torg.ts";

const rounds = Number(process.argv[2] ?? 200);
const torg = await startWholeTorg({ name: "localhost", address: "127.0.0.1" });
const remote = await startRemoteServer();
const { db, clock, config } = torg.torg.services;
const { authority, office, person } = torg;

const published = await db.as(authority.id, (tx) =>
  publishPost(
    tx,
    authority,
    {
      kind: "note",
      sourceType: "plain",
      source: "Vad vill ni?",
      language: "sv",
      attachments: [],
      account: office.id,
      person,
      visibility: "public",
      capacity: "office",
    },
    clock(),
  ),
);
if (published.outcome !== "published") throw new Error(published.outcome);
const parent = postUri(siteOf(config, authority), published.id);
const actor = await remote.actor("bench");
const heard = await openDeck();

const times: number[] = [];
const answers: number[] = [];
for (let round = -10; round < rounds; round++) {
  const marker = `svar-${round + 10}-slut`;
  const note = {
    id: `${remote.origin}/notes/${round + 10}`,
    type: "Note",
    attributedTo: actor.uri,
    content: `<p>${marker}</p>`,
    inReplyTo: parent,
    to: ["https://www.w3.org/ns/activitystreams#Public"],
    published: Temporal.Now.instant().toString(),
  };
  const create = {
    "@context": "https://www.w3.org/ns/activitystreams",
    id: `${note.id}/create`,
    type: "Create",
    actor: actor.uri,
    to: note.to,
    object: note,
  };
  const arrival = heard(marker);
  const begin = performance.now();
  const answer = await remote.post(`${torg.origin}/ap/inbox`, create, { as: actor });
  if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`);
  const answered = performance.now();
  await arrival;
  // The first rounds warm up.
  if (round < 0) continue;
  answers.push(answered - begin);
  times.push(performance.now() - begin);
}
const limit = await measureLimit();
const row = (name: string, values: number[]) =>
  `${name.padEnd(34)} median ${percentile(values, 0.5).toFixed(1)} ms   p95 ${percentile(values, 0.95).toFixed(1)} ms`;
console.log(row("POST answered 202", answers));
console.log(row("POST to deck", times));
console.log(row("  stored to post written", await measureHandling()));
console.log(row("limit: insert, commit, NOTIFY", limit));
console.log(
  `ratio of medians, limit to deck     ${(percentile(limit, 0.5) / percentile(times, 0.5)).toFixed(2)}`,
);
process.exit(0);

/** Signs in and listens; gives a way to wait until the line has carried some words. */
async function openDeck(): Promise<(words: string) => Promise<void>> {
  const session = await db.as(authority.id, async (tx) => {
    const secret = await makeLink(tx, authority.id, person, clock());
    return redeemLink(tx, authority.id, secret, "bench", clock());
  });
  const stream = await fetch(`${torg.origin}/deck/stream`, {
    headers: { cookie: `torg_session=${session?.secret}` },
  });
  if (!stream.ok || !stream.body) throw new Error(`the deck's line answered ${stream.status}`);
  const waiting = new Map<string, () => void>();
  const body = stream.body.pipeThrough(new TextDecoderStream());
  void (async () => {
    let text = "";
    for await (const part of body) {
      text = (text + part).slice(-200_000);
      for (const [words, resolve] of waiting) {
        if (!text.includes(words)) continue;
        waiting.delete(words);
        resolve();
      }
    }
  })();
  return (words) => new Promise((resolve) => waiting.set(words, resolve));
}

/** From the stored activity to the post made of it, by the journal's own times. */
async function measureHandling(): Promise<number[]> {
  const rows = await db.read(
    authority.id,
    (tx) => tx<{ ms: number }[]>`
    select extract(epoch from made.at - came.at)::float8 * 1000 as ms from journal made
    join journal came on came.authority = made.authority and came.id = (made.facts ->> 'entry')::bigint
    where made.authority = ${authority.id} and made.kind = 'post-received' order by made.id desc limit ${rounds}`,
  );
  return rows.map((one) => one.ms);
}

async function measureLimit(): Promise<number[]> {
  const found: number[] = [];
  let resolve = () => {};
  await db.sql.listen("bench", () => resolve());
  for (let round = 0; round < 200; round++) {
    const heardIt = new Promise<void>((done) => (resolve = done));
    const begin = performance.now();
    await db.as(
      authority.id,
      (tx) => tx`
      insert into activity_seen (authority, id) values (${authority.id}, ${`bench-${round}`})`,
    );
    await db.sql.notify("bench", "");
    await heardIt;
    found.push(performance.now() - begin);
  }
  return found;
}

function percentile(values: number[], share: number): number {
  return (
    values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0
  );
}

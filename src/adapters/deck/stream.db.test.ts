import assert from "node:assert/strict";
import { test } from "node:test";
import { grantAccount, revokeGrant } from "#domain/accounts/grants.ts";
import { listSessions, revokeSession } from "#domain/people/session.ts";
import { queueDeliveries } from "#domain/deliveries/delivery.ts";
import { publishPost } from "#domain/posts/publish-post.ts";
import { systemClock } from "#platform/clock.ts";
import { exampleAuthority } from "#test/example.ts";
import { testDatabase } from "#test/database.ts";
import { columnsIn } from "#test/deck-columns.ts";
import { listenTo, putsIn, type Heard, type Put } from "#test/deck-line.ts";
import { startDeckSite } from "#test/deck-site.ts";
import { waitFor } from "#test/interop/wait-for.ts";
import { fileScope } from "#test/file-scope.ts";

const scope = fileScope();

const { db } = await testDatabase(scope);
const site = await startDeckSite(scope, db);
const anna = (await site.signIn()).header;
const columns = columnsIn(await (await site.ask("/deck", anna)).text());

const listen = (cookie: string, after?: string) => listenTo(site, cookie, { after });
const puts = putsIn;

/** The next event that carries posts: what was written just before the line opened may still be on its way. */
async function nextPosts(line: { next(): Promise<Heard | undefined> }): Promise<Heard> {
  for (;;) {
    const heard = await line.next();
    if (!heard) throw new Error("the line ended");
    if (puts(heard).length > 0) return heard;
  }
}

/** What is put of one post, past what is still told of others: how a conversation is cared for comes after it. */
async function putsOf(line: { next(): Promise<Heard | undefined> }, post: string): Promise<Put[]> {
  for (;;) {
    const found = puts(await nextPosts(line)).filter((one) => one.post === post);
    if (found.length > 0) return found;
  }
}

test("a post comes at once, in each column where it belongs", async () => {
  const line = await listen(anna);
  assert.equal((await line.next())?.kind, "hello");
  const theirs = await site.hear("Live!");
  const heard = puts(await nextPosts(line));
  assert.deepEqual(
    heard.map((one) => [one.column, one.post]),
    [[columns["inbox"], theirs]],
  );
  assert.match(heard[0]?.put ?? "", /Live!/);
  const ours = await site.say(site.office, "Svar direkt");
  assert.deepEqual(
    new Set((await putsOf(line, ours)).map((one) => `${one.column} ${one.post}`)),
    new Set([`${columns["account"]} ${ours}`, `${columns["home"]} ${ours}`]),
  );
  line.cut();
});

test("whoever was away hears everything since, each fact once", async () => {
  const line = await listen(anna);
  await line.next();
  const before = await site.hear("Före avbrottet");
  let last: string | undefined;
  for (let heard: Heard | undefined; !puts(heard).some((one) => one.post === before); last = heard.number)
    heard = await nextPosts(line);
  assert.ok(last);
  line.cut();
  const missed = [await site.hear("Under avbrottet 1"), await site.hear("Under avbrottet 2")];
  const again = await listen(anna, last);
  await again.next();
  scope.after(() => again.cut());
  const events: Heard[] = [];
  const later = await site.hear("Efter avbrottet");
  const told = () => events.flatMap(puts);
  while (!told().some((one) => one.post === later)) events.push(await nextPosts(again));
  // What was heard before may come once more, with how it is cared for; nothing comes out of turn.
  assert.deepEqual(
    [...new Set(told().map((one) => one.post))].filter((post) => post !== before),
    [...missed, later],
  );
  const numbers = [last, ...events.map((event) => event.number ?? "")].map(BigInt);
  assert.ok(
    numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0n)),
    "each goes on where the one before ended",
  );
  for (const event of events) {
    const places = puts(event).map(({ column, post }) => `${column} ${post}`);
    assert.deepEqual(places, [...new Set(places)], "once in each column");
  }
  // That it came, and that somebody has to care for it, are two facts: the second may look like the first by then.
  for (const post of missed)
    assert.ok(told().filter((one) => one.post === post && one.column === columns["inbox"]).length <= 2);
  again.cut();
});

test("whoever was away for long is told to read the columns again", async () => {
  await site.services.db.as(
    site.authority.id,
    (tx) => tx`
      insert into journal (authority, direction, kind) select ${site.authority.id}, 'within', 'test' from generate_series(1, 501)`,
  );
  const marker = await site.hear("Sist");
  const first = await listen(anna);
  await first.next();
  // The journal has been numbered beyond all of them once something after them is heard.
  const after = await site.hear("Allra sist");
  let heard: string[] = [];
  while (!heard.includes(after)) heard = puts(await first.next()).map((one) => one.post);
  first.cut();
  const line = await listen(anna, "1");
  assert.equal((await line.next())?.kind, "hello");
  assert.equal((await line.next())?.kind, "reload");
  assert.ok(marker);
  line.cut();
});

test("edits and deletions reach the deck", async () => {
  const ours = await site.say(site.office, "Första lydelsen");
  const line = await listen(anna);
  await line.next();
  await site.ask(`/deck/posts/${ours}/edit`, anna, {
    account: site.office.id,
    text: "Andra lydelsen",
    reason: "klarare",
    language: "sv",
    step: "publish",
  });
  let seen = puts(await line.next());
  while (!seen.some((one) => one.put.includes("Andra lydelsen"))) seen = puts(await line.next());
  await site.ask(`/deck/posts/${ours}/delete`, anna, { account: site.office.id });
  let gone: unknown[] = [];
  while (!gone.some((one) => (one as { gone?: string }).gone === ours))
    gone = (await line.next())?.data as unknown[];
  line.cut();
});

test("who loses the grant loses the line", async () => {
  const person = await site.addColleague();
  const { id } = site.authority;
  await site.services.db.as(id, (tx) => grantAccount(tx, id, { person, account: site.office.id }, undefined));
  const cookie = (await site.signIn(person)).header;
  const line = await listen(cookie);
  assert.equal((await line.next())?.kind, "hello");
  await site.services.db.as(id, (tx) => revokeGrant(tx, id, { person, account: site.office.id }, undefined));
  while ((await line.next()) !== undefined);
  assert.equal((await listen(cookie)).status, 403);
});

test("who is signed out elsewhere loses the line within seconds, and no line is counted afterwards", async () => {
  const person = await site.addColleague();
  const { id } = site.authority;
  await site.services.db.as(id, (tx) => grantAccount(tx, id, { person, account: site.office.id }, undefined));
  const cookie = (await site.signIn(person)).header;
  const line = await listen(cookie);
  await line.next();
  await site.services.db.as(id, async (tx) => {
    for (const session of await listSessions(tx, id, person, systemClock()))
      await revokeSession(tx, id, person, session.id, systemClock());
  });
  while ((await line.next()) !== undefined);
  assert.equal((await listen(cookie)).status, 401);
  // Lines that earlier tests cut are noticed a moment later.
  const open = async () => (await site.services.metrics.openDecks.get()).values[0]?.value;
  await waitFor(async () => (await open()) === 0, { what: "no line counted" });
});

test("how far a post has come is told a moment later, though nobody writes a fact for it", async () => {
  const line = await listen(anna);
  await line.next();
  const ours = await site.say(site.office, "På väg ut");
  await putsOf(line, ours);
  await site.services.db.as(site.authority.id, (tx) =>
    queueDeliveries(tx, site.authority.id, { entry: null, account: site.office.id, post: ours, body: "{}" }, [
      "https://social.test/inbox",
    ]),
  );
  let seen = puts(await line.next());
  while (!seen.some((one) => one.post === ours && one.put.includes("Skickad till 0 av 1")))
    seen = puts(await line.next());
  line.cut();
});

test("what another authority says never reaches the line", async () => {
  const other = await exampleAuthority(db, { handle: "annan" });
  const line = await listen(anna);
  await line.next();
  await db.as(other.authority.id, (tx) =>
    publishPost(
      tx,
      other.authority,
      {
        kind: "note",
        sourceType: "plain",
        source: "Hos någon annan",
        language: "sv",
        attachments: [],
        account: other.office.id,
        person: null,
        visibility: "public",
        capacity: "office",
      },
      systemClock(),
    ),
  );
  const ours = await site.say(site.office, "Hos oss");
  const told: Put[] = [];
  while (!told.some((one) => one.post === ours)) told.push(...puts(await line.next()));
  assert.ok(!told.some((one) => one.put.includes("Hos någon annan")));
  line.cut();
});

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { postUri, accountUri, siteOf, type Services } from "#context.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import { setHidden } from "#domain/posts/hide-post.ts";
import { publishPost } from "#domain/posts/publish-post.ts";
import { muteThread } from "#domain/posts/thread-mutes.ts";
import { addBlock } from "#domain/relationships/blocks.ts";
import { createLog } from "#platform/log.ts";
import { connectAs, testDatabase } from "#test/database.ts";
import { exampleAuthority, exampleRemote, type Example } from "#test/example.ts";
import { counted } from "#test/counted-queries.ts";
import { outcomeOf, type Outcome, type Stored } from "#test/inbox-stream.ts";

const { db, ownerUrl } = await testDatabase({ after });
const now = Temporal.Instant.from("2026-05-02T12:00:00Z");
const lines: string[] = [];
const services = {
  config: { url: new URL("http://torg.test") },
  clock: () => now,
  log: createLog({ level: "debug", write: (line) => void lines.push(line), now: () => now }),
} as unknown as Services;
const names = ["alice", "bob", "carol", "mallory"] as const;
type Name = (typeof names)[number];
const home = "https://elsewhere.example";
const uriOf = (name: Name) => `${home}/users/${name}`;
const everyone = "https://www.w3.org/ns/activitystreams#Public";
const here = await world("ett.test");
const there = await world("tva.test");
let serial = 0;
await refuseInTheDatabase();

/** An authority with a post, a hidden post and a removed conversation; bob is followed, mallory is blocked. */
async function world(domain: string) {
  const example: Example = await exampleAuthority(db, { domain });
  const { authority, office } = example;
  const site = siteOf(services.config, authority);
  const accounts = new Map<Name, AccountId>();
  for (const name of names) accounts.set(name, await exampleRemote(db, authority, name, "elsewhere.example"));
  return db.as(authority.id, async (tx) => {
    const say = async (source: string, visibility: "public" | "followers" = "public") => {
      const words = { kind: "note", sourceType: "plain", source, language: "sv", attachments: [] } as const;
      const voice = { account: office.id, person: null, visibility, capacity: "office" } as const;
      const said = await publishPost(tx, authority, { ...words, ...voice, attachments: [] }, now);
      if (said.outcome !== "published") throw new Error(said.outcome);
      return said.id;
    };
    const [question, hidden] = [await say("En fråga"), await say("Dold")];
    const quiet = await say("För följare", "followers");
    await setHidden(tx, authority.id, hidden, now);
    await addBlock(tx, authority.id, { account: accounts.get("mallory") ?? office.id });
    await tx`insert into follow (authority, follower, followed, state)
      values (${authority.id}, ${office.id}, ${accounts.get("bob") ?? null}, 'accepted'),
        (${authority.id}, ${accounts.get("carol") ?? null}, ${office.id}, 'accepted')`;
    await muteThread(tx, authority.id, { account: office.id, thread: question });
    const account = (name: Name) => accounts.get(name) ?? office.id;
    return {
      authority: authority.id,
      account,
      me: accountUri(site, office.id),
      question: postUri(site, question),
      hidden: postUri(site, hidden),
      quiet: postUri(site, quiet),
      nobody: postUri(site, "123456789012345678"),
      by: (name: Name, body: Record<string, unknown>): Stored => ({
        authority: authority.id,
        account: account(name),
        body: { id: `${uriOf(name)}#${++serial}`, actor: uriOf(name), ...body },
      }),
    };
  });
}
type World = typeof here;

/** A post whose name ends so is refused by the database, as values that it cannot hold are. */
async function refuseInTheDatabase(): Promise<void> {
  const owner = connectAs("torg", new URL(ownerUrl).pathname.slice(1));
  await owner.unsafe(`
    create function refuse() returns trigger language plpgsql as
      $$ begin raise exception 'unusable' using errcode = '22000'; end $$;
    create trigger refuse before insert on post for each row when (new.uri like '%/unusable') execute function refuse();
    create trigger refuse_word before insert on post_tag for each row when (new.tag = 'unusable') execute function refuse()`);
  await owner.end();
}

type More = Record<string, unknown>;

function note(name: Name, path: string, more: More = {}): Record<string, unknown> {
  const published = "2026-05-01T10:00:00Z";
  const id = `${uriOf(name)}/${path}`;
  return {
    id,
    type: "Note",
    attributedTo: uriOf(name),
    content: `<p>${path}</p>`,
    published,
    to: [everyone],
    ...more,
  };
}

const create = (at: World, name: Name, path: string, more: More = {}) =>
  at.by(name, { type: "Create", object: note(name, path, more) });
const update = (at: World, name: Name, path: string, more: More = {}) =>
  at.by(name, { type: "Update", object: note(name, path, { updated: "2026-05-01T11:00:00Z", ...more }) });
const act = (at: World, name: Name, type: string, object: unknown) => at.by(name, { type, object });
const named = (at: World) => ({ cc: [at.me], tag: [{ type: "Mention", href: at.me, name: "@kommunchef" }] });
const picture = (path: string) => ({
  type: "Document",
  mediaType: "image/png",
  url: `${home}/${path}.png`,
  name: path,
});

function mixed(at: World): Stored[] {
  const [alice, bob] = [uriOf("alice"), uriOf("bob")];
  return [
    create(at, "alice", "first", { inReplyTo: at.question }),
    create(at, "bob", "second", { inReplyTo: `${alice}/first`, attachment: [picture("a"), picture("b")] }),
    create(at, "alice", "third", {
      inReplyTo: `${bob}/second`,
      ...named(at),
      to: [],
      attachment: [picture("a")],
    }),
    create(at, "alice", "first", { inReplyTo: at.question }),
    create(at, "mallory", "barred", { inReplyTo: at.question }),
    create(at, "carol", "not-for-us"),
    create(at, "carol", "answers-it", { inReplyTo: `${uriOf("carol")}/not-for-us` }),
    create(at, "bob", "followed", {
      content: "<p>#Ett #ett #två</p>",
      tag: [{ type: "Hashtag", href: `${home}/tags/ett`, name: "#ett" }],
      attachment: [picture("c")],
    }),
    create(at, "carol", "to-hidden", { inReplyTo: at.hidden, ...named(at) }),
    create(at, "carol", "to-nobody", { inReplyTo: at.nobody, ...named(at) }),
    create(at, "bob", "child", { inReplyTo: `${alice}/late` }),
    create(at, "carol", "grandchild", { inReplyTo: `${bob}/child` }),
    create(at, "alice", "late", { inReplyTo: at.question }),
    create(at, "carol", "after", { inReplyTo: `${bob}/child` }),
    update(at, "alice", "first", { content: "<p>edited</p>", inReplyTo: at.question }),
    create(at, "carol", "to-edited", { inReplyTo: `${alice}/first` }),
    act(at, "bob", "Like", `${alice}/first`),
    act(at, "bob", "Like", at.question),
    act(at, "carol", "Like", at.question),
    act(at, "carol", "Like", at.question),
    act(at, "mallory", "Like", at.question),
    act(at, "carol", "Announce", `${alice}/first`),
    act(at, "bob", "Announce", `${home}/unknown`),
    act(at, "carol", "Announce", `${home}/unknown`),
    act(at, "bob", "Announce", at.nobody),
    act(at, "bob", "EmojiReact", at.quiet),
    act(at, "carol", "Like", at.quiet),
    act(at, "carol", "Announce", at.quiet),
    act(at, "bob", "Announce", { type: "Create", object: note("alice", "first") }),
    act(at, "bob", "Like", undefined),
    act(at, "carol", "constructor", at.question),
    act(at, "carol", "Undo", { type: "Like", actor: uriOf("carol"), object: at.question }),
    act(at, "alice", "Delete", `${alice}/never`),
    create(at, "alice", "never", { inReplyTo: at.question }),
    act(at, "bob", "Delete", `${bob}/second`),
    create(at, "carol", "to-removed", { inReplyTo: `${bob}/second` }),
    at.by("mallory", { type: "Create", object: note("alice", "forged", { inReplyTo: at.question }) }),
    at.by("alice", { type: "Create", object: `${alice}/named-only` }),
    create(at, "carol", "vote", { inReplyTo: at.question, content: "", name: "Ja" }),
    create(at, "bob", "ring-a", { inReplyTo: `${alice}/ring-b` }),
    create(at, "alice", "ring-b", { inReplyTo: `${bob}/ring-a` }),
    create(at, "bob", "ring-c", { inReplyTo: `${alice}/ring-b` }),
    create(at, "bob", "orphan-1", { inReplyTo: `${home}/missing` }),
    create(at, "bob", "orphan-2", { inReplyTo: `${home}/missing` }),
    create(at, "carol", "unusable", { inReplyTo: at.question }),
    create(at, "carol", "tagged", {
      inReplyTo: at.question,
      content: "<p>#unusable</p>",
      tag: [{ type: "Hashtag", href: `${home}/tags/unusable`, name: "#unusable" }],
    }),
    create(at, "carol", "last", { inReplyTo: at.question, to: [at.me] }),
  ];
}

test("what comes of many activities handled together is what comes of one after the other", async () => {
  const stream = mixed(here).flatMap((one, index) => [one, ...mixed(there).slice(index, index + 1)]);
  const alone = await outcomeOf(db, services, stream, 1);
  assert.deepEqual(
    (alone["order"] ?? []).filter((name) => name.endsWith("/child") || name.endsWith("/unusable")),
    Array(2).fill(`post ${uriOf("bob")}/child`),
    "the stream does what it is made for",
  );
  assert.ok(alone["_private_jobs"]?.some((job) => job.includes("fetch-media")));
  for (const many of [200, 7]) assertSame(await outcomeOf(db, services, stream, many), alone);
});

test("whatever order answers, edits, removals and favourites come in, together is as alone", async () => {
  const random = seeded(20261122);
  const pick = <T>(from: readonly [T, ...T[]]): T => from[Math.floor(random() * from.length)] ?? from[0];
  for (let round = 0; round < 6; round++) {
    const one = (): Stored => {
      const name = pick(names);
      const path = `${round}-${Math.floor(random() * 5)}`;
      const parent = pick([
        here.question,
        here.hidden,
        undefined,
        ...names.map((of) => `${uriOf(of)}/${round}-${Math.floor(random() * 5)}`),
      ]);
      const more = { ...(parent ? { inReplyTo: parent } : {}), ...(random() < 0.3 ? named(here) : {}) };
      const what = random();
      if (what < 0.85) return create(here, name, path, more);
      if (what < 0.9) return update(here, name, path, { content: `<p>${random()}</p>`, ...more });
      if (what < 0.94) return act(here, name, "Delete", `${uriOf(name)}/${path}`);
      return act(here, name, pick(["Like", "Announce"]), parent ?? here.question);
    };
    const stream = Array.from({ length: 40 }, one);
    assertSame(await outcomeOf(db, services, stream, 200), await outcomeOf(db, services, stream, 1));
  }
});

test("favourites and boosts, taken back and given again, together are as alone", async () => {
  const random = seeded(7);
  const pick = <T>(from: readonly [T, ...T[]]): T => from[Math.floor(random() * from.length)] ?? from[0];
  const posts = ["0", "1", "2"].map((path) => `${uriOf("alice")}/liked-${path}`);
  const said = posts.map((uri) =>
    create(here, "alice", uri.slice(uri.lastIndexOf("/") + 1), { inReplyTo: here.question }),
  );
  for (let round = 0; round < 6; round++) {
    const one = (): Stored => {
      const name = pick(names);
      const object = pick([here.question, here.hidden, here.quiet, `${home}/unknown`, ...posts]);
      const type = pick(["Like", "EmojiReact", "Announce"]);
      const what = random();
      if (what < 0.1) return act(here, name, "Undo", { type, actor: uriOf(name), object });
      if (what < 0.13) return act(here, "alice", "Delete", pick([`${uriOf("alice")}/other`, ...posts]));
      // Some names are given to several things, and some to none.
      const id = what < 0.4 ? `${uriOf(name)}#again-${Math.floor(random() * 4)}` : undefined;
      if (what < 0.8) return here.by(name, { type, object, ...(id ? { id } : {}) });
      // Of what the stream itself says, the name of a nameless favourite holds an id that is another each time.
      return here.by(name, { type, object: pick([here.question, `${home}/unknown`]), id: null });
    };
    const stream = [...said, ...Array.from({ length: 60 }, one)];
    const alone = await outcomeOf(db, services, stream, 1);
    assert.ok((alone["favourite"] ?? []).length > 3 && (alone["boost"] ?? []).length > 3);
    for (const many of [200, 9]) assertSame(await outcomeOf(db, services, stream, many), alone);
  }
});

const floods: Record<string, (count: number) => Stored[]> = {
  answers: (count) =>
    Array.from({ length: count }, (_, n) =>
      create(here, "carol", `${count}-${n}`, { inReplyTo: here.question }),
    ),
  favourites: (count) =>
    Array.from({ length: count }, (_, n) =>
      act(here, n % 2 ? "bob" : "carol", n % 3 ? "Like" : "Announce", here.question),
    ),
};

for (const [what, flood] of Object.entries(floods))
  test(`many ${what} are handled in as few queries as a few`, async () => {
    const asked = async (count: number) => {
      let queries = 0;
      const counting = {
        ...db,
        system: counted(
          (work) => db.system(work),
          () => void queries++,
        ),
      };
      await outcomeOf(counting, services, flood(count), 200);
      // Storing one takes three.
      return queries - 3 * count;
    };
    assert.equal(await asked(60), await asked(6));
  });

function assertSame(together: Outcome, alone: Outcome): void {
  assert.deepEqual(Object.keys(together), Object.keys(alone));
  for (const [table, rows] of Object.entries(alone)) assert.deepEqual(together[table], rows, table);
}

/** The same numbers each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixedUp = Math.imul(state ^ (state >>> 15), 1 | state);
    mixedUp = (mixedUp + Math.imul(mixedUp ^ (mixedUp >>> 7), 61 | mixedUp)) ^ mixedUp;
    return ((mixedUp ^ (mixedUp >>> 14)) >>> 0) / 2 ** 32;
  };
}

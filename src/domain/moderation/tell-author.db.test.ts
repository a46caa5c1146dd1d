import assert from "node:assert/strict";
import { after, test } from "node:test";
import { findAccount, type AccountId } from "#domain/accounts/account.ts";
import { receivePost } from "#domain/posts/receive-post.ts";
import { findPost, postsOfAccount, readThread } from "#domain/posts/read-posts.ts";
import { publishPost } from "#domain/posts/publish-post.ts";
import type { PostId } from "#domain/posts/post.ts";
import { anyone } from "#domain/posts/visible-to.ts";
import { addBlock, setBlockedBy } from "#domain/relationships/blocks.ts";
import { blocksFromPlain } from "#domain/text/from-plain.ts";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority, exampleRemote } from "#test/example.ts";
import { countNotPublic } from "./count-not-public.ts";
import { decideOnPost } from "./decide.ts";
import { hidingsOf } from "./rules.ts";

const { db } = await testDatabase({ after });
const { authority, voice, office, person } = await exampleAuthority(db);
const now = Temporal.Instant.from("2026-11-22T10:00:00Z");
const tell = { authority, guidelines: (language: string) => `https://torg.test/${language}/guidelines` };
const alice = await exampleRemote(db, authority, "alice", "snac.test");
const other = await exampleRemote(db, authority, "granne", "snac.test");

test("the author is told which post, under which rule, why and how to appeal, by the authority itself", async () => {
  const { post, question } = await hear(alice);
  await decide(post, "hide", "Namnger @granne@snac.test, fråga ann@example.se.");
  const [notice, ...more] = await noticesTo(alice);
  assert.ok(notice);
  assert.deepEqual(more, []);
  const { visibility, capacity, account, inReplyTo, language } = notice;
  assert.deepEqual(
    { visibility, capacity, account, inReplyTo, language, person: notice.person },
    {
      visibility: "direct",
      capacity: "authority",
      account: voice.id,
      inReplyTo: post,
      language: "sv",
      person,
    },
  );
  assert.equal(
    notice.source.replaceAll("\u2060", ""),
    [
      "@alice@snac.test",
      "Exempelkommun har dolt ett inlägg som du har skrivit. Det visas inte längre på våra sidor.",
      `Inlägget: https://snac.test/@alice/${serial}`,
      "Regel 3: Personuppgifter\nSkäl: Namnger @granne@snac.test, fråga ann@example.se.",
      "Håller du inte med kan du begära att vi prövar det igen: svara på det här meddelandet eller skriv till kommun@example.se, och säg varför.",
      "Våra regler och hur det går till: https://torg.test/sv/guidelines#appeal",
    ].join("\n\n"),
  );
  assert.match(notice.source, /ann@example\.se/);
  await db.read(authority.id, async (tx) => {
    const find = (viewer: Parameters<typeof findPost>[3]) => findPost(tx, authority.id, notice.id, viewer);
    assert.equal(await find(anyone), undefined);
    assert.equal(
      await find({ kind: "remote", account: other }),
      undefined,
      "whom the reason names is not told",
    );
    assert.equal(await find({ kind: "staff", accounts: [office.id] }), undefined);
    assert.ok(await find({ kind: "staff", accounts: [voice.id] }));
    assert.equal((await postsOfAccount(tx, authority.id, voice.id, anyone, { limit: 5 })).length, 0);
    const thread = await readThread(tx, authority.id, question, anyone, 50);
    assert.deepEqual(
      thread.map((one) => one.id),
      [question, post],
    );
    assert.equal(await countNotPublic(tx, authority.id, question), 0);
  });
  await hear(alice, { visibility: "direct", mentioned: [voice.id], inReplyTo: asParent(notice.id) });
  const counted = await db.read(authority.id, (tx) => countNotPublic(tx, authority.id, question));
  assert.equal(counted, 0, "an appeal is between the two");
});

test("the decision on record names the notice, and the notice is on record itself", async () => {
  const { post } = await hear(alice);
  await decide(post, "hide");
  const [notice] = await noticesTo(alice);
  const entries = await db.read(
    authority.id,
    (tx) => tx<{ kind: string; post: string; notice: string | null }[]>`
      select kind, post, facts ->> 'notice' as notice from journal
      where kind in ('post-hidden', 'post-published') order by id desc limit 2`,
  );
  assert.deepEqual(
    entries.map((entry) => ({ ...entry })),
    [
      { kind: "post-hidden", post, notice: notice?.id },
      { kind: "post-published", post: notice?.id, notice: null },
    ],
  );
  assert.equal(await told(post), true);
});

test("nobody is told when that is not asked for", async () => {
  const { post } = await hear(alice);
  const before = (await noticesTo(alice)).length;
  await db.as(authority.id, (tx) => decideOnPost(tx, authority.id, ground(post, "hide"), now));
  assert.equal((await noticesTo(alice)).length, before);
  assert.equal(await told(post), false);
});

test("a post that is shown again is told of in a few words", async () => {
  const { post } = await hear(alice, { language: "en-GB" });
  await decide(post, "hide");
  await decide(post, "unhide");
  const [shown, hidden] = await noticesTo(alice);
  assert.match(hidden?.source ?? "", /Rule 3: Personal data[\s\S]*torg\.test\/en\/guidelines/);
  assert.equal(
    shown?.source,
    `@alice@snac.test\n\nExempelkommun again shows a post that you wrote and that was hidden.\n\nThe post: https://snac.test/@alice/${serial}`,
  );
  assert.equal(shown.language, "en");
});

test("a post said to one office alone is told of in a message of its own", async () => {
  const { post } = await hear(alice, { visibility: "direct", mentioned: [office.id] });
  await decide(post, "hide");
  const [notice] = await noticesTo(alice);
  assert.equal(notice?.inReplyTo, null);
  assert.equal(notice.thread, notice.id);
  assert.equal(await told(post), true);
});

test("who is gone, blocks us or is blocked is not told, and the post is hidden all the same", async () => {
  const gone = await exampleRemote(db, authority, "gone", "a.test");
  const blocked = await exampleRemote(db, authority, "blocked", "a.test");
  const blocking = await exampleRemote(db, authority, "blocking", "a.test");
  const elsewhere = await exampleRemote(db, authority, "elsewhere", "b.test");
  const posts: PostId[] = [];
  for (const author of [gone, blocked, blocking, elsewhere]) posts.push((await hear(author)).post);
  await db.as(authority.id, async (tx) => {
    await tx`update account set gone_at = ${now} where id = ${gone}`;
    await addBlock(tx, authority.id, { account: blocked });
    await addBlock(tx, authority.id, { domain: "b.test" });
    await setBlockedBy(tx, authority.id, { account: voice.id, by: blocking, uri: null }, true);
  });
  for (const post of posts) {
    await decide(post, "hide");
    assert.equal(await told(post), false);
  }
  for (const author of [gone, blocked, blocking, elsewhere])
    assert.equal((await noticesTo(author)).length, 0);
});

test("a handle that two accounts bear tells the author alone", async () => {
  const twin = await exampleRemote(db, authority, "tvilling", "c.test");
  const real = await exampleRemote(db, authority, "annan", "c.test");
  await db.as(authority.id, (tx) => tx`update account set handle = 'tvilling' where id = ${real}`);
  const { post } = await hear(real);
  await decide(post, "hide");
  assert.equal((await noticesTo(real)).length, 1);
  assert.equal((await noticesTo(twin)).length, 0);
});

let serial = 0;

async function hear(
  author: AccountId,
  more: {
    language?: string;
    visibility?: "direct";
    mentioned?: AccountId[];
    inReplyTo?: ReturnType<typeof asParent>;
  } = {},
): Promise<{ post: PostId; question: PostId }> {
  const said = `${++serial}`;
  return db.as(authority.id, async (tx) => {
    const handle = (await findAccount(tx, authority.id, author))?.handle;
    const words = { kind: "note", sourceType: "plain", language: "sv" } as const;
    const from = { account: office.id, person, visibility: "public", capacity: "office" } as const;
    const question = await publishPost(
      tx,
      authority,
      { ...words, ...from, attachments: [], source: "Vad tycker ni?" },
      now,
    );
    assert.ok(question.outcome === "published");
    const received = await receivePost(
      tx,
      authority.id,
      {
        network: "fediverse",
        uri: `https://snac.test/p/${said}`,
        url: `https://snac.test/@${handle}/${said}`,
        author,
        kind: "note",
        visibility: "public",
        inReplyTo: asParent(question.id),
        publishedAt: now,
        editedAt: null,
        title: null,
        warning: null,
        language: null,
        source: "Grannen ljuger",
        blocks: blocksFromPlain("Grannen ljuger"),
        pictures: [],
        mentioned: [],
        entry: null,
        ...more,
      },
      "always",
    );
    assert.ok("id" in received);
    return { post: received.id, question: question.id };
  });
}

function asParent(own: PostId) {
  return { uri: `https://torg.test/ap/posts/${own}`, own };
}

function ground(post: PostId, action: "hide" | "unhide", reason = "Namnger en granne.") {
  return { action, post, rule: action === "hide" ? 3 : null, reason, person };
}

async function decide(post: PostId, action: "hide" | "unhide", reason?: string): Promise<void> {
  const decision = { ...ground(post, action, reason), tell };
  const decided = await db.as(authority.id, (tx) => decideOnPost(tx, authority.id, decision, now));
  assert.equal(decided.outcome, "decided");
}

function noticesTo(account: AccountId) {
  const viewer = { kind: "remote", account } as const;
  return db.read(authority.id, (tx) => postsOfAccount(tx, authority.id, voice.id, viewer, { limit: 20 }));
}

async function told(post: PostId): Promise<boolean | undefined> {
  const hidings = await db.read(authority.id, (tx) => hidingsOf(tx, authority.id, [post], "sv"));
  return hidings.get(post)?.told;
}

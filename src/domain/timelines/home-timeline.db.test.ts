import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { AccountId } from "#domain/accounts/account.ts";
import type { PostId } from "#domain/posts/post.ts";
import { setFollowSettings } from "#domain/relationships/follow-settings.ts";
import { addMember, findList, makeList, setList, type RepliesPolicy } from "#domain/relationships/lists.ts";
import { muteAccount, muteDomain, unmuteAccount, unmuteDomain } from "#domain/relationships/mutes.ts";
import { followTag, unfollowTag } from "#domain/relationships/tag-follows.ts";
import { careWorld } from "#test/care-world.ts";
import { exampleRemote } from "#test/example.ts";
import { fileScope } from "#test/file-scope.ts";
import { homeTimeline, listTimeline, standingAtHomes } from "./home-timeline.ts";
import { inboxTimeline, type Reading } from "./timelines.ts";

const { db, authority, office, voice, asa, follow, hear, careFor } = await careWorld(fileScope());
const own = authority.id;
const per = await exampleRemote(db, authority, "per", "b.example");
const stranger = await exampleRemote(db, authority, "okand", "c.example");
for (const followed of [asa, per])
  await db.as(
    own,
    (tx) => tx`insert into follow (authority, follower, followed, state)
      values (${own}, ${office.id}, ${followed}, 'accepted')`,
  );
const forGood = { notifications: true, until: null };

beforeEach(async () => {
  await db.as(own, async (tx) => {
    await tx`delete from mute where authority = ${own}`;
    await tx`delete from boost where authority = ${own}`;
    await tx`delete from list where authority = ${own}`;
    await tx`update follow set show_reblogs = true, languages = null where authority = ${own}`;
  });
});

test("a muted account is not seen at home: not what it says, what it passes on, nor what others pass on of it", async () => {
  const [of, ofPer] = [await hear({ author: asa }), await hear({ author: per })];
  await boost(asa, ofPer);
  await boost(per, of);
  assert.equal((await home()).filter((item) => [of, ofPer].includes(item)).length, 4);
  await db.as(own, (tx) => muteAccount(tx, own, office.id, asa, forGood));
  assert.deepEqual(await home([of, ofPer]), [ofPer]);
  await db.as(own, (tx) => unmuteAccount(tx, own, office.id, asa));
  assert.equal((await home([of, ofPer])).length, 4);
});

test("a page is full, however many of the newest are muted away", async () => {
  const kept = [await hear({ author: per }), await hear({ author: per })];
  for (let more = 0; more < 5; more++) await hear({ author: asa });
  await db.as(own, (tx) => muteAccount(tx, own, office.id, asa, forGood));
  assert.deepEqual(await home(undefined, { limit: 2 }), kept.toReversed());
});

test("a mute ends when its time has come, and one of another account changes nothing", async () => {
  const of = await hear({ author: asa });
  await db.as(own, (tx) =>
    muteAccount(tx, own, office.id, asa, {
      notifications: true,
      until: Temporal.Now.instant().subtract({ seconds: 1 }),
    }),
  );
  await db.as(own, (tx) => muteAccount(tx, own, voice.id, asa, forGood));
  assert.deepEqual(await home([of]), [of]);
});

test("a muted domain hides whoever is of it, and nobody else", async () => {
  const [of, ofPer] = [await hear({ author: asa }), await hear({ author: per })];
  await db.as(own, (tx) => muteDomain(tx, own, office.id, "A.example"));
  assert.deepEqual(await home([of, ofPer]), [ofPer]);
  await boost(per, of);
  assert.deepEqual(await home([of]), []);
  await db.as(own, (tx) => unmuteDomain(tx, own, office.id, "a.example"));
  assert.equal((await home([of])).length, 2);
});

test("what a muted account says to us stands in the inbox, and waits to be answered", async () => {
  await db.as(own, async (tx) => {
    await muteAccount(tx, own, office.id, asa, forGood);
    await muteDomain(tx, own, office.id, "a.example");
  });
  const question = await hear({ author: asa });
  await follow();
  assert.equal((await careFor(question)).status, "new");
  const inbox = await db.read(own, (tx) => inboxTimeline(tx, own, [office.id], { limit: 50 }));
  assert.ok(inbox.some(({ id }) => id === question));
  assert.deepEqual(await home([question]), []);
});

test("boosts of somebody whose boosts are not wanted stay out, and so does what is in other languages", async () => {
  const [swedish, english] = [
    await hear({ author: per, language: "sv" }),
    await hear({ author: per, language: "en-GB" }),
  ];
  const unknown = await hear({ author: per, language: null });
  const theirs = await hear({ author: stranger });
  await boost(per, theirs);
  const wanted = (settings: Parameters<typeof setFollowSettings>[3]) =>
    db.as(own, (tx) => setFollowSettings(tx, own, { follower: office.id, followed: per }, settings));
  assert.deepEqual(await home([theirs]), [theirs]);
  await wanted({ showReblogs: false });
  assert.deepEqual(await home([theirs]), []);
  await wanted({ languages: ["en"] });
  assert.deepEqual(await home([swedish, english, unknown]), [unknown, english]);
});

test("public posts with a followed tag join the home once, others do not", async () => {
  const tagged = (text: string, more: Parameters<typeof hear>[0] = {}) =>
    hear({ author: stranger, source: text, ...withTag("bro"), mentioned: [], ...more });
  const [open, quiet] = [await tagged("En bro"), await tagged("En tyst bro", { visibility: "unlisted" })];
  const followed = await tagged("Pers bro", { author: per });
  await db.as(own, (tx) => followTag(tx, own, office.id, "Bro"));
  assert.deepEqual(await home([open, quiet, followed]), [followed, open]);
  assert.deepEqual(await home(undefined, { limit: 2 }), [followed, open]);
  await db.as(own, (tx) => muteAccount(tx, own, office.id, stranger, forGood));
  assert.deepEqual(await home([open, followed]), [followed]);
  await db.as(own, (tx) => unfollowTag(tx, own, office.id, "bro"));
  assert.deepEqual(await home([open, followed]), [followed]);
});

test("the members of an exclusive list are read there alone", async () => {
  const of = await hear({ author: asa });
  const list = await listOf([asa], "list", true);
  assert.deepEqual(await home([of]), []);
  assert.deepEqual(await inList(list, [of]), [of]);
  await db.as(own, (tx) => muteAccount(tx, own, office.id, asa, forGood));
  assert.deepEqual(await inList(list, [of]), []);
});

test("a list leaves out the replies that it is set to leave out", async () => {
  const [ofPer, ofStranger] = [await hear({ author: per }), await hear({ author: stranger })];
  const replies = [
    await hear({ author: asa, inReplyTo: { uri: "https://b.example/1", own: ofPer } }),
    await hear({ author: asa, inReplyTo: { uri: "https://c.example/1", own: ofStranger } }),
    await hear({ author: asa, inReplyTo: { uri: "https://c.example/unknown" } }),
  ];
  const [toPer, ...others] = replies;
  const itself = await hear({ author: asa, inReplyTo: { uri: "https://a.example/1", own: toPer } });
  assert.deepEqual(await inList(await listOf([asa], "list"), [...replies, itself]), [itself]);
  assert.deepEqual(await inList(await listOf([asa, per], "list"), [...replies, itself]), [itself, toPer]);
  assert.deepEqual(await inList(await listOf([asa], "followed"), [...replies, itself]), [itself, toPer]);
  assert.deepEqual(await inList(await listOf([asa], "none"), [...replies, itself]), [itself]);
  const list = await listOf([asa], "none");
  const all = await db.read(own, (tx) =>
    listTimeline(tx, own, list, [office.id], { limit: 50, only: others }, { allReplies: true }),
  );
  assert.equal(all.length, 2);
});

test("in the home of two accounts stands what stands in the home of either", async () => {
  const of = await hear({ author: asa });
  await db.as(own, (tx) => muteAccount(tx, own, office.id, asa, forGood));
  const both = () =>
    db.read(own, (tx) => homeTimeline(tx, own, [office.id, voice.id], { limit: 50, only: [of] }));
  assert.equal((await both()).length, 0);
  await db.as(
    own,
    (tx) =>
      tx`insert into follow (authority, follower, followed, state) values (${own}, ${voice.id}, ${asa}, 'accepted')`,
  );
  assert.equal((await both()).length, 1);
});

test("in whose homes a post stands is told of many accounts at once, and of none that does not see it", async () => {
  const forOffice = await hear({ author: per, visibility: "direct", mentioned: [office.id] });
  const ours = await hear({ author: per });
  const only = [forOffice, ours, await hear({ author: stranger })];
  await boost(per, ours);
  const standing = await db.read(own, (tx) =>
    standingAtHomes(tx, own, [office.id, voice.id], { limit: 50, only }),
  );
  const places = standing.map(({ id, homes, boostedBy }) => [id, homes, boostedBy]);
  assert.deepEqual(places, [
    [ours, [office.id], per],
    [ours, [office.id], null],
    [forOffice, [office.id], null],
  ]);
});

/** The posts at home, of these alone; a live line's ways of asking give the same as a page. */
async function home(of?: readonly PostId[], reading: Reading = { limit: 100 }): Promise<PostId[]> {
  const only = of ?? [];
  const [page, asked, many] = await db.read(own, (tx) =>
    Promise.all([
      homeTimeline(tx, own, [office.id], reading),
      homeTimeline(tx, own, [office.id], { ...reading, only }),
      standingAtHomes(tx, own, [voice.id, office.id], { ...reading, only }),
    ]),
  );
  const onPage = page.map(({ id }) => id).filter((id) => !of || of.includes(id));
  if (of)
    for (const items of [asked, many.filter(({ homes }) => homes.includes(office.id))])
      assert.deepEqual(
        items.map(({ id }) => id),
        onPage,
      );
  return onPage;
}

async function inList(list: string, of: readonly (PostId | undefined)[]): Promise<PostId[]> {
  const items = await db.read(own, (tx) => listTimeline(tx, own, list, [office.id], { limit: 100 }));
  return items.map(({ id }) => id).filter((id) => of.includes(id));
}

async function listOf(
  members: AccountId[],
  repliesPolicy: RepliesPolicy,
  exclusive = false,
): Promise<string> {
  return db.as(own, async (tx) => {
    const made = await makeList(tx, own, { account: office.id, title: "Grannar" });
    const list = made.outcome === "made" ? await findList(tx, own, made.id, [office.id]) : undefined;
    assert.ok(list);
    await setList(tx, own, list, { repliesPolicy, exclusive });
    for (const member of members) await addMember(tx, own, list, member);
    return list.id;
  });
}

function boost(account: AccountId, post: PostId) {
  return db.as(
    own,
    (tx) => tx`insert into boost (authority, account, post) values (${own}, ${account}, ${post})`,
  );
}

function withTag(name: string) {
  return { blocks: [{ kind: "paragraph" as const, inlines: [{ kind: "tag" as const, name }] }] };
}

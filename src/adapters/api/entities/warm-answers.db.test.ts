import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Services } from "#context.ts";
import { markAccountGone } from "#domain/accounts/save-remote-account.ts";
import { deletePost } from "#domain/posts/delete-post.ts";
import { receiveDelete } from "#domain/posts/receive-change.ts";
import { countAccounts } from "#domain/timelines/count-accounts.ts";
import type { Transaction } from "#platform/database.ts";
import { testDatabase } from "#test/database.ts";
import { startWarmWorld, type Eyes } from "#test/warm-world.ts";
import { now, webServices } from "#test/web-site.ts";
import { knownOf } from "./known.ts";

const { db } = await testDatabase({ after });
const world = await startWarmWorld(db);
const { id, services, office, voice, person, per, picture } = world;
const { root, question, answer, thanks, pictured, whisper, news, boost, seeing, beside, elsewhere } = world;
const { act, request, edit, receive, reword, decide, profile, stateOf, saveStranger } = world;
const anyone: Eyes = { host: "torg.test" };
const home = "/api/v1/timelines/home";
const about = [
  "/api/v1/timelines/public",
  `/api/v1/accounts/${voice.id}/statuses`,
  `/api/v1/accounts/${per}/statuses`,
  `/api/v1/statuses/${root}/context`,
];
const ofOffice = [
  home,
  "/api/v1/notifications",
  "/api/v2/notifications",
  "/api/v2/notifications?expand_accounts=partial_avatars",
  "/api/v1/conversations",
  "/api/v1/timelines/direct",
  "/api/v1/timelines/tag/torget",
  `/api/v1/statuses/${thanks.post}/context`,
  ...about,
];
const asked: (Eyes & { path: string })[] = [
  ...ofOffice.map((path) => ({ ...seeing, path })),
  ...[home, ...about].map((path) => ({ ...beside, path })),
  ...[home, "/api/v1/timelines/public"].map((path) => ({ ...elsewhere, path })),
  ...about.map((path) => ({ ...anyone, path })),
];

/** What is done, and what then stands in the home of the office, or no longer does; none where it shows nothing there. */
type Change = [string, (tx: Transaction) => Promise<unknown>, { shows?: RegExp; hides?: RegExp }?];
const changes: Change[] = [
  ["nothing", () => Promise.resolve()],
  ["a post of ours is edited", (tx) => edit(tx, root, "Vad tycker ni nu?", office), { shows: /ni nu\?/ }],
  [
    "one is edited twice at once",
    async (tx) => {
      await edit(tx, root, "Nja #torget", office);
      await edit(tx, root, "Så här blir det #torget", office);
    },
    { shows: /Så här blir det/ },
  ],
  ["one is edited elsewhere", (tx) => reword(tx, news, "omskriven"), { shows: />omskriven</ }],
  [
    "one names somebody more",
    (tx) => reword(tx, news, "omskriven", { mentioned: [voice.id] }),
    { shows: /"username":"exempelkommun","url"/ },
  ],
  [
    "who is named has another handle",
    (tx) => tx`update account set handle = 'provkommun' where authority = ${id} and id = ${voice.id}`,
    { shows: /"username":"provkommun","url"/ },
  ],
  [
    "the warning of a post is another",
    (tx) => reword(tx, news, "ny", { warning: "Obs" }),
    { shows: /"Obs"/ },
  ],
  ["a post is hidden", (tx) => decide(tx, "hide"), { hides: />ny</ }],
  ["it is shown again", (tx) => decide(tx, "unhide"), { shows: />ny</ }],
  ["somebody has a new name", (tx) => saveStranger(tx, "per", { name: "Per P" }), { shows: /"Per P"/ }],
  [
    "one of ours has a new role",
    (tx) => profile(tx, { role: "Tillförordnad" }),
    { shows: /"Tillförordnad"/ },
  ],
  ["one of ours has a picture", (tx) => profile(tx, { avatar: picture }), { shows: /"avatar":"[^"]+webp"/ }],
  ["a picture cannot be had", (tx) => stateOf(tx, "failed"), { hides: /"avatar":"[^"]+webp"/ }],
  ["a picture can be had", (tx) => stateOf(tx, "ready"), { shows: /"avatar":"[^"]+webp"/ }],
  [
    "a picture has another size",
    (tx) => tx`update media set width = 17 where authority = ${id} and id = ${picture}`,
    { shows: /"size":"17x9"/ },
  ],
  [
    "a picture is described otherwise",
    (tx) => edit(tx, pictured, "En bild", voice, [{ media: picture, alt: "Ett annat torg" }]),
    { shows: /"Ett annat torg"/ },
  ],
  ["a post is favoured", () => act(`statuses/${news.post}/favourite`), { shows: /"favourited":true/ }],
  [
    "and by another of ours",
    () => act(`statuses/${news.post}/favourite`, beside),
    { shows: /"favourites_count":2/ },
  ],
  ["and no longer", () => act(`statuses/${news.post}/unfavourite`), { hides: /"favourited":true/ }],
  ["a post is passed on", () => act(`statuses/${news.post}/reblog`), { shows: /"reblogged":true/ }],
  ["a post is bookmarked", () => act(`statuses/${news.post}/bookmark`), { shows: /"bookmarked":true/ }],
  ["a post is pinned", () => act(`statuses/${root}/pin`), { shows: /"pinned":true/ }],
  ["a conversation is muted", () => act(`statuses/${answer}/mute`), { shows: /"muted":true/ }],
  ["and no longer", () => act(`statuses/${answer}/unmute`), { hides: /"muted":true/ }],
  [
    "a filter warns",
    () =>
      act("filters", seeing, {
        phrase: "ny",
        context: ["home", "notifications", "public", "thread", "account"],
      }),
    { shows: /"keyword_matches":\["ny"\]/ },
  ],
  [
    "a filter of another account",
    () => act("filters", beside, { phrase: "tack", context: ["home", "thread"] }),
  ],
  [
    "a filter hides",
    (tx) => tx`update filter set action = 'hide' where authority = ${id} and account = ${office.id}`,
    { hides: />ny</ },
  ],
  ["no filter", (tx) => tx`delete from filter where authority = ${id}`, { shows: />ny</ }],
  ["somebody is muted", () => act(`accounts/${per}/mute`), { hides: />ny</ }],
  ["and no longer", () => act(`accounts/${per}/unmute`), { shows: />ny</ }],
  ["a block is asked for", () => act(`accounts/${per}/block`), { hides: />ny</ }],
  ["and no longer", () => act(`accounts/${per}/unblock`), { shows: />ny</ }],
  [
    "posts are counted",
    async (tx) => {
      for (const name of ["ett", "två"]) await receive(tx, name, per, {});
      await countAccounts(tx, id, [per]);
    },
    { shows: /"statuses_count":4/ },
  ],
  ["somebody answers", (tx) => receive(tx, "svar", per, { parent: thanks.post }), { shows: />svar</ }],
  [
    "what was answered is for followers only",
    (tx) => reword(tx, thanks, "tack", { visibility: "followers" }),
    { shows: /"private"/ },
  ],
  [
    "it is for nobody here",
    (tx) => reword(tx, thanks, "tack", { visibility: "direct" }),
    { hides: new RegExp(`"in_reply_to_id":"${thanks.post}"`) },
  ],
  [
    "a post is deleted by its author",
    (tx) => receiveDelete(tx, id, { ...question.said, author: per, authorUri: "", entry: null }, now),
    { hides: />fraga</ },
  ],
  [
    "a boost is taken back",
    (tx) => tx`delete from boost where authority = ${id} and id = ${boost}`,
    { hides: new RegExp(`"id":"${boost}"`) },
  ],
  ["somebody is told of", (tx) => reword(tx, whisper, "viskat")],
  [
    "one of ours is deleted",
    (tx) => deletePost(tx, id, { id: pictured, account: voice.id, person }, now),
    { hides: /Ett annat torg/ },
  ],
  ["somebody is gone", (tx) => markAccountGone(tx, id, per), { shows: /"suspended":true/ }],
];

test("an answer that is put together of what is known is the one that knows nothing, after every change", async () => {
  let before = await answers(services);
  for (const [what, change, { shows, hides } = {}] of changes) {
    if (shows) assert.doesNotMatch(before[0] ?? "", shows, `${what}: before`);
    if (hides) assert.match(before[0] ?? "", hides, `${what}: before`);
    await db.as(id, change);
    const warm = await answers(services);
    // A process that has begun since.
    const cold = await answers(webServices(db, { clock: () => now }));
    for (const [index, { path, host, token }] of asked.entries())
      assert.equal(warm[index], cold[index], `${what}: ${host}${path} ${token}`);
    if (shows) assert.match(warm[0] ?? "", shows, what);
    if (hides) assert.doesNotMatch(warm[0] ?? "", hides, what);
    before = warm;
  }
});

test("what has not changed is neither read nor made anew, whoever asks", async () => {
  await answers(services);
  const { posts, voices, accounts, statuses } = knownOf({ services });
  const sizes = () => [posts, voices, accounts, statuses].map((some) => some.size().values);
  const [before = 0, ...rest] = sizes();
  assert.ok([before, ...rest].every((values) => values > 0));
  await answers(services);
  assert.deepEqual(sizes(), [before, ...rest]);
  await db.as(id, (tx) => edit(tx, answer, "Och nu så här", voice));
  await answers(services);
  assert.deepEqual(sizes().slice(0, 3), [before + 1, ...rest.slice(0, 2)], "one post is another");
});

/** By the API alone, without the ready answers that lie before it. */
async function answers(by: Services): Promise<string[]> {
  const made: string[] = [];
  for (const { host, path, token } of asked) {
    const answered = await request(by, { host, ...(token ? { token } : {}) }, path);
    assert.ok(answered.status < 500, path);
    made.push(`${answered.status} ${answered.headers.get("link")}\n${await answered.text()}`);
  }
  return made;
}

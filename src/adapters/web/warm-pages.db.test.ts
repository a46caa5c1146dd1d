import assert from "node:assert/strict";
import { after, test } from "node:test";
import { findAccount, type AccountId } from "#domain/accounts/account.ts";
import { changeProfile } from "#domain/accounts/change-profile.ts";
import { saveRemoteAccount } from "#domain/accounts/save-remote-account.ts";
import type { MediaId } from "#domain/media/media.ts";
import { decideOnPost } from "#domain/moderation/decide.ts";
import { deletePost } from "#domain/posts/delete-post.ts";
import { editPost } from "#domain/posts/edit-post.ts";
import type { PostId } from "#domain/posts/post.ts";
import { react } from "#domain/posts/react.ts";
import { receiveDelete, receiveEdit } from "#domain/posts/receive-change.ts";
import { receivePost, type IncomingPost } from "#domain/posts/receive-post.ts";
import { indexPosts } from "#domain/search/index-posts.ts";
import { blocksFromPlain } from "#domain/text/from-plain.ts";
import type { Transaction } from "#platform/database.ts";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority, exampleIncoming } from "#test/example.ts";
import { remoteAccount } from "#test/remote-account.ts";
import { addVoice, now, say, webApp, webServices } from "#test/web-site.ts";
import { knownOf } from "./known.ts";

const { db } = await testDatabase({ after });
const { authority, office, person } = await exampleAuthority(db, { domain: "torg.test" });
const { id } = authority;
const town = await addVoice(db, authority, "staden", { name: "Staden", kind: "office", role: "Ansvarig" });
let time = now;
const services = webServices(db, { clock: () => time });

const per = await stranger("per", { name: "Per" });
const anna = await stranger("anna", { name: "Anna" });
const picture = await keepPicture();
const root = await say(db, authority, office, "Vad tycker ni?", { at: now });
const asked = await hear("fraga", per, root);
const answer = await say(db, authority, town, "Så här tänker vi.", { at: now, inReplyTo: asked.post });
const thanks = await hear("tack", anna, answer);
// So deep that they say what they answer, on the first page and not on that of our answer.
let deep = thanks.post;
for (const name of ["djupt", "djupare", "djupast"]) deep = (await hear(name, per, deep)).post;
const aside = await hear("vid-sidan", anna, asked.post);
await hear("under", per, aside.post);
const pictured = await say(db, authority, town, "En bild", {
  inReplyTo: root,
  attachments: [{ media: picture, alt: "Ett torg" }],
});
const quoting = await hear("citat", anna, root, { warning: "Känsligt" });
const last = await hear("sist", per, root);
await db.as(id, (tx) => indexPosts(tx, id, [root, answer, pictured]));

const places = [
  `/@${office.handle}/${root}`,
  `/@${town.handle}/${answer}`,
  `/@${office.handle}/${root}?after=${aside.post}`,
  `/posts/${aside.post}`,
  "/search?q=vi",
];
const paths = places.flatMap((path) => [path, `/en${path}`]);

/** What is done, and the words that then stand on the first page, or no longer do; none where it shows nothing. */
const changes: [string, (tx: Transaction) => Promise<unknown>, { shows?: RegExp; hides?: RegExp }][] = [
  ["nothing", () => Promise.resolve(), {}],
  ["an answer is edited by us", (tx) => edit(tx, answer, "Nu tänker vi om"), { shows: /tänker vi om/ }],
  [
    "an answer is edited twice at once",
    async (tx) => {
      await edit(tx, answer, "Nja");
      await edit(tx, answer, "Så här blir det");
    },
    { shows: /Så här blir det/ },
  ],
  ["the post itself is edited", (tx) => edit(tx, root, "Vad tycker ni nu?", office.id), { shows: /ni nu\?/ }],
  ["an answer is edited elsewhere", (tx) => reword(tx, asked, "Omskriven"), { shows: /Omskriven/ }],
  ["a post is hidden", (tx) => decide(tx, "hide"), { shows: /tombstone/, hides: />vid-sidan</ }],
  ["a post is shown again", (tx) => decide(tx, "unhide"), { shows: />vid-sidan</, hides: /tombstone/ }],
  [
    "a post is deleted by its author",
    (tx) => receiveDelete(tx, id, { ...aside.said, author: anna, authorUri: "", entry: null }, now),
    { shows: /tombstone/, hides: />vid-sidan</ },
  ],
  ["somebody has a new name", (tx) => saveStranger(tx, "per", { name: "Per P" }), { shows: /Per P/ }],
  [
    "somebody may now be quoted",
    (tx) => saveStranger(tx, "per", { name: "Per P", indexable: true }),
    { hides: new RegExp(`data-post="${asked.post}" data-nosnippet`) },
  ],
  ["one of ours has a new role", (tx) => profile(tx, { role: "Tillförordnad" }), { shows: /Tillförordnad/ }],
  ["one of ours has a picture", (tx) => profile(tx, { avatar: picture }), { shows: /small\.webp/ }],
  [
    "a picture has been fetched anew",
    (tx) => tx`update media set width = 17 where authority = ${id} and id = ${picture}`,
    { shows: /width="17"/ },
  ],
  [
    "a picture cannot be had",
    (tx) => tx`update media set state = 'failed' where authority = ${id} and id = ${picture}`,
    { hides: /\.webp/ },
  ],
  [
    "a picture can be had",
    (tx) => tx`update media set state = 'ready' where authority = ${id} and id = ${picture}`,
    { shows: /\.webp/ },
  ],
  [
    "a picture is described otherwise",
    (tx) => edit(tx, pictured, "En bild", town.id, [{ media: picture, alt: "Ett annat torg" }]),
    { shows: /alt="Ett annat torg"/ },
  ],
  ["a post is favoured", (tx) => favour(tx, asked.post), {}],
  ["somebody answers", (tx) => receive(tx, "svar-till", per, thanks.post), { shows: />svar-till</ }],
  [
    "a post is for followers only",
    (tx) => reword(tx, last, "sist", { visibility: "followers" }),
    { hides: />sist</ },
  ],
  [
    "a post that was answered is for followers only",
    (tx) => reword(tx, asked, "Omskriven", { visibility: "followers" }),
    { hides: /Omskriven/, shows: /inlägg som inte visas/ },
  ],
  [
    "one of ours is deleted",
    (tx) => deletePost(tx, id, { id: pictured, account: town.id, person }, now),
    { hides: /Ett annat torg/ },
  ],
  [
    "the warning of a post changes",
    (tx) => reword(tx, quoting, "citat", { warning: "Nu" }),
    { shows: />Nu</ },
  ],
  [
    "the authority lives in another zone",
    (tx) => tx`update authority set zone = 'Pacific/Chatham' where id = ${id}`,
    { shows: /23\.45/ },
  ],
  ["it is tomorrow", () => Promise.resolve((time = now.add({ minutes: 30 }))), { shows: /i går/ }],
];

test("a page that is put together of what is known is the one that knows nothing, after every change", async () => {
  await pages(() => services);
  for (const [what, change, { shows, hides }] of changes) {
    const [before = ""] = await pages(() => services);
    if (shows) assert.doesNotMatch(before, shows, `${what}: before`);
    if (hides) assert.match(before, hides, `${what}: before`);
    await db.as(id, change);
    const warm = await pages(() => services);
    const cold = await pages(() => webServices(db, { clock: () => time }));
    for (const [index, path] of paths.entries()) assert.equal(warm[index], cold[index], `${what}: ${path}`);
    if (shows) assert.match(warm[0] ?? "", shows, what);
    if (hides) assert.doesNotMatch(warm[0] ?? "", hides, what);
  }
});

test("what has not changed is neither read nor made anew", async () => {
  await pages(() => services);
  const { posts, speakers, fragments } = knownOf(services);
  const sizes = () => [posts.size(), speakers.size(), fragments.size()];
  const before = sizes();
  assert.ok(before.every(({ values }) => values > 0));
  await db.as(id, (tx) => favour(tx, thanks.post));
  await pages(() => services);
  assert.deepEqual(sizes(), before);
  await db.as(id, (tx) => edit(tx, answer, "Och nu så här"));
  await pages(() => services);
  assert.equal(posts.size().values, (before[0]?.values ?? 0) + 1, "one post is another");
  assert.equal(speakers.size().values, before[1]?.values);
});

/** Each page by an app of its own, which has kept no page from before; what is known is that of the services. */
async function pages(by: () => typeof services): Promise<string[]> {
  const made: string[] = [];
  for (const path of paths) {
    const answer = await webApp(by()).request(`http://torg.test${path}`, { headers: { host: "torg.test" } });
    made.push(`${answer.status} ${answer.headers.get("location") ?? ""}\n${await answer.text()}`);
  }
  return made;
}

async function edit(
  tx: Transaction,
  post: PostId,
  source: string,
  account: AccountId = town.id,
  attachments: Parameters<typeof editPost>[2]["attachments"] = [],
): Promise<void> {
  const words = { kind: "note", sourceType: "plain", source, language: "sv", attachments } as const;
  const done = await editPost(tx, authority, { ...words, post, account, person, reason: "Rättat" }, time);
  assert.equal(done.outcome, "edited");
}

type Heard = { post: PostId; said: IncomingPost };

async function hear(
  name: string,
  author: AccountId,
  parent: PostId,
  more: Partial<IncomingPost> = {},
): Promise<Heard> {
  return db.as(id, (tx) => receive(tx, name, author, parent, more));
}

async function receive(
  tx: Transaction,
  name: string,
  author: AccountId,
  parent: PostId,
  more: Partial<IncomingPost> = {},
): Promise<Heard> {
  const uri = `https://grannen.test/notes/${name}`;
  const inReplyTo = { uri: `http://torg.test/ap/posts/${parent}`, own: parent };
  const said = exampleIncoming({ uri, author, source: name, inReplyTo, publishedAt: now, ...more });
  const received = await receivePost(tx, id, said, "always");
  if (received.outcome !== "received") throw new Error(received.outcome);
  return { post: received.id, said };
}

let edits = 0;

async function reword(
  tx: Transaction,
  { said }: Heard,
  source: string,
  more: Partial<IncomingPost> = {},
): Promise<void> {
  const editedAt = now.add({ minutes: ++edits });
  const done = await receiveEdit(tx, id, {
    ...said,
    source,
    blocks: blocksFromPlain(source),
    editedAt,
    ...more,
  });
  assert.equal(done.outcome, "changed");
}

async function decide(tx: Transaction, action: "hide" | "unhide"): Promise<void> {
  const said = { action, post: aside.post, person, rule: 1, reason: "Namnger någon" };
  assert.equal((await decideOnPost(tx, id, said, now)).outcome, "decided");
}

async function favour(tx: Transaction, post: PostId): Promise<void> {
  const done = await react(tx, id, { reaction: "favourite", post, account: office.id, person });
  assert.equal(done.outcome, "reacted");
}

async function profile(tx: Transaction, more: { role?: string; avatar?: MediaId }): Promise<void> {
  const account = await findAccount(tx, id, town.id);
  assert.ok(account);
  const done = await changeProfile(tx, id, account, { ...account, ...more }, person);
  assert.equal(done.outcome, "changed");
}

async function stranger(handle: string, more: { name: string }): Promise<AccountId> {
  return db.as(id, (tx) => saveStranger(tx, handle, more));
}

async function saveStranger(
  tx: Transaction,
  handle: string,
  more: { name: string; indexable?: boolean },
): Promise<AccountId> {
  return saveRemoteAccount(tx, id, remoteAccount({ handle, domain: "grannen.test", ...more }));
}

async function keepPicture(): Promise<MediaId> {
  const [row] = await db.as(
    id,
    (tx) => tx<{ id: MediaId }[]>`
      insert into media (authority, state, type, width, height, bytes) values (${id}, 'ready', 'image/webp', 16, 9, 1)
      returning id`,
  );
  assert.ok(row);
  return row.id;
}

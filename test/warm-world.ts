import assert from "node:assert/strict";
import { Hono } from "hono";
import type { Env, Services } from "#context.ts";
import { readConfig } from "#config.ts";
import { apiRoutes } from "#adapters/api/routes.ts";
import { makeAccessToken } from "#domain/accounts/access-token.ts";
import { findAccount, type Account, type AccountId } from "#domain/accounts/account.ts";
import { changeProfile } from "#domain/accounts/change-profile.ts";
import { saveRemoteAccount } from "#domain/accounts/save-remote-account.ts";
import type { MediaId } from "#domain/media/media.ts";
import { decideOnPost } from "#domain/moderation/decide.ts";
import { editPost } from "#domain/posts/edit-post.ts";
import type { PostId } from "#domain/posts/post.ts";
import { receiveEdit } from "#domain/posts/receive-change.ts";
import { receivePost, type IncomingPost } from "#domain/posts/receive-post.ts";
import { blocksFromPlain } from "#domain/text/from-plain.ts";
import { countAccounts } from "#domain/timelines/count-accounts.ts";
import type { Database, Transaction } from "#platform/database.ts";
import { hosted, routedPath } from "../src/frame.ts";
import { exampleAuthority, exampleIncoming, type Example } from "./example.ts";
import { remoteAccount } from "./remote-account.ts";
import { now, say, webServices } from "./web-site.ts";

/** Who looks at which authority. */
export type Eyes = { host: string; token?: string };
type Heard = { post: PostId; said: IncomingPost };
type More = Partial<IncomingPost> & { parent?: PostId };

/** Two authorities, one with a conversation, a boost, a picture and notifications; and what can be done to them. */
export async function startWarmWorld(db: Database) {
  const apps = new WeakMap<Services, Hono<Env>>();
  const one = await exampleAuthority(db, { domain: "torg.test" });
  const other = await exampleAuthority(db, { domain: "annan.test", handle: "granne" });
  let edits = 0;
  const { authority, office, voice, person } = one;
  const { id } = authority;
  // More is asked of it within a moment than an app may ask.
  const config = readConfig({ TORG_URL: "http://torg.test", TORG_API_RATE: "1000" });
  const services = webServices(db, { clock: () => now, config });

  const per = await stranger("per", { name: "Per" });
  const anna = await stranger("anna", { name: "Anna" });
  const picture = await keepPicture();
  await db.as(id, async (tx) => {
    for (const followed of [per, anna, voice.id])
      await tx`insert into follow (authority, follower, followed, state)
      values (${id}, ${office.id}, ${followed}, 'accepted')`;
  });
  const root = await say(db, authority, office, "Vad tycker ni? #torget", { at: now });
  const question = await hear("fraga", per, { parent: root });
  const answer = await say(db, authority, voice, "Så här tänker vi.", { at: now, inReplyTo: question.post });
  const thanks = await hear("tack", anna, { parent: answer });
  const pictured = await say(db, authority, voice, "En bild", {
    attachments: [{ media: picture, alt: "Ett torg" }],
  });
  const whisper = await hear("viskning", anna, { visibility: "direct", mentioned: [office.id] });
  const news = await hear("nyhet", per, {});
  await say(db, other.authority, other.office, "Hos grannen", { at: now });
  const boost = await db.as(id, async (tx) => {
    const [row] = await tx<{ id: string }[]>`
    insert into boost (authority, account, post, uri) values (${id}, ${anna}, ${root}, 'https://grannen.test/b/1')
    returning id`;
    for (const [kind, post, from] of [
      ["favourite", root, per],
      ["favourite", root, anna],
      ["mention", question.post, per],
      ["reblog", root, anna],
    ] as const)
      await tx`insert into notification (authority, account, kind, from_account, post, matter, at)
      values (${id}, ${office.id}, ${kind}, ${from}, ${post}, next_id(), ${now})`;
    await countAccounts(tx, id, [office.id, voice.id, per, anna]);
    return row?.id ?? assert.fail("no boost");
  });

  const [seeing, beside, elsewhere] = [
    await eyesOf(one, office),
    await eyesOf(one, voice),
    await eyesOf(other, other.office),
  ];
  return {
    ...one,
    id,
    services,
    per,
    anna,
    picture,
    root,
    question,
    answer,
    thanks,
    pictured,
    whisper,
    news,
    boost,
    seeing,
    beside,
    elsewhere,
    act,
    request,
    edit,
    receive,
    reword,
    decide,
    profile,
    stateOf,
    saveStranger,
  };

  async function act(path: string, eyes = seeing, json: object = {}): Promise<void> {
    const init = {
      method: "POST",
      body: JSON.stringify(json),
      headers: { "content-type": "application/json" },
    };
    const done = await request(services, eyes, `/api/v1/${path}`, init);
    assert.equal(done.status, 200, `${path}: ${await done.text()}`);
  }

  async function request(
    by: Services,
    { host, token }: Eyes,
    path: string,
    init: RequestInit = {},
  ): Promise<Response> {
    const app = apps.get(by) ?? appOf(by);
    apps.set(by, app);
    const headers = new Headers(init.headers);
    headers.set("host", host);
    if (token) headers.set("authorization", `Bearer ${token}`);
    return app.request(`http://${host}${path}`, { ...init, headers });
  }

  /** The API alone. */
  function appOf(by: Services): Hono<Env> {
    const app = new Hono<Env>({ getPath: routedPath });
    app.use(async (c, next) => {
      c.set("log", by.log);
      c.set("requestId", "test");
      c.set("address", "192.0.2.1");
      await next();
    });
    app.use(hosted(by));
    app.route("/", apiRoutes(by));
    return app;
  }

  async function eyesOf(example: Example, account: Account): Promise<Required<Eyes>> {
    const { authority: whose, person: who } = example;
    const wanted = { person: who, account: account.id, scopes: ["read", "write", "follow"] };
    const made = await db.as(whose.id, (tx) => makeAccessToken(tx, whose.id, wanted));
    if (made.outcome !== "made") throw new Error(made.outcome);
    return { host: whose.domain, token: made.token };
  }

  async function edit(
    tx: Transaction,
    post: PostId,
    source: string,
    { id: account }: Account,
    attachments: Parameters<typeof editPost>[2]["attachments"] = [],
  ): Promise<void> {
    const words = { kind: "note", sourceType: "plain", source, language: "sv", attachments } as const;
    const done = await editPost(tx, authority, { ...words, post, account, person, reason: "Rättat" }, now);
    assert.equal(done.outcome, "edited");
  }

  async function hear(name: string, author: AccountId, more: More): Promise<Heard> {
    return db.as(id, (tx) => receive(tx, name, author, more));
  }

  async function receive(
    tx: Transaction,
    name: string,
    author: AccountId,
    { parent, ...more }: More,
  ): Promise<Heard> {
    const inReplyTo = parent ? { uri: `http://torg.test/ap/posts/${parent}`, own: parent } : null;
    const uri = `https://grannen.test/notes/${name}`;
    const said = exampleIncoming({ uri, author, source: name, inReplyTo, publishedAt: now, ...more });
    const received = await receivePost(tx, id, said, "always");
    if (received.outcome !== "received") throw new Error(received.outcome);
    return { post: received.id, said };
  }

  async function reword(tx: Transaction, { said }: Heard, source: string, more: More = {}): Promise<void> {
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
    const said = { action, post: news.post, person, rule: 1, reason: "Namnger någon" };
    assert.equal((await decideOnPost(tx, id, said, now)).outcome, "decided");
  }

  async function profile(tx: Transaction, more: { role?: string; avatar?: MediaId }): Promise<void> {
    const account = await findAccount(tx, id, office.id);
    assert.ok(account);
    const done = await changeProfile(tx, id, account, { ...account, ...more }, person);
    assert.equal(done.outcome, "changed");
  }

  function stateOf(tx: Transaction, state: "ready" | "failed") {
    return tx`update media set state = ${state} where authority = ${id} and id = ${picture}`;
  }

  async function stranger(handle: string, more: { name: string }): Promise<AccountId> {
    return db.as(id, (tx) => saveStranger(tx, handle, more));
  }

  async function saveStranger(tx: Transaction, handle: string, more: { name: string }): Promise<AccountId> {
    return saveRemoteAccount(tx, id, remoteAccount({ handle, domain: "grannen.test", ...more }));
  }

  async function keepPicture(): Promise<MediaId> {
    const [row] = await db.as(
      id,
      (tx) => tx<{ id: MediaId }[]>`
      insert into media (authority, state, type, width, height, bytes) values (${id}, 'ready', 'image/webp', 16, 9, 1)
      returning id`,
    );
    return row?.id ?? assert.fail("no picture");
  }
}

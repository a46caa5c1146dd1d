import { startSnac } from "./interop/snac.ts";
import { waitFor } from "./interop/wait-for.ts";
import { startTorg } from "../src/start.ts";
import { createLog } from "#platform/log.ts";
import { setUpAuthority } from "../src/set-up-authority.ts";
import { generateKeyPair } from "#adapters/federation/signatures/keys.ts";
import { publishPost } from "#domain/posts/publish-post.ts";
import { editPost } from "#domain/posts/edit-post.ts";
import { deletePost } from "#domain/posts/delete-post.ts";
import { react, undoReaction } from "#domain/posts/react.ts";
import { requestFollow } from "#domain/relationships/follows.ts";
import { accountsByHandle } from "#domain/accounts/account.ts";
import { postUri, siteOf, accountUri } from "../src/context.ts";
import { createAccount } from "#domain/accounts/create-account.ts";
import { mkdtempSync } from "node:fs";

const port = 4377;
const data = mkdtempSync("/tmp/fedtry/data-");
const log = createLog({ level: "warn", write: (line) => process.stdout.write(line), now: () => Temporal.Now.instant() });
const torg = await startTorg({ config: { url: new URL(`http://localhost:${port}`), port, listen: "127.0.0.1", data, databaseUrl: undefined, allowPrivateNetwork: true, smtp: undefined, metricsToken: undefined, logLevel: "warn" } as never, log });
const snac = await startSnac({ name: "a.test", address: "127.0.0.2", user: "alice" });
try {
  const { db } = torg.store;
  const keys = await generateKeyPair();
  const made = await db.system((tx) => setUpAuthority(tx, { name: "Exempelkommun", municipality: "0000", languages: ["sv", "en"], domain: `localhost:${port}`, handleDomain: `localhost:${port}`, account: { handle: "kommun", name: "Exempelkommun", kind: "authority" }, keys, admin: { name: "Test", email: "t@example.se" } } as never));
  if (made.outcome !== "created") throw new Error(made.outcome);
  const { authority, person } = made;
  const site = siteOf(torg.services.config, authority);
  const k2 = await generateKeyPair();
  const office = await db.as(authority.id, (tx) => createAccount(tx, authority, { handle: "kommunchef", name: "Kommunchefen", kind: "office" }, k2, person.id));
  if (office.outcome !== "created") throw new Error(office.outcome);
  console.log("following", accountUri(site, office.id));
  await snac.follow(`kommunchef@localhost:${port}`);
  await waitFor(async () => (await db.read(authority.id, (tx) => tx`select * from delivery where state='delivered'`)).length > 0, { what: "Accept delivered" });
  console.log("accept delivered");
  if (process.env["SHORT"]) throw new Error("short");
  const now = () => Temporal.Now.instant();
  const publish = async (source: string, rest = {}) => {
    const r = await db.as(authority.id, (tx) => publishPost(tx, authority, { kind: "note", sourceType: "plain", source, language: "sv", attachments: [], account: office.id, person: person.id, visibility: "public", capacity: "office", ...rest } as never, now()));
    if (r.outcome !== "published") throw new Error(r.outcome);
    return r.id;
  };
  let t = performance.now();
  const id = await publish("Hej #skolan från @kommunchef");
  const got = await snac.received(postUri(site, id));
  console.log("received in", Math.round(performance.now() - t), "ms:", got.content);
  await db.as(authority.id, (tx) => editPost(tx, authority, { kind: "note", sourceType: "plain", source: "Hej igen", language: "sv", attachments: [], reason: "fel", account: office.id, person: person.id, post: id } as never, now()));
  await waitFor(async () => (await snac.received(postUri(site, id))).content.includes("igen"), { what: "edit" });
  console.log("edit there");
  const article = await publish("## Rubrik\n\nText med **fet** stil.", { kind: "article", title: "Om skolan", sourceType: "markdown" });
  console.log("article:", await snac.received(postUri(site, article), { timeoutMs: 5000 }).then((x) => x.content, (e) => String(e)));
  const reply = await snac.post("Ett svar", { inReplyTo: postUri(site, id) });
  const here = await waitFor(async () => (await db.read(authority.id, (tx) => tx<{ id: string }[]>`select id from post where uri = ${reply.uri}`))[0], { what: "reply here" });
  console.log("reply here", here.id);
  for (const reaction of ["favourite", "boost"] as const)
    await db.as(authority.id, (tx) => react(tx, authority.id, { reaction, post: here.id as never, account: office.id, person: person.id }));
  await waitFor(async () => {
    const n = await snac.api<{ type: string }[]>("GET", "/api/v1/notifications");
    const types = n.map((one) => one.type);
    return types.includes("favourite") && types.includes("reblog");
  }, { what: "like and announce" });
  console.log("like and announce there");
  const answer = await publish("Tack!", { inReplyTo: here.id });
  console.log("answer:", (await snac.received(postUri(site, answer))).in_reply_to_id);
  const direct = await publish(`@${snac.handle} bara till dig`, { visibility: "direct" }).catch((e) => String(e));
  console.log("direct", direct, /^\d+$/.test(direct) ? (await waitFor(async () => (await db.read(authority.id, (tx) => tx<{ state: string }[]>`select state from delivery join outgoing on outgoing.id = delivery.outgoing where outgoing.post = ${direct} and state <> 'waiting'`))[0], { what: "direct" })).state : "");
  for (const reaction of ["favourite", "boost"] as const)
    await db.as(authority.id, (tx) => undoReaction(tx, authority.id, { reaction, post: here.id as never, account: office.id, person: person.id }));
  const known = await db.read(authority.id, (tx) => accountsByHandle(tx, authority, [`@${snac.handle}`]));
  const alice = [...known.values()][0];
  console.log("alice known", alice?.handle, alice?.inbox, alice?.sharedInbox);
  if (alice) {
    await db.as(authority.id, (tx) => requestFollow(tx, authority.id, { follower: office.id, followed: alice, person: person.id }));
    await snac.followedBy(accountUri(site, office.id));
    await waitFor(async () => (await db.read(authority.id, (tx) => tx`select from follow where follower=${office.id} and state='accepted'`)).length > 0, { what: "snac's Accept" });
    console.log("our follow accepted");
  }
  await db.as(authority.id, (tx) => deletePost(tx, authority.id, { id, account: office.id, person: person.id }, now()));
  await waitFor(async () => (await snac.api<{ uri: string }[]>("GET", "/api/v1/timelines/home?limit=100")).every((s) => s.uri !== postUri(site, id)), { what: "deleted" });
  console.log("deleted there");
  const rows = await db.read(authority.id, (tx) => tx<{ body: string; state: string; error: string; inbox: string }[]>`select body, state, error, inbox from delivery join outgoing on outgoing.id = delivery.outgoing order by delivery.id`);
  for (const row of rows) console.log(JSON.parse(row.body).type, row.state, row.inbox, row.error ?? "");
  console.log(await db.system((tx) => tx`select * from subscription_failure`));
} catch (error) {
  console.log(error);
  for (const q of ["select kind, number, subject, facts from journal order by id desc limit 12", "select * from subscription_failure", "select * from subscription", "select state,error,inbox from delivery", "select * from peer", "select identifier from graphile_worker._private_tasks", "select task_identifier, attempts, last_error, run_at from graphile_worker.jobs"])
    console.log(q, (await torg.store.db.system((tx) => tx.unsafe(q))).map((r) => JSON.stringify(r)));
  console.log(snac.log().slice(-3000));
} finally {
  await snac.stop();
  await torg.stop();
  process.exit(0);
}

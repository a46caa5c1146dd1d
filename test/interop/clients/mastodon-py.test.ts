import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { waitFor } from "../wait-for.ts";
import { startClientTorg } from "./client-torg.ts";
import { startMastodonPy } from "./mastodon-py.ts";

type Status = {
  id: number | string;
  uri: string;
  content: string;
  edited_at: string | null;
  in_reply_to_id: unknown;
  favourited: boolean;
  reblogged: boolean;
  media_attachments: { id: unknown; description: string; type: string }[];
  account: { acct: string };
};

const world = await startClientTorg();
const folder = await mkdtemp(join(tmpdir(), "torg-mastodon-py-"));
const py = startMastodonPy();
after(async () => {
  py.stop();
  await world.stop();
  await rm(folder, { recursive: true, force: true });
});
const { alice, torg } = world;
let first: Status;

test("Mastodon.py registers, signs in by a code, and knows the version", async () => {
  await py.call("register", ["Exempelprogram"], {
    scopes: ["read", "write", "follow", "push"],
    api_base_url: torg.origin,
  });
  const address = await py.call<string>("auth_request_url", [], {
    scopes: ["read", "write", "follow", "push"],
  });
  const code = await world.allow(address);
  await py.call("log_in", [], { code, scopes: ["read", "write", "follow", "push"] });
  const me = await py.call("account_verify_credentials");
  assert.equal(me["acct"], "kommunchef");
  assert.match(await py.call<string>("retrieve_mastodon_version"), /^4\.3\.0/);
  await py.call("instance");
});

test("Mastodon.py hears by its stream what it does itself", async () => {
  assert.equal(await py.call<boolean>("stream_healthy"), true);
  assert.equal(await py.call<boolean>("listen"), true);
});

test("Mastodon.py posts with a picture and its description, once for each key, and edits it", async () => {
  await world.aliceFollows();
  const picture = await py.call("media_post", [await world.picture(folder)], {
    description: "En simbassäng",
    focus: [0.1, -0.2],
  });
  const named = {
    media_ids: [picture["id"]],
    idempotency_key: "en-gång",
    language: "sv",
    visibility: "public",
  };
  first = await py.call<Status>("status_post", ["Nya simhallen #simhall"], named);
  const again = await py.call<Status>("status_post", ["Nya simhallen #simhall"], named);
  assert.equal(again.id, first.id);
  assert.equal(first.media_attachments[0]?.description, "En simbassäng");
  await py.heard("update", (status) => status["id"] === first.id);
  const edited = await py.call<Status>("status_update", [first.id, "Nya simhallen öppnar #simhall"]);
  assert.ok(edited.edited_at);
  await py.heard("status.update", (status) => status["id"] === first.id);
  assert.equal((await py.call<unknown[]>("status_history", [first.id])).length, 2);
  const source = await py.call("status_source", [first.id]);
  assert.equal(source["text"], "Nya simhallen öppnar #simhall");
  assert.match((await alice.received(first.uri)).content, /Nya simhallen/);
});

test("Mastodon.py gets the reply, as it comes, and answers, favours and passes it on", async () => {
  await alice.post("Öppnar den före påsk?", { inReplyTo: first.uri });
  const told = await py.heard("notification", (one) => one["type"] === "mention");
  const reply = told["status"] as Status;
  assert.match(reply.content, /påsk/);
  const answer = await py.call<Status>("status_reply", [reply.id, "Ja, en vecka före."]);
  assert.equal(answer.in_reply_to_id, reply.id);
  assert.match((await alice.received(answer.uri)).content, /en vecka före/);
  assert.equal((await py.call<Status>("status_favourite", [reply.id])).favourited, true);
  assert.equal((await py.call<Status>("status_reblog", [reply.id])).reblogged, true);
  assert.equal((await py.call<Status>("status_bookmark", [reply.id]))["favourited"], true);
  const context = await py.call<{ ancestors: Status[]; descendants: Status[] }>("status_context", [reply.id]);
  assert.deepEqual(
    [context.ancestors.map(({ id }) => id), context.descendants.map(({ id }) => id)],
    [[first.id], [answer.id]],
  );
  const notifications = await py.call<{ type: string }[]>("notifications");
  assert.ok(notifications.some(({ type }) => type === "mention"));
});

test("Mastodon.py finds somebody elsewhere by name and a post by address, follows, and reads home", async () => {
  const found = await py.call<{ accounts: { id: unknown; acct: string }[] }>("search_v2", [alice.handle]);
  const [account] = found.accounts;
  assert.equal(account?.acct, alice.handle);
  const relation = await py.call("account_follow", [account?.id]);
  assert.ok(relation["following"] === true || relation["requested"] === true);
  await alice.followedBy(`${torg.origin}/ap/accounts/${torg.office.id}`);
  const said = await alice.post("God morgon från en annan server.");
  await py.heard("update", (status) => String(status["content"]).includes("God morgon"));
  const home = await py.call<Status[]>("timeline_home");
  assert.ok(home.some(({ uri }) => uri === said.uri));
  const elsewhere = await py.call<{ statuses: Status[] }>("search_v2", [said.uri]);
  assert.equal(elsewhere.statuses[0]?.uri, said.uri);
});

test("Mastodon.py pages through what there is without repeating or skipping", async () => {
  const wanted: string[] = [];
  for (let n = 0; n < 7; n++)
    wanted.unshift(String((await py.call<Status>("status_post", [`Nummer ${n}`])).id));
  const me = await py.call("account_verify_credentials");
  const page = await py.call<Status[]>("account_statuses", [me["id"]], { limit: 3 });
  const older = await py.call<Status[]>("account_statuses", [me["id"]], {
    limit: 4,
    max_id: page.at(-1)?.id,
  });
  assert.deepEqual(
    [...page, ...older].map(({ id }) => String(id)),
    wanted,
  );
});

test("Mastodon.py uses lists, filters, markers, conversations and preferences", async () => {
  const list = await py.call("list_create", ["Grannar"]);
  const [account] = (await py.call<{ accounts: { id: unknown }[] }>("search_v2", [alice.handle])).accounts;
  await py.call("list_accounts_add", [list["id"], [account?.id]]);
  assert.equal((await py.call<unknown[]>("list_accounts", [list["id"]])).length, 1);
  await py.call("timeline_list", [list["id"]]);
  await py.call("list_delete", [list["id"]]);
  const filter = await py.call("filter_create", ["reklam", ["home"]]);
  assert.equal((await py.call<unknown[]>("filters")).length, 1);
  await py.call("filter_delete", [filter["id"]]);
  await py.call("markers_set", [["home"], [first.id]]);
  assert.ok((await py.call("markers_get", [["home"]]))["home"]);
  await py.call("conversations");
  await py.call("preferences");
  await py.call("custom_emojis");
  await py.call("timeline_public");
  await py.call("timeline_hashtag", ["simhall"]);
});

test("Mastodon.py deletes, and its stream says so", async () => {
  await py.call("status_delete", [first.id]);
  await py.heard("delete", (id) => String(id) === String(first.id));
  await waitFor(async () => !(await py.call<Status[]>("timeline_home")).some(({ id }) => id === first.id), {
    what: "the post gone from home",
  });
});

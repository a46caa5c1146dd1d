import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createOAuthAPIClient, createRestAPIClient, createStreamingAPIClient, type mastodon } from "masto";
import { WebSocket } from "ws";
import { waitFor } from "../wait-for.ts";
import { startClientTorg } from "./client-torg.ts";

const world = await startClientTorg();
const folder = await mkdtemp(join(tmpdir(), "torg-masto-js-"));
const { alice, torg } = world;
const home = createServer((_, response) => void response.end("Du kan stänga fliken.")).listen(0, "127.0.0.1");
await once(home, "listening");
const backTo = `http://127.0.0.1:${(home.address() as AddressInfo).port}/back`;
const url = torg.origin;
const accessToken = await signIn();
const masto = createRestAPIClient({ url, accessToken });
const streaming = createStreamingAPIClient({
  streamingApiUrl: (await masto.v2.instance.fetch()).configuration.urls.streaming,
  accessToken,
  implementation: WebSocket,
});
const heard: mastodon.streaming.Event[] = [];
const stream = streaming.user.subscribe();
const listening = (async () => {
  for await (const event of stream) heard.push(event);
})();
after(async () => {
  stream.unsubscribe();
  streaming.close();
  await listening;
  home.close();
  await world.stop();
  await rm(folder, { recursive: true, force: true });
});
let first: mastodon.v1.Status;

/** By the way that apps take: the person is led to Torg and back, with proof that it is the same app that asked. */
async function signIn(): Promise<string> {
  const scopes = "read write follow push";
  const program = await createRestAPIClient({ url }).v1.apps.create({
    clientName: "Exempelapp",
    redirectUris: backTo,
    scopes,
  });
  const verifier = randomBytes(32).toString("base64url");
  const clientId = program.clientId ?? "";
  const clientSecret = program.clientSecret ?? "";
  const query = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: backTo,
    scope: scopes,
    state: "tillstånd",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  });
  const back = await world.allowAndReturn(`${url}/oauth/authorize?${query.toString()}`, backTo);
  assert.equal(back.searchParams.get("state"), "tillstånd");
  // Its types know of no verifier yet; it sends what it is given.
  const wish = {
    grantType: "authorization_code" as const,
    clientId,
    clientSecret,
    redirectUri: backTo,
    code: back.searchParams.get("code") ?? "",
    codeVerifier: verifier,
  };
  const token = await createOAuthAPIClient({ url }).token.create(wish);
  return token.accessToken;
}

const hears = (what: string, fits: (event: mastodon.streaming.Event) => boolean) =>
  waitFor(() => heard.find(fits), { what });

test("masto.js knows who it speaks for", async () => {
  const me = await masto.v1.accounts.verifyCredentials();
  assert.equal(me.acct, "kommunchef");
  assert.equal((await masto.v1.apps.verifyCredentials()).name, "Exempelapp");
});

test("masto.js posts with a picture and its description, and hears of it", async () => {
  await world.aliceFollows();
  const file = new Blob([await readFile(await world.picture(folder))], { type: "image/png" });
  const picture = await masto.v2.media.create({ file, description: "En simbassäng" });
  first = await masto.v1.statuses.create(
    { status: "Nya simhallen #simhall", mediaIds: [picture.id], language: "sv" },
    { requestInit: { headers: { "Idempotency-Key": "en-gång" } } },
  );
  assert.equal(first.mediaAttachments[0]?.description, "En simbassäng");
  await hears("its own post", ({ event, payload }) => event === "update" && payload.id === first.id);
  assert.match((await alice.received(first.uri)).content, /Nya simhallen/);
});

test("masto.js edits, and hears of it", async () => {
  const edited = await masto.v1.statuses.$select(first.id).update({
    status: "Nya simhallen öppnar",
    mediaIds: first.mediaAttachments.map(({ id }) => id),
  });
  assert.ok(edited.editedAt);
  await hears("the edit", ({ event, payload }) => event === "status.update" && payload.id === first.id);
  assert.equal((await masto.v1.statuses.$select(first.id).history.list()).length, 2);
});

test("masto.js hears the reply, answers it, favours it and passes it on", async () => {
  await alice.post("Öppnar den före påsk?", { inReplyTo: first.uri });
  const told = await hears(
    "the reply",
    ({ event, payload }) => event === "notification" && payload.type === "mention",
  );
  assert.ok(told.event === "notification" && told.payload.status);
  const { id, account } = told.payload.status;
  const answer = await masto.v1.statuses.create({
    status: `@${account.acct} Ja, en vecka före.`,
    inReplyToId: id,
  });
  assert.match((await alice.received(answer.uri)).content, /en vecka före/);
  assert.equal((await masto.v1.statuses.$select(id).favourite()).favourited, true);
  const boost = await masto.v1.statuses.$select(id).reblog();
  assert.equal(boost.reblog?.id, id);
  const context = await masto.v1.statuses.$select(id).context.fetch();
  assert.deepEqual(
    context.descendants.map((one) => one.id),
    [answer.id],
  );
  const groups = await masto.v2.notifications.list();
  assert.ok(groups.notificationGroups.map<string>(({ type }) => type).includes("mention"));
});

test("masto.js finds a post elsewhere by its address, follows its author, and reads home", async () => {
  const said = await alice.post("God morgon från en annan server.");
  const { statuses } = await masto.v2.search.list({ q: said.uri, resolve: true, type: "statuses" });
  const author = statuses[0]?.account;
  assert.equal(author?.acct, alice.handle);
  await masto.v1.accounts.$select(author?.id ?? "").follow();
  await alice.followedBy(`${torg.origin}/ap/accounts/${torg.office.id}`);
  await waitFor(
    async () => (await masto.v1.timelines.home.list()).some(({ account }) => account.id === author?.id),
    { what: "what she says at home" },
  );
  const [relation] = await masto.v1.accounts.relationships.fetch({ id: [author?.id ?? ""] });
  assert.equal(relation?.following, true);
});

test("masto.js goes from page to page by the links, and each post comes once", async () => {
  for (let n = 0; n < 5; n++) await masto.v1.statuses.create({ status: `Nummer ${n}` });
  const { id } = await masto.v1.accounts.verifyCredentials();
  const seen: string[] = [];
  for await (const page of masto.v1.accounts.$select(id).statuses.list({ limit: 2 }))
    seen.push(...page.map((status) => status.id));
  assert.equal(new Set(seen).size, seen.length);
  assert.ok(seen.length >= 8 && seen.includes(first.id));
});

test("masto.js gets an error that says what is wrong", async (t) => {
  // The server in this process has put a class of its own in the place of what fetch answers with.
  t.mock.property(globalThis, "Response", (await fetch(url)).constructor as typeof Response);
  await assert.rejects(masto.v1.statuses.create({ status: " " }), (error: Error) => {
    assert.match(error.message, /./);
    return "statusCode" in error && error.statusCode === 422;
  });
});

test("masto.js takes back what was said, and hears of it", async () => {
  await masto.v1.statuses.$select(first.id).remove();
  await hears("the removal", ({ event, payload }) => event === "delete" && payload === first.id);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { grantAccount } from "#domain/accounts/grants.ts";
import { decideOnBlock } from "#domain/moderation/decide.ts";
import { handleReport, listReports } from "#domain/moderation/report.ts";
import { blockDecisions } from "#domain/moderation/block-decisions.ts";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { startClientWorld } from "#test/client-world.ts";
import { testDatabase } from "#test/database.ts";
import { fileScope } from "#test/file-scope.ts";
import type { Account } from "../entities/account.ts";
import type { Relationship } from "../entities/relationship.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startClientWorld(scope, db);
const { authority, office, voice, person, asa } = world;
const own = authority.id;
const token = await world.token(["read", "write"]);
const colleague = await world.addColleague();
await db.as(own, (tx) => grantAccount(tx, own, { person: colleague, account: office.id }, undefined));
const ofColleague = await world.token(["read", "write"], { person: colleague });

const post = (path: string, as = token) =>
  world.api<Relationship & { error_description: string }>("POST", `/api/v1/accounts/${path}`, { token: as });
const waiting = async () => [...(await db.read(own, (tx) => listReports(tx, own, "waiting", 10)))];
const byDecision = { whom: { account: asa }, rule: 1, reason: "Hot", person } as const;

test("a block mutes at once, says truly that nothing is blocked, and asks the moderators once", async () => {
  const { status, body } = await post(`${asa}/block`, ofColleague);
  assert.equal(status, 200);
  assertEntity("Relationship", body);
  assert.deepEqual([body.muting, body.muting_notifications, body.blocking], [true, true, false]);
  await post(`${asa}/block`);
  await Promise.all([post(`${asa}/block`), post(`${asa}/block`)]);
  const reports = await waiting();
  assert.equal(reports.length, 1);
  assert.deepEqual([reports[0]?.account, reports[0]?.reporter], [asa, office.id]);
  assert.match(reports[0]?.words ?? "", /@kommunchef@exempel\.test vill att kontot blockeras/);
  assert.deepEqual((await world.api<Account[]>("GET", "/api/v1/blocks", { token })).body, []);
});

test("when it was answered, another wish makes another report", async () => {
  const [report] = await waiting();
  await db.as(own, (tx) =>
    handleReport(
      tx,
      own,
      report?.id ?? assert.fail(),
      "no-action: inget hot",
      person,
      Temporal.Now.instant(),
    ),
  );
  await post(`${asa}/block`);
  assert.equal((await waiting()).length, 1);
});

test("an unblock takes the mute and the wish back", async () => {
  const { body } = await post(`${asa}/unblock`);
  assert.deepEqual([body.muting, body.blocking], [false, false]);
  assert.deepEqual(await waiting(), []);
});

test("what the authority has decided is told as a block; a moderator alone lifts it, with a reason on record", async () => {
  await db.as(own, (tx) => decideOnBlock(tx, own, { ...byDecision, action: "block" }));
  const blocked = await world.api<Account[]>("GET", "/api/v1/blocks", { token });
  assert.deepEqual(
    blocked.body.map(({ id }) => id),
    [asa],
  );
  const again = await post(`${asa}/block`);
  assert.deepEqual([again.body.blocking, again.body.muting], [true, true]);
  assert.deepEqual(await waiting(), []);
  const follow = await post(`${asa}/follow`);
  assert.equal(follow.status, 403);
  const refused = await post(`${asa}/unblock`, ofColleague);
  assert.equal(refused.status, 403);
  assert.match(refused.body.error_description, /Bara en moderator/);
  assert.equal((await db.read(own, (tx) => blockDecisions(tx, own))).length, 1);
  const lifted = await post(`${asa}/unblock`);
  assert.deepEqual([lifted.status, lifted.body.blocking, lifted.body.muting], [200, false, false]);
  const [decision] = await db.read(
    own,
    (tx) =>
      tx<{ action: string; reason: string }[]>`select action, reason from decision order by id desc limit 1`,
  );
  assert.deepEqual(decision, { action: "unblock", reason: "Hävd i appen okänd." });
});

test("a voice of our own is muted, and nobody is asked to block it", async () => {
  assert.equal((await post(`${voice.id}/block`)).body.muting, true);
  assert.deepEqual(await waiting(), []);
});

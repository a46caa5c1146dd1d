import assert from "node:assert/strict";
import { test } from "node:test";
import { listReports } from "#domain/moderation/report.ts";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { startClientWorld } from "#test/client-world.ts";
import { testDatabase } from "#test/database.ts";
import { fileScope } from "#test/file-scope.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startClientWorld(scope, db);
const token = await world.token(["write:reports"]);

test("a report reaches the moderators, once for each post, with the rules it names", async () => {
  const [one, two] = [await world.hear("Hot."), await world.hear("Mer hot.")];
  const { status, body } = await world.api("POST", "/api/v1/reports", {
    token,
    form: {
      account_id: world.asa,
      status_ids: [one, two],
      comment: "Se här.",
      rule_ids: ["1"],
      forward: "true",
    },
  });
  assert.equal(status, 200);
  assertEntity("Report", body);
  assert.equal(body["category"], "violation");
  assert.equal(body["forwarded"], false);
  const waiting = await db.read(world.authority.id, (tx) =>
    listReports(tx, world.authority.id, "waiting", 10),
  );
  assert.deepEqual(new Set(waiting.map(({ post }) => post)), new Set([one, two]));
  assert.equal(waiting[0]?.reporter, world.office.id);
  assert.match(waiting[0]?.words ?? "", /^Regel 1: .+\nSe här\.$/s);
});

test("an account can be reported without posts, as JSON", async () => {
  const { body } = await world.api("POST", "/api/v1/reports", {
    token,
    json: { account_id: world.asa, category: "spam" },
  });
  assertEntity("Report", body);
  assert.deepEqual([body["category"], body["status_ids"], body["rule_ids"]], ["spam", null, null]);
});

test("nothing is filed about what is not there, is another's, or breaks no rule of ours", async () => {
  const own = await world.say(world.office, "Vårt eget.");
  const file = (json: unknown) => world.api("POST", "/api/v1/reports", { token, json });
  assert.equal((await file({ account_id: "123456789012345678" })).status, 404);
  assert.equal((await file({})).status, 404);
  assert.equal((await file({ account_id: world.asa, status_ids: [own] })).status, 404);
  assert.equal((await file({ account_id: world.asa, rule_ids: ["99"] })).status, 422);
  assert.equal((await file({ account_id: world.asa, category: "violation" })).status, 422);
  assert.equal((await file({ account_id: world.asa, comment: "x".repeat(1001) })).status, 422);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { testDatabase } from "#test/database.ts";
import { startDeckSite } from "#test/deck-site.ts";
import { fileScope } from "#test/file-scope.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const site = await startDeckSite(scope, db);
const cookie = (await site.signIn()).header;

test("a number too large for an id names no post", async () => {
  for (const step of ["", "/reply", "/edit", "/delete"])
    assert.equal((await site.ask(`/deck/posts/9999999999999999999${step}`, cookie)).status, 404, step);
});

test("a number too large for an id names no account", async () => {
  const body = { account: site.office.id, followed: "9999999999999999999" };
  assert.equal((await site.ask("/deck/unfollow", cookie, body)).status, 404);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { grantAccount } from "#domain/accounts/grants.ts";
import { testDatabase } from "#test/database.ts";
import { startDeckSite } from "#test/deck-site.ts";
import { fileScope } from "#test/file-scope.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const site = await startDeckSite(scope, db);
const anna = (await site.signIn()).header;

test("the account that was chosen for a list is still chosen when its name is missing", async () => {
  const { id } = site.authority;
  await db.as(id, (tx) => grantAccount(tx, id, { person: site.person, account: site.voice.id }, undefined));
  for (const owner of [site.office.id, site.voice.id]) {
    const answer = await site.ask("/deck/lists", anna, { owner, title: "" });
    assert.equal(answer.status, 422);
    const select = /<select[^>]* name="owner".*?<\/select>/s.exec(await answer.text())?.[0] ?? "";
    assert.match(select, new RegExp(`<option value="${owner}"[^>]* selected`));
  }
});

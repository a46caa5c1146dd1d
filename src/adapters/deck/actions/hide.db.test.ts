import assert from "node:assert/strict";
import { test } from "node:test";
import { testDatabase } from "#test/database.ts";
import { startDeckSite } from "#test/deck-site.ts";
import { fileScope } from "#test/file-scope.ts";

const scope = fileScope();

const { db } = await testDatabase(scope);
const site = await startDeckSite(scope, db);
const anna = (await site.signIn()).header;

test("the author is told of a hiding when the box is ticked, and staff see that they were, not the public", async () => {
  const question = await site.say(site.office, "Vad tycker ni om torget?");
  const theirs = await site.hear("Något riktigt otrevligt", { inReplyTo: question });
  const form = await (await site.ask(`/deck/posts/${theirs}/hide`, anna)).text();
  assert.match(form, /<input[^>]*name="tell"[^>]*checked/);
  const ground = { rule: "2", reason: "kränkande om grannen" };
  const again = await (await site.ask(`/deck/posts/${theirs}/hide`, anna, { ...ground, rule: "" })).text();
  assert.doesNotMatch(again, /<input[^>]*name="tell"[^>]*checked/);
  await site.ask(`/deck/posts/${theirs}/hide`, anna, { ...ground, tell: "1" });
  const staff = await (await site.ask(`/deck/posts/${question}`, anna)).text();
  assert.match(staff, /Den som skrev har fått ett meddelande om det\./);
  assert.match(staff, /Exempelkommun har dolt ett inlägg/);
  const open = await (await fetch(`${site.origin}/@${site.office.handle}/${question}`)).text();
  assert.match(open, /Dolt enligt regel 2/);
  assert.doesNotMatch(open, /har fått ett meddelande|har dolt ett inlägg|visas inte här/);
  await site.ask(`/deck/posts/${theirs}/unhide`, anna, { reason: "prövat" });
  await site.ask(`/deck/posts/${theirs}/hide`, anna, ground);
  assert.match(
    await (await site.ask(`/deck/posts/${question}`, anna)).text(),
    /Den som skrev har inte fått något meddelande om det\./,
  );
});

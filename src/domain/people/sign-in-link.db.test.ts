import assert from "node:assert/strict";
import { after, test } from "node:test";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority } from "#test/example.ts";
import { mayAskForLink, redeemLink, makeLink } from "./sign-in-link.ts";

const { db } = await testDatabase({ after });
const { authority, person } = await exampleAuthority(db);
const now = Temporal.Instant.from("2026-11-22T04:00:00Z");

test("whoever asks from one network does not lock out the colleague at another", async () => {
  const ask = (address: string) =>
    db.as(authority.id, (tx) => mayAskForLink(tx, authority.id, { email: "anna@example.se", address }, now));
  for (let count = 0; count < 5; count++) assert.equal(await ask("192.0.2.1"), true);
  for (let count = 0; count < 30; count++) assert.equal(await ask("192.0.2.2"), false);
  assert.equal(await ask("198.51.100.1"), true);
});

test("from however many networks no more than twenty letters are sent in a quarter of an hour", async () => {
  let sent = 0;
  for (let network = 0; network < 30; network++) {
    const asked = { email: "bo@example.se", address: `203.0.${network}.1` };
    if (await db.as(authority.id, (tx) => mayAskForLink(tx, authority.id, asked, now))) sent++;
  }
  assert.equal(sent, 20);
});

test("a link that is used twice at once opens one session", async () => {
  const secret = await db.as(authority.id, (tx) => makeLink(tx, authority.id, person, now));
  const opened = await Promise.all(
    Array.from({ length: 6 }, () =>
      db.as(authority.id, (tx) => redeemLink(tx, authority.id, secret, "?", now)),
    ),
  );
  assert.equal(opened.filter(Boolean).length, 1);
});

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { chooseLetters, markRead } from "#domain/notifications/reader.ts";
import { systemClock } from "#platform/clock.ts";
import { testDatabase } from "#test/database.ts";
import { openNotificationWorld } from "#test/notification-world.ts";
import { readConfig } from "#config.ts";
import { notificationJobs } from "./letter-job.ts";

const { db } = await testDatabase({ after });
const letters: { to: string; subject: string; text: string }[] = [];
let refuses = false;
const jobs = notificationJobs({
  config: readConfig({ TORG_URL: "https://exempel.test" }),
  db,
  clock: systemClock,
  mail: (letter) => {
    if (refuses) return Promise.reject(new Error("the mail server does not answer"));
    letters.push(letter);
    return Promise.resolve();
  },
});

test("a letter says that something waits and where, never what was written, and is sent once", async () => {
  const w = await openNotificationWorld(db);
  const { id } = w.authority;
  const bo = await w.colleague("Bo");
  await db.as(id, (tx) => chooseLetters(tx, id, bo, ["assigned"]));
  await w.assign(bo);
  await w.digest();
  const [told] = await w.heardBy(bo, []);
  const send = () => jobs["send-notification-letter"]?.({ authority: id, notification: told?.id ?? "" });
  refuses = true;
  await assert.rejects(async () => send());
  refuses = false;
  await send();
  await send();
  assert.equal(letters.length, 1, "tried again after it failed, and not after it went");
  const [letter] = letters;
  assert.equal(letter?.to, "Bo@example.se");
  assert.match(letter?.subject ?? "", /Du har fått ett ärende på Exempelkommun/);
  assert.match(letter?.text ?? "", new RegExp(`https://${w.authority.domain}/deck/posts/${w.thread}\\b`));
  assert.doesNotMatch(letter?.text ?? "", /Tråd/);
});

test("what was seen in the deck meanwhile needs no letter", async () => {
  const w = await openNotificationWorld(db);
  const { id } = w.authority;
  const bo = await w.colleague("Bo");
  await db.as(id, (tx) => chooseLetters(tx, id, bo, ["assigned", "overdue"]));
  await w.assign(bo);
  await w.digest();
  const [told] = await w.heardBy(bo, []);
  await db.as(id, (tx) => markRead(tx, id, bo, told?.id ?? "0"));
  letters.length = 0;
  await jobs["send-notification-letter"]?.({ authority: id, notification: told?.id ?? "" });
  assert.deepEqual(letters, []);
});

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startSequencer } from "#domain/journal/sequencer.ts";
import { connectAs } from "#test/database.ts";
import { activity, inboxWorld, note } from "#test/inbox-world.ts";
import { inboxSubscription } from "./handle.ts";

const world = await inboxWorld({ after });
const { db, remote, inbox, me } = world;
const alice = await remote.actor("alice");
await world.meet(remote, alice);
const owner = connectAs("torg", db.sql.options.database);
after(() => owner.end());

const cc = { cc: [me], tag: [{ type: "Mention", href: me, name: "@kommunchef" }] };
const start = () =>
  startSequencer({ db, subscriptions: [inboxSubscription(world.services)], log: world.services.log });
const send = async (name: string, type = "Create") => {
  const what = type === "Like" ? `${alice.uri}/1` : note(alice, name, cc);
  assert.equal((await remote.post(inbox, activity(alice, type, what), { as: alice })).status, 202);
};

/** It has dealt with all that has come. */
async function handled(): Promise<void> {
  for (let rest = 1; rest > 0;) {
    const [row] = await db.system(
      (tx) => tx<{ rest: number }[]>`
        select count(*)::int as rest from journal where kind = 'activity-received' and (number is null
          or number > coalesce((select position from subscription where name = 'federation-in'), 0))`,
    );
    rest = row?.rest ?? 0;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const asideTypes = async () => {
  const rows = await db.system(
    (tx) => tx<{ type: string; again: boolean }[]>`
      select facts->>'type' as type, again_at is not null as again
      from subscription_failure failure join journal on journal.number = failure.number order by failure.number`,
  );
  return rows.map(({ type, again }) => [type, again]);
};

test("a fault of ours with one post of a set keeps no other, and the post comes when it is mended", async () => {
  await owner.unsafe(`
    create function stumble() returns trigger language plpgsql as $$ begin raise exception 'a fault of ours'; end $$;
    create trigger stumble before insert on post for each row when (new.uri like '%/3') execute function stumble();
    create trigger stumble before insert on favourite for each row execute function stumble()`);
  for (const name of ["1", "2", "3", "4", "5"]) await send(name);
  await send("", "Like");
  await send("6");
  const first = start();
  await handled();
  await first.stop();
  assert.equal(await world.count("post"), 5);
  assert.deepEqual(await asideTypes(), [
    ["Create", true],
    ["Like", true],
  ]);
  await owner.unsafe("drop trigger stumble on post; drop trigger stumble on favourite");
  const second = start();
  while ((await asideTypes()).some(([, again]) => again))
    await new Promise((resolve) => setImmediate(resolve));
  await second.stop();
  assert.ok(await world.find(`${alice.uri}/3`));
  assert.equal(await world.count("post"), 6);
  // She has said something since, and might have taken it back.
  assert.deepEqual(await asideTypes(), [["Like", false]]);
  assert.equal(await world.count("favourite"), 0);
});

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { exampleAuthority } from "#test/example.ts";
import { testDatabase } from "#test/database.ts";
import { openSessionsAmong } from "./open-sessions.ts";
import { addPerson, type PersonId } from "./person.ts";
import { listSessions, openSession, revokeSession } from "./session.ts";

const { db } = await testDatabase({ after });
const { authority } = await exampleAuthority(db);
const other = await exampleAuthority(db);
const { id } = authority;
const now = Temporal.Instant.from("2026-11-22T04:00:00Z");

test("among many sessions those are open that are neither revoked nor expired, of people who are still here", async () => {
  const [stays, revoked, expired, left] = await Promise.all(
    ["a", "b", "c", "d"].map((name) => signedIn(name)),
  );
  assert.ok(stays && revoked && expired && left);
  await db.as(id, async (tx) => {
    await revokeSession(tx, id, revoked.person, revoked.session, now);
    await tx`update session set expires_at = ${now} where authority = ${id} and id = ${expired.session}`;
    await tx`update person set ended_at = ${now} where authority = ${id} and id = ${left.person}`;
  });
  const asked = [stays, revoked, expired, left].map(({ session }) => session);
  const later = now.add({ seconds: 1 });
  const open = await db.read(id, (tx) => openSessionsAmong(tx, id, asked, later));
  assert.deepEqual([...open], [stays.session]);
  const elsewhere = other.authority.id;
  assert.equal((await db.read(elsewhere, (tx) => openSessionsAmong(tx, elsewhere, asked, later))).size, 0);
});

async function signedIn(name: string) {
  return db.as(id, async (tx) => {
    const wish = { name, email: `${name}@example.se`, roles: [], language: "sv" as const };
    const added = await addPerson(tx, id, wish, undefined);
    if (added.outcome !== "added") throw new Error(added.outcome);
    const person: PersonId = added.id;
    await openSession(tx, id, person, "here", now);
    const [session] = await listSessions(tx, id, person, now);
    if (!session) throw new Error("no session");
    return { person, session: session.id };
  });
}

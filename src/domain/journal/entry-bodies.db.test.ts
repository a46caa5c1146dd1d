import assert from "node:assert/strict";
import { test } from "node:test";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority } from "#test/example.ts";
import { append, type EntryId } from "./append.ts";
import { entryBodies } from "./entry-bodies.ts";

test("bodies are read in the order asked for, no more at once than may be held, and always one", async (t) => {
  const { db } = await testDatabase(t);
  const { authority } = await exampleAuthority(db);
  const write = (body?: string) =>
    db.as(authority.id, (tx) =>
      append(tx, {
        authority: authority.id,
        direction: "in",
        kind: "said",
        ...(body === undefined ? {} : { payload: { body } }),
      }),
    );
  const long = "x".repeat(9_000);
  const [one, other, nothing, heavy, last] = [
    await write("ett"),
    await write("två"),
    await write(),
    await write(long),
    await write("sist"),
  ];
  const read = (entries: EntryId[], heaviest: number) =>
    db.read(authority.id, (tx) => entryBodies(tx, authority.id, entries, heaviest));
  assert.deepEqual(
    [...(await read([other, one, nothing, heavy, last], 1_000))],
    [
      [other, "två"],
      [one, "ett"],
      [nothing, undefined],
    ],
  );
  assert.deepEqual([...(await read([heavy, last], 1_000))], [[heavy, long]]);
  // Five bytes with the quotation marks, and six, for ä, ö and å are two each.
  assert.equal((await read([one, other, last], 10)).size, 1);
  assert.equal((await read([one, other, last], 11)).size, 2);
});

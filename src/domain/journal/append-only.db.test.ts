import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority } from "#test/example.ts";
import { append } from "./append.ts";

test("an entry is given its number once, and nothing else of it changes with that or after it", async (t) => {
  const { db } = await testDatabase(t);
  const { authority } = await exampleAuthority(db);
  const long = randomBytes(9_000).toString("hex");
  const entry = { authority: authority.id, direction: "within", kind: "kept", facts: { long } } as const;
  const id = await db.as(authority.id, (tx) => append(tx, entry));
  const columns = await db.sql<{ name: string }[]>`
    select attname as name from pg_attribute where attrelid = 'journal'::regclass and attnum > 0 and not attisdropped`;
  const others = columns.map(({ name }) => name).filter((name) => name !== "number");
  const changed: Record<string, string> = {
    authority: "0",
    id: "1",
    at: "at + interval '1 microsecond'",
    direction: "'in'",
    kind: "'forged'",
    channel: "'forged'",
    subject: "'{1}'",
    facts: "facts || '{\"more\": 1}'",
    digest: "'\\x00'",
  };
  const set = (what: string) =>
    db.as(authority.id, (tx) =>
      tx.unsafe(`update journal set ${what} where authority = ${authority.id} and id = ${id}`),
    );
  for (const name of others)
    await assert.rejects(set(`number = 900001, ${name} = ${changed[name] ?? "1"}`), /append-only/, name);
  await set("number = 900001");
  for (const what of ["number = 900002", "number = null", "number = number", "kind = kind"])
    await assert.rejects(set(what), /append-only/, what);
});

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { testDatabase } from "#test/database.ts";
import { exampleAuthority } from "#test/example.ts";
import { addBlock, blockedHostsAmong, isDomainBlocked } from "./blocks.ts";

const { db } = await testDatabase({ after });

test("of many hosts those are blocked that are blocked one by one", async () => {
  const { authority } = await exampleAuthority(db, { domain: "torg.test" });
  const hosts = [
    "bad.example",
    "deep.Bad.example:8443",
    "notbad.example",
    "example",
    "b.c.test",
    "c.test",
    "",
  ];
  await db.as(authority.id, async (tx) => {
    for (const domain of ["bad.example", "b.c.test"]) await addBlock(tx, authority.id, { domain });
    const alone = [];
    for (const host of hosts) if (await isDomainBlocked(tx, authority.id, host)) alone.push(host);
    assert.deepEqual(alone, ["bad.example", "deep.Bad.example:8443", "b.c.test"]);
    assert.deepEqual([...(await blockedHostsAmong(tx, authority.id, [...hosts, ...hosts]))], alone);
    assert.deepEqual(await blockedHostsAmong(tx, authority.id, []), new Set());
  });
});

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { readConfig } from "#config.ts";
import { append } from "#domain/journal/append.ts";
import { exampleAuthority } from "#test/example.ts";
import { testDatabase } from "#test/database.ts";
import { failures } from "./failures.ts";
import { callOf } from "./run-command.ts";

const { db, ownerUrl } = await testDatabase({ after });
const config = readConfig({ DATABASE_URL: ownerUrl, TORG_URL: "https://torg.example.se" });
const clock = () => Temporal.Instant.from("2026-03-03T07:48:00Z");
const run = (...args: string[]) => failures.run(callOf("failures", failures, args, { config, clock }));

test("an operator sees what is set aside and why, and has it tried again", async () => {
  assert.equal((await run()).text, "Nothing is set aside.");
  const { authority } = await exampleAuthority(db);
  await db.as(authority.id, (tx) =>
    append(tx, { authority: authority.id, direction: "within", kind: "told" }),
  );
  await db.system(async (tx) => {
    await tx`update journal set number = 7 where number is null and kind = 'told'`;
    await tx`insert into subscription_failure (name, number, error, at, tries)
      values ('words', 7, 'TypeError: no words', '2026-03-03T07:00:00Z', 3)`;
  });
  const { text } = await run();
  assert.equal(
    text,
    `2026-03-03T07:00:00Z  words  entry 7  told  ${authority.domain}  not tried again by itself  TypeError: no words`,
  );
  const { json } = await run("--retry");
  const [failure] = json["failures"] as { tries: number; againAt: unknown }[];
  assert.equal(failure?.tries, 0);
  assert.ok(failure.againAt);
});

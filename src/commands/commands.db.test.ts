import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { readConfig } from "#config.ts";
import { testDatabase } from "#test/database.ts";
import { hashSecret } from "#platform/secret.ts";
import { CommandError, UsageError } from "./command.ts";
import { commands } from "./commands.ts";
import { explain } from "./explain-error.ts";
import { overview } from "./help.ts";
import { callOf, runCommand } from "./run-command.ts";
import { handleOf } from "./setup.ts";

const database = await testDatabase({ after });
const data = mkdtempSync(join(tmpdir(), "torg-commands-"));
after(() => rmSync(data, { recursive: true, force: true }));
const config = readConfig({
  DATABASE_URL: database.ownerUrl,
  TORG_DATA: data,
  TORG_URL: "https://torg.example.se",
});
const now = Temporal.Instant.from("2026-03-03T07:48:00Z");

async function run(name: string, ...args: string[]) {
  const command = await commands[name]?.();
  assert.ok(command);
  return command.run(callOf(name, command, args, { config, clock: () => now }));
}
const failsWith = (code: string) => (error: unknown) => error instanceof CommandError && error.code === code;

test("nothing can be done before an authority is set up, and the words say how", async () => {
  await assert.rejects(run("account list"), failsWith("not-set-up"));
});

test("setup opens an authority on TORG_URL's host, with an account named after it and a link for its administrator", async () => {
  const { json } = await run(
    "setup",
    "--authority",
    "Västra Åköping",
    "--municipality",
    "0000",
    "--language",
    "sv",
    "--admin",
    "anna.berg@example.se",
  );
  assert.equal(json["account"], "@vastra_akoping@torg.example.se");
  const secret = /^https:\/\/torg\.example\.se\/sign-in\/([\w-]{43})$/.exec(String(json["link"]))?.[1];
  const [link] = await database.db.system(
    (tx) => tx<{ name: string }[]>`
    select name from sign_in_link link join person on person.authority = link.authority and person.id = link.person
    where token_hash = ${hashSecret(secret ?? "")}`,
  );
  assert.equal(link?.name, "Anna Berg");
});

test("a domain is one authority's: a second on it is refused and the first left as it is", async () => {
  const again = ["--authority", "Annan", "--municipality", "0000", "--admin", "b@example.se"];
  await assert.rejects(run("setup", ...again), failsWith("domain-taken"));
});

test("a new account is granted to the administrators unless told otherwise", async () => {
  const { json } = await run(
    "account add",
    "kommunchef",
    "--name",
    "Kommunchefen",
    "--kind",
    "office",
    "--role",
    "Kommunchef",
  );
  assert.deepEqual(json["speakers"], ["anna.berg@example.se"]);
  await assert.rejects(
    run("account add", "kommunchef", "--name", "X", "--kind", "office"),
    failsWith("handle-taken"),
  );
  const { text } = await run("account list");
  assert.match(text, /@kommunchef@torg\.example\.se {2}office {2}Kommunchefen {2}anna\.berg@example\.se/);
});

test("a person is added with roles and accounts, and gets a link by their address", async () => {
  await run("person add", "bo@example.se", "--name", "Bo", "--role", "moderator", "--grant", "kommunchef");
  const { json } = await run("sign-in", "BO@example.se");
  assert.match(String(json["link"]), /\/sign-in\/[\w-]{43}$/);
  assert.equal(json["expires"], "2026-03-03T08:03:00Z");
  await assert.rejects(run("person add", "bo@example.se", "--name", "Bo"), failsWith("email-taken"));
  await assert.rejects(run("sign-in", "ingen@example.se"), failsWith("unknown-person"));
});

test("a token is for an account that the person may speak for, and only its hash is kept", async () => {
  const { text } = await run(
    "token",
    "bo@example.se",
    "--account",
    "kommunchef",
    "--scope",
    "read write follow push",
  );
  const rows = await database.db.system(
    (tx) => tx<{ scopes: string[] }[]>`
    select scopes from access_token where token_hash = ${hashSecret(text)}`,
  );
  assert.deepEqual(rows[0]?.scopes, ["read", "write", "follow", "push"]);
  await assert.rejects(
    run("token", "bo@example.se", "--account", "vastra_akoping"),
    failsWith("not-granted"),
  );
  await assert.rejects(
    run("token", "bo@example.se", "--account", "kommunchef", "--scope", "rule"),
    failsWith("bad-scope"),
  );
});

test("a post is published by the account, in its capacity, with or without a person", async () => {
  const { json } = await run("post", "@kommunchef", "Hej från raden", "--by", "bo@example.se");
  assert.equal(json["url"], `https://torg.example.se/@kommunchef/${String(json["id"])}`);
  const [row] = await database.db.system(
    (tx) => tx<{ capacity: string; person: string | null }[]>`
    select capacity, person from post where id = ${String(json["id"])}`,
  );
  assert.equal(row?.capacity, "office");
  assert.ok(row.person);
  await assert.rejects(run("post", "kommunchef", "  "), failsWith("empty"));
  await assert.rejects(
    run("post", "vastra_akoping", "Hej", "--by", "bo@example.se"),
    failsWith("not-granted"),
  );
  const asksApproval = (on: boolean) =>
    database.db.system((tx) => tx`update account set approval = ${on} where handle = 'kommunchef'`);
  await asksApproval(true);
  await assert.rejects(run("post", "kommunchef", "Hej"), failsWith("approval-needed"));
  await asksApproval(false);
});

test("with several authorities a command asks which", async () => {
  await run(
    "setup",
    "--authority",
    "Annan",
    "--municipality",
    "0000",
    "--admin",
    "b@example.se",
    "--domain",
    "annan.example.se",
  );
  await assert.rejects(run("account list"), failsWith("which-authority"));
  const { json } = await run("account list", "--authority", "annan.example.se");
  assert.equal((json["accounts"] as { handle: string }[])[0]?.handle, "@annan@annan.example.se");
});

test("flags that a command does not know, and arguments too many or too few, are refused", async () => {
  for (const args of [
    ["--sko"],
    ["kommunchef"],
    ["kommunchef", "Hej", "på dig"],
    ["kommunchef", "Hej", "--visibility", "all"],
  ])
    await assert.rejects(async () => run("post", ...args), UsageError);
});

test("every command has help", async () => {
  for (const load of Object.values(commands)) assert.ok((await load()).summary.endsWith("."));
  assert.equal(handleOf("Östra Ämåls-kommun"), "ostra_amalskommun");
});

test("the first word of a two-word command says which there are", async () => {
  assert.deepEqual(Object.keys((await overview("account")).json["commands"] ?? {}), [
    "account add",
    "account list",
  ]);
  assert.equal(await runCommand(["account", "--help", "--json"]), 0);
  assert.equal(await runCommand(["account", "close"]), 2);
});

test("a folder that may not be written to is said in words, without a trace", () => {
  const refused = Object.assign(new Error("EACCES: permission denied"), {
    code: "EACCES",
    path: "/srv/torg",
  });
  const { message, exit } = explain(refused);
  assert.match(message, /^\/srv\/torg may not be read or written by this user\. .*TORG_DATA/);
  assert.equal(exit, 1);
});

import { stripVTControlCharacters } from "node:util";
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { waitFor } from "../wait-for.ts";
import { startClientTorg } from "./client-torg.ts";

const world = await startClientTorg();
const folder = await mkdtemp(join(tmpdir(), "torg-toot-"));
after(async () => {
  await world.stop();
  await rm(folder, { recursive: true, force: true });
});
const { alice, host, torg } = world;

/** toot, a client for the terminal, as somebody would use it; what it printed. */
async function toot(args: string[], meanwhile?: (said: string, write: (line: string) => void) => void) {
  const child = spawn("toot", [...args], { env: { ...process.env, XDG_CONFIG_HOME: folder, NO_COLOR: "1" } });
  let said = "";
  const heard = (bytes: Buffer) => {
    said += String(bytes);
    meanwhile?.(said, (line) => child.stdin.write(`${line}\n`));
  };
  child.stdout.on("data", heard);
  child.stderr.on("data", heard);
  if (!meanwhile) child.stdin.end();
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  assert.equal(code, 0, said);
  return stripVTControlCharacters(said);
}

const idIn = (said: string) => /\/(\d{17,19})\s*$/m.exec(said)?.[1] ?? assert.fail(said);
let first: string;

test("toot signs in by the browser", async () => {
  let asked = false;
  const said = await toot(["login", "--instance", host, "--disable-https"], (so, write) => {
    const address = /^http:\S+\/oauth\/authorize\S*$/m.exec(so)?.[0];
    if (!address || asked || !so.includes("[Y/n]")) return;
    asked = true;
    write("n");
    void world.allow(address).then(write);
  });
  assert.match(said, /Found instance Exempelkommun running Mastodon version 4\.3\.0/);
  assert.match(said, /Successfully logged in/);
  assert.match(await toot(["whoami"]), /@kommunchef Kommunchefen/);
});

test("toot posts with a picture and its description, and those who follow get it", async () => {
  await world.aliceFollows();
  const picture = await world.picture(folder);
  const said = await toot([
    "post",
    "Nya simhallen #simhall",
    "--media",
    picture,
    "--description",
    "En simbassäng",
    "--language",
    "sv",
  ]);
  first = idIn(said);
  const received = await alice.received(`${torg.origin}/ap/posts/${first}`);
  assert.match(received.content, /Nya simhallen/);
});

test("toot answers, and shows the conversation", async () => {
  const heard = await alice.post("Öppnar den före påsk?", { inReplyTo: `${torg.origin}/ap/posts/${first}` });
  const hers = await waitFor(
    async () => /ID (\d+)/.exec((await toot(["notifications", "--mentions"])).split("påsk?")[1] ?? "")?.[1],
    { what: "her reply among the notifications" },
  );
  const said = await toot(["post", `@${alice.handle} Ja, en vecka före.`, "--reply-to", hers]);
  const answered = await alice.received(`${torg.origin}/ap/posts/${idIn(said)}`);
  assert.equal(answered.in_reply_to_id, heard.id);
  const thread = await toot(["thread", first]);
  for (const words of ["Nya simhallen", "Öppnar den före påsk?", "Ja, en vecka före."])
    assert.ok(thread.includes(words), thread);
  assert.match(await toot(["favourite", hers]), /favourited/);
  assert.match(await toot(["reblog", hers]), /reblogged/);
  assert.match(await toot(["bookmark", hers]), /bookmarked/);
  assert.match(await toot(["bookmarks"]), /Öppnar den före påsk\?/);
  assert.match(await toot(["reblogged_by", hers]), /kommunchef/);
});

test("toot follows a person on another server, and reads what she says at home", async () => {
  assert.match(await toot(["search", alice.handle, "--resolve"]), /alice/);
  assert.match(await toot(["follow", alice.handle]), /You are now following/);
  await alice.followedBy(`${torg.origin}/ap/accounts/${torg.office.id}`);
  await alice.post("God morgon från en annan server.");
  await waitFor(
    async () => (await toot(["timeline", "--once"])).includes("God morgon från en annan server."),
    {
      what: "what she says in the home timeline",
    },
  );
  assert.match(await toot(["following", "kommunchef"]), /alice/);
  assert.match(await toot(["whois", alice.handle]), /alice/);
});

test("toot pins, follows a tag, mutes, and deletes", async () => {
  assert.match(await toot(["pin", first]), /pinned/);
  assert.match(await toot(["unpin", first]), /unpinned/);
  assert.match(await toot(["tags_follow", "simhall"]), /now following #simhall/);
  assert.match(await toot(["tags_followed"]), /simhall/);
  assert.match(await toot(["mute", alice.handle]), /muted/);
  assert.match(await toot(["unmute", alice.handle]), /no longer muted|unmuted/);
  assert.match(await toot(["timeline", "--public", "--local", "--once"]), /Nya simhallen/);
  assert.match(await toot(["timeline", "--tag", "simhall", "--once"]), /Nya simhallen/);
  assert.match(await toot(["delete", first]), /Status deleted/);
});

import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { PostId } from "#domain/posts/post.ts";
import { startRemoteServer } from "../remote-server.ts";
import { crawl } from "../whole/crawl.ts";
import { findExecutable, htmlWithinFeed } from "../whole/find-executable.ts";
import { payloads, sendHostile } from "../whole/hostile-notes.ts";
import { openSquare, type Square } from "../whole/square.ts";
import { startWholeTorg } from "../whole/torg.ts";
import { fileScope } from "../file-scope.ts";

const scope = fileScope();
const torg = await startWholeTorg(scope);
const remote = await startRemoteServer();
scope.after(() => remote.stop());
let square: Square;
let question: PostId;
before(async () => {
  square = await openSquare(torg, torg.hosts[1], "kommunchef");
  question = await square.say("När öppnar simhallen?");
  await sendHostile(square, remote, question);
  // What a colleague pastes is no safer for being ours.
  for (const payload of payloads.slice(0, 24)) {
    await square.say(payload, { warning: payload });
    await square.say(payload, { kind: "article", title: payload, sourceType: "markdown" });
  }
  await torg.settled();
});

test("every hostile reply was kept, and said as words", async () => {
  const page = await torg.ask(square.authority, `/@kommunchef/${question}`);
  assert.equal(page.status, 200);
  const { id } = square.authority;
  const kept = await torg.db.read(
    id,
    (tx) => tx`select from post where authority = ${id} and uri is not null`,
  );
  assert.ok(kept.length >= payloads.length - 1, `${kept.length} of ${payloads.length}`);
  assert.ok((page.text.match(/owned/g) ?? []).length > payloads.length);
});

for (const as of ["anybody", "staff"] as const)
  test(`no page, feed or document that ${as} can reach holds anything that acts by itself`, async () => {
    const found = await crawl({ square, cookie: await torg.cookieOf(square.authority, square.person) }, as);
    const bad: string[] = [];
    for (const { path, answer } of found) {
      const type = answer.headers["content-type"] ?? "";
      assert.ok(answer.status < 500, `${path} answered ${answer.status}`);
      assert.equal(answer.headers["x-content-type-options"], "nosniff", path);
      const policy = String(answer.headers["content-security-policy"]);
      assert.match(policy, /default-src 'none'/, path);
      assert.doesNotMatch(policy, /unsafe|\*|script-src [^;]*(http|data|blob)/, path);
      const isFeed = /feed\.(rss|atom|json)/.test(path) && answer.status === 200;
      const parts = type.includes("html") ? [answer.text] : isFeed ? htmlWithinFeed(answer.text, type) : [];
      for (const part of parts) bad.push(...findExecutable(part).map((one) => `${path}: ${one}`));
    }
    assert.deepEqual(bad, []);
    assert.ok(found.length > 60);
  });

test("what other servers fetch of ours holds nothing that acts either", async () => {
  const { authority, office } = square;
  const answer = await torg.ask(authority, `/ap/accounts/${office.id}/outbox?page=true`);
  const page = JSON.parse(answer.text) as {
    orderedItems: { object: { content: string; summary?: string } }[];
  };
  assert.ok(page.orderedItems.length > 10);
  for (const { object } of page.orderedItems) assert.deepEqual(findExecutable(object.content), []);
});

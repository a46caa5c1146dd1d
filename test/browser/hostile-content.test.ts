import assert from "node:assert/strict";
import { test } from "node:test";
import { startRemoteServer } from "../remote-server.ts";
import { crawl } from "../whole/crawl.ts";
import { sendHostile } from "../whole/hostile-notes.ts";
import { openSquare } from "../whole/square.ts";
import { startWholeTorg } from "../whole/torg.ts";
import { launchChromium } from "./chromium.ts";
import { fileScope } from "../file-scope.ts";

const scope = fileScope();

test("in a browser no page with hostile posts runs anything, asks another host or breaks the policy", async () => {
  const torg = await startWholeTorg(scope);
  const remote = await startRemoteServer();
  scope.after(() => remote.stop());
  const square = await openSquare(torg, torg.hosts[1], "kommunchef");
  const question = await square.say("När öppnar simhallen?");
  await sendHostile(square, remote, question);
  await torg.settled();
  const cookie = await torg.cookieOf(square.authority, square.person);
  const browser = await launchChromium();
  scope.after(() => browser.close());
  const origin = `http://${square.authority.domain}`;
  const context = await browser.newContext();
  await context.addCookies([{ name: "torg_session", value: cookie.replace(/^\w+=/, ""), url: origin }]);
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on("dialog", (dialog) => {
    wrong.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("pageerror", (error) => void wrong.push(`${page.url()}: ${error.message}`));
  page.on("console", (said) => {
    if (/content security policy/i.test(said.text())) wrong.push(`${page.url()}: ${said.text()}`);
  });
  page.on("request", (request) => {
    if (!/^(data:|blob:)/.test(request.url()) && new URL(request.url()).origin !== origin)
      wrong.push(`${page.url()} asked ${request.url()}`);
  });
  const reached = (await crawl({ square, cookie }, "staff")).filter(
    ({ answer }) =>
      answer.status === 200 &&
      answer.text.includes("owned") &&
      answer.headers["content-type"]?.includes("html"),
  );
  // One page of each kind: all posts are on the thread, the deck and in moderation.
  const kinds = new Map(
    reached.map(({ path }) => [path.replaceAll(/\d{18}/g, "0").replace(/\?.*/, ""), path]),
  );
  assert.ok(kinds.size >= 6, [...kinds.keys()].join(" "));
  for (const path of kinds.values()) {
    await page.goto(origin + path, { waitUntil: "load" });
    assert.equal(await page.evaluate("window.owned"), undefined, path);
    assert.equal(new URL(page.url()).origin, origin, path);
  }
  assert.deepEqual(wrong, []);
});

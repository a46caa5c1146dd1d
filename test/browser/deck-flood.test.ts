import assert from "node:assert/strict";
import { test } from "node:test";
import type { CDPSession, Page } from "playwright-core";
import { receivePost } from "#domain/posts/receive-post.ts";
import { exampleIncoming } from "#test/example.ts";
import { column, startDeckBrowser } from "./deck-browser.ts";

/** As many as a busy hour's traffic, as fast as the page takes them. */
const half = 5_000;
const batch = 100;

const { site, openDeck, broken } = await startDeckBrowser();
await site.services.db.as(
  site.authority.id,
  (tx) => tx`insert into follow (authority, follower, followed, state)
    values (${site.authority.id}, ${site.office.id}, ${site.asa}, 'accepted')`,
);
let heard = 0;

/** Some posts in one transaction, so that feeding them is not what takes the time. Returns the last. */
async function hearMany(count: number): Promise<string> {
  const { authority, services, asa } = site;
  return services.db.as(authority.id, async (tx) => {
    let last = "";
    for (let n = 0; n < count; n++) {
      const uri = `https://social.test/flood/${++heard}`;
      const source = `Fråga ${heard}: öppnar simhallen före påsk? Barnens simskola har fått vänta sedan i höstas.`;
      const received = await receivePost(
        tx,
        authority.id,
        exampleIncoming({ uri, author: asa, source }),
        "always",
      );
      if (received.outcome !== "received") throw new Error(received.outcome);
      last = received.id;
    }
    return last;
  });
}

type Cost = { heap: number; nodes: number };

/** What the page holds on to, once all that it has let go of is swept. */
async function costOf(devtools: CDPSession): Promise<Cost> {
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  const { nodes } = await devtools.send("Memory.getDOMCounters");
  return { heap: usedSize / 1024 / 1024, nodes };
}

/** From each key press to the picture that shows it (Event Timing; what took less than 16 ms is not reported). */
async function watchKeys(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(`
    window.keyTimes = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.name === "keydown") window.keyTimes.push(entry.duration);
    }).observe({ type: "event", durationThreshold: 16 });
    window.keys = 0;
    document.addEventListener("keydown", () => window.keys++, true);
    undefined`);
  return async () => {
    const times = await page.evaluate<number[]>("window.keyTimes.splice(0)");
    const keys = await page.evaluate<number>("window.keys");
    await page.evaluate("void (window.keys = 0)");
    return [...Array.from({ length: Math.max(0, keys - times.length) }, () => 8), ...times].toSorted(
      (a, b) => a - b,
    );
  };
}

const at = (times: number[], part: number) => times[Math.floor((times.length - 1) * part)] ?? 0;

test(
  "ten thousand posts into an open column: the page stays small, and answers keys at once",
  { timeout: 280_000 },
  async (t) => {
    await hearMany(60);
    const page = await openDeck();
    const home = column(page, "home");
    const devtools = await page.context().newCDPSession(page);
    const items = () => home.locator(".item").count();
    const keyTimes = await watchKeys(page);
    const text = page.getByLabel("Text", { exact: true });

    // At the top they flow in, while somebody writes.
    await text.click();
    const first = await hearMany(batch);
    await home.locator(`.item[data-post="${first}"]`).waitFor({ state: "attached" });
    const before = await costOf(devtools);
    for (let n = 0; n < half; n += batch) {
      const last = await hearMany(batch);
      await page.keyboard.type("hallen", { delay: 10 });
      await home.locator(`.item[data-post="${last}"]`).waitFor({ state: "attached" });
    }
    assert.ok((await items()) <= 220, `${await items()} posts in the page`);
    const writing = await keyTimes();

    // Further down they wait, while somebody moves about among the posts.
    await page.keyboard.press("Escape");
    await home.locator("[data-posts]").evaluate((scroller) => scroller.scrollTo(0, 3_000));
    await home.locator(".item > .post").nth(20).focus();
    const held = await page.locator(".post.selected").getAttribute("data-post");
    for (let n = 0; n < half; n += batch) {
      await hearMany(batch);
      for (const key of "jjkk") await page.keyboard.press(key, { delay: 10 });
      await home.getByRole("button", { name: `${n + batch} nya` }).waitFor();
    }
    const moving = await keyTimes();
    assert.equal(await page.locator(".post.selected").getAttribute("data-post"), held);
    assert.ok((await items()) <= 220, `${await items()} posts in the page`);
    const after = await costOf(devtools);

    t.diagnostic(
      `heap ${before.heap.toFixed(1)} → ${after.heap.toFixed(1)} MB, nodes ${before.nodes} → ${after.nodes}`,
    );
    for (const [name, times] of Object.entries({ writing, moving })) {
      const median = at(times, 0.5);
      t.diagnostic(`${name}: ${times.length} keys, median ${median} ms, 95 % within ${at(times, 0.95)} ms`);
      assert.ok(times.length >= half / batch, `only ${times.length} keys were seen`);
      // The page shares two cores with its server and its database: what is late now and then says more of these.
      assert.ok(
        at(times, 0.75) < 100,
        `while ${name}, a quarter of the keys took more than ${at(times, 0.75)} ms`,
      );
    }
    assert.ok(after.heap - before.heap < 10, `the heap grew by ${after.heap - before.heap} MB`);
    assert.ok(after.nodes < before.nodes * 2.5, `${before.nodes} nodes became ${after.nodes}`);

    await page.keyboard.press(".");
    await page.locator(".post:focus").getByText(`Fråga ${heard}:`).waitFor();
    assert.ok((await items()) <= 220, `${await items()} posts in the page`);
    assert.deepEqual(broken, []);
    await page.context().close();
  },
);

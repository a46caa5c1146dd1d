import assert from "node:assert/strict";
import type { Page } from "playwright-core";

/** Words that are to stand, visibly, in a place of a page. */
export type Sight = { page: Page; place: string; text: string };

/**
 * Does something and says how many milliseconds it took until each sight stood there. Both ends are noted in the pages
 * themselves, so that a test that is slow to look makes nothing slower. It counts from the last key in `by`; without a
 * page, from when the act began.
 */
export async function delaysUntilSeen(
  act: { by?: Page; does: () => Promise<unknown> },
  sights: readonly Sight[],
): Promise<number[]> {
  const watches = sights.map((sight, index) => ({ ...sight, name: `seen-${index}` }));
  for (const { page, ...watch } of watches)
    await page.evaluate(`(${startWatching})(${JSON.stringify(watch)})`);
  await act.by?.evaluate(`(${noteKeys})()`);
  const began = Date.now();
  await act.does();
  const done = act.by ? await act.by.evaluate<number>("window.lastKey") : began;
  const delays: number[] = [];
  for (const { page, name, place, text } of watches) {
    const at = await page.evaluate<number | null>(`Promise.race([
      window["${name}"], new Promise((resolve) => setTimeout(resolve, 10_000, null))])`);
    if (at === null) assert.fail(`"${text}" never stood in ${place}`);
    assert.ok(at >= began, `"${text}" stood in ${place} ${began - at} ms before`);
    delays.push(at - done);
  }
  return delays;
}

/** Whether all of it was there within a second. */
export async function seenWithinASecond(...asked: Parameters<typeof delaysUntilSeen>): Promise<void> {
  const delays = await delaysUntilSeen(...asked);
  const late = asked[1].filter((_, index) => (delays[index] ?? Infinity) > 1_000);
  assert.deepEqual(
    late.map(({ place, text }) => `${text} in ${place}`),
    [],
    `after ${delays.join(", ")} ms`,
  );
}

const startWatching = `({ name, place, text }) => {
  window[name] = new Promise((resolve) => {
    const look = () => {
      const there = [...document.querySelectorAll(place)].some(
        (element) => element.checkVisibility() && element.innerText.includes(text));
      if (!there) return;
      watcher.disconnect();
      resolve(Date.now());
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    look();
  });
}`;

const noteKeys = `() => {
  window.lastKey = 0;
  window.keysNoted ??= document.addEventListener("keydown", () => (window.lastKey = Date.now()), true) ?? true;
}`;

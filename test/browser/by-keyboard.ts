import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { axeViolations } from "./chromium.ts";

/** That axe finds nothing, and that whoever has only the keyboard is somewhere, and sees where. */
export async function goodByKeyboard(page: Page, state: string): Promise<void> {
  assert.deepEqual(await axeViolations(page), [], state);
  await isSomewhere(page, state);
}

/** That the focus is on something that one sees, and that it shows there. */
export async function isSomewhere(page: Page, state: string): Promise<void> {
  const place = await page.evaluate<{ tag: string; ring: boolean; inView: boolean }>(whereOneIs);
  assert.ok(!place.tag.startsWith("BODY"), `${state}: the focus is nowhere`);
  assert.ok(place.ring, `${state}: nothing shows the focus on ${place.tag}`);
  assert.ok(place.inView, `${state}: ${place.tag} has the focus out of view`);
}

/** Goes on to a control as one does without a mouse. */
export async function tabTo(page: Page, control: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await control.waitFor();
  for (let step = 0; step < 80; step++) {
    if (await control.evaluate((element) => element === element.ownerDocument.activeElement)) return;
    await page.keyboard.press(key);
  }
  assert.fail(`${String(control)} is not reached with ${key}`);
}

/** The parts of a field for a time stand in the order of the browser's language: month first, or year first. */
export async function typeTime(page: Page, field: Locator, local: string): Promise<void> {
  const [year = "", month = "", day = "", time = ""] = local.split(/[-T]/);
  const clock = time.replace(":", "");
  for (const [before, after] of [
    [`${month}${day}${year}`, `${clock}AM`],
    [year, `${month}${day}${clock}`],
  ] as const) {
    for (let part = 0; part < 6; part++) await page.keyboard.press("ArrowLeft");
    await page.keyboard.type(before);
    // Years may be longer than this, so the field does not go on by itself.
    await page.keyboard.press("ArrowRight");
    await page.keyboard.type(after);
    if ((await field.inputValue()) === local) return;
  }
  assert.fail(`the field holds ${await field.inputValue()}`);
}

const whereOneIs = `(() => {
  const place = document.activeElement;
  const shows = (element) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
  };
  const { top, bottom, left, right } = place.getBoundingClientRect();
  // Where a page puts one, the mark of the selected post says so, until the first key.
  const isMarked = place.matches(".selected[data-placed]");
  return {
    tag: place.tagName + (place.id ? "#" + place.id : "") + "." + place.className,
    ring: isMarked || shows(place) || (place.parentElement !== null && shows(place.parentElement)),
    inView: bottom > 0 && top < innerHeight && right > 0 && left < innerWidth,
  };
})()`;

import { mkdir } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type Page, chromium } from "playwright-core";
import { findChromium } from "../peers/find-chromium.ts";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The system's own Chromium, headless, with an empty profile. Close it in `after`. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("No Chromium; npm test says how to get one");
  return chromium.launch({ executablePath, args: flags });
}

/**
 * What axe-core finds wrong with the page as it stands, by WCAG 2.2 AA and its best practices, a line for each;
 * empty is good. It comes in by the DevTools protocol, which the page's strict policy does not reach.
 */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate<{ violations: Violation[] }>(axeRun);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help} (${target.join(" ")}) ${failureSummary ?? ""}`),
  );
}

export type Scheme = "light" | "dark";

/** Pictures of the whole page in every width and scheme, as `<folder>/<name>-<width>-<scheme>.png`; returns their paths. */
export async function screenshots(
  page: Page,
  name: string,
  options: { folder: string; widths?: number[]; schemes?: Scheme[] },
): Promise<string[]> {
  const before = page.viewportSize();
  const paths: string[] = [];
  await mkdir(options.folder, { recursive: true });
  for (const width of options.widths ?? [360, 768, 1440]) {
    await page.setViewportSize({ width, height: width < 600 ? 780 : 900 });
    for (const colorScheme of options.schemes ?? (["light", "dark"] as const)) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate("document.fonts.ready.then(() => undefined)");
      const path = join(options.folder, `${name}-${width}-${colorScheme}.png`);
      await page.screenshot({ path, fullPage: true });
      paths.push(path);
    }
  }
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
  return paths;
}

type Violation = { id: string; help: string; nodes: { target: string[]; failureSummary?: string }[] };

const axeSource = readFileSync(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const axeRun = `axe.run(document, {
  resultTypes: ["violations"],
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
})`;

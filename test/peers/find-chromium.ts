import { existsSync } from "node:fs";
import { environment } from "../environment.ts";

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The path of a browser to test with, if there is one. */
export function findChromium(): string | undefined {
  return [environment.chromium, ...places].find((path) => path && existsSync(path));
}

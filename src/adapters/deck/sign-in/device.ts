/** "Firefox, Linux" from what a browser says of itself: enough to know one's own sessions by, and no more. */
export function deviceFrom(userAgent: string | undefined): string {
  const text = userAgent ?? "";
  const named = [firstOf(browsers, text), firstOf(systems, text)].filter((name) => name !== undefined);
  return named.length > 0 ? named.join(", ") : "?";
}

type Known = readonly (readonly [RegExp, string])[];

/** In this order: most call themselves Chrome and Safari besides what they are. */
const browsers: Known = [
  [/\bEdg(e|A|iOS)?\//, "Edge"],
  [/\b(OPR|Opera)\//, "Opera"],
  [/\bVivaldi\//, "Vivaldi"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(Firefox|FxiOS)\//, "Firefox"],
  [/\b(Chrome|CriOS|Chromium|HeadlessChrome)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
  [/\bcurl\//, "curl"],
];
const systems: Known = [
  [/\biPad\b/, "iPad"],
  [/\biPhone\b/, "iPhone"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bMac OS X\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

function firstOf(known: Known, text: string): string | undefined {
  return known.find(([pattern]) => pattern.test(text))?.[1];
}

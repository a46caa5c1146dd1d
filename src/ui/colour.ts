/** The authority's accent for both schemes, and the text colour that stands on each. Hex, lower case. */
export type Accent = { light: string; dark: string; onLight: string; onDark: string };

export type AccentScheme =
  | { outcome: "ok"; accent: Accent; adjusted: { light: boolean; dark: boolean } }
  | { outcome: "not-a-colour" };

/** The grounds that text in the accent may stand on; the same values as in client/styles/tokens.css. */
export const grounds = {
  light: { paper: "#fbfaf6", sheet: "#ffffff", sunk: "#f2f0e9" },
  dark: { paper: "#161715", sheet: "#1f211e", sunk: "#10110f" },
} as const;

/** WCAG 2.2, 1.4.3: the least contrast of text. */
export const leastContrast = 4.5;

/**
 * Accents for the light and the dark scheme from one colour. Where it is too weak to be read, only its lightness
 * is moved (in OKLCH, so that the hue stays what the authority's graphic manual says), and `adjusted` says so.
 */
export function accentScheme(colour: string): AccentScheme {
  const chosen = parseHex(colour);
  if (!chosen) return { outcome: "not-a-colour" };
  const given = toHex(chosen);
  const light = readable(given, Object.values(grounds.light), "darker");
  const dark = readable(given, Object.values(grounds.dark), "lighter");
  return {
    outcome: "ok",
    accent: { light, dark, onLight: "#ffffff", onDark: "#10110f" },
    adjusted: { light: light !== given, dark: dark !== given },
  };
}

/** The stylesheet that gives a page its authority's accent: unlayered, so that it wins over the tokens. */
export function accentStylesheet(accent: Accent): string {
  return `:root{--accent:light-dark(${accent.light},${accent.dark});--on-accent:light-dark(${accent.onLight},${accent.onDark})}\n`;
}

/** WCAG contrast ratio of two colours, 1 to 21. Throws when one is not a hex colour. */
export function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

/** WCAG relative luminance, 0 to 1. */
export function luminance(colour: string): number {
  const parsed = parseHex(colour);
  if (!parsed) throw new TypeError(`not a hex colour: ${colour}`);
  const [red, green, blue] = parsed.map(linear) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

type Triple = readonly [number, number, number];

function readable(given: string, on: readonly string[], way: "lighter" | "darker"): string {
  const enough = (hex: string, least: number) => on.every((ground) => contrast(hex, ground) >= least);
  if (enough(given, leastContrast)) return given;
  const [lightness, chroma, hue] = toOklch(parseHex(given) ?? [0, 0, 0]);
  // When it must move anyway, it moves past the limit: text just at the limit is tiring, most of all in the dark.
  const least = way === "lighter" ? 7 : 5.2;
  const direction = way === "lighter" ? 1 : -1;
  for (let step = 1; step <= 200; step++) {
    const moved = toHex(fromOklch([lightness + direction * step * 0.005, chroma, hue]));
    if (enough(moved, least)) return moved;
  }
  return way === "lighter" ? "#ffffff" : "#000000";
}

function parseHex(colour: string): Triple | undefined {
  const match = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(colour.trim());
  if (!match?.[1]) return undefined;
  const digits = match[1].length === 3 ? match[1].replace(/./g, "$&$&") : match[1];
  const part = (at: number) => Number.parseInt(digits.slice(at, at + 2), 16) / 255;
  return [part(0), part(2), part(4)];
}

function toHex(colour: Triple): string {
  const two = (part: number) =>
    Math.round(Math.min(1, Math.max(0, part)) * 255)
      .toString(16)
      .padStart(2, "0");
  return `#${colour.map(two).join("")}`;
}

function linear(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

function gamma(part: number): number {
  return part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055;
}

/** Björn Ottosson's OKLab, in polar form: https://bottosson.github.io/posts/oklab/ */
function toOklch(colour: Triple): Triple {
  const [r, g, b] = colour.map(linear) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const c = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return [0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, Math.hypot(a, c), Math.atan2(c, a)];
}

/** Back to sRGB; a colour outside it loses chroma until it fits, which keeps hue and lightness. */
function fromOklch([lightness, chroma, hue]: Triple): Triple {
  for (let kept = chroma; kept > 0; kept -= 0.005) {
    const colour = oklchToSrgb([lightness, kept, hue]);
    if (colour.every((part) => part >= -0.001 && part <= 1.001)) return colour;
  }
  return oklchToSrgb([Math.min(1, Math.max(0, lightness)), 0, hue]);
}

function oklchToSrgb([lightness, chroma, hue]: Triple): Triple {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    gamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** Deeper than any real activity; beyond it only an attempt to exhaust whoever walks it. */
const deepest = 32;

/** An object from JSON of reasonable depth; undefined for anything else. */
export function parseBoundedJson(text: string): Record<string, unknown> | undefined {
  if (!isShallow(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Counts brackets outside strings, before anything is built of them. */
function isShallow(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (quoted) {
      if (code === 0x5c) index++;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > deepest) return false;
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
  return true;
}

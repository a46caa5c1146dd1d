import { formatInstant, type Language } from "#platform/i18n.ts";

/** What a canned answer leaves open, in both languages: either name may stand in a text of either. */
export const placeholders = {
  name: ["namn", "name"],
  officer: ["handläggare", "officer"],
  account: ["konto", "account"],
  date: ["datum", "date"],
  source: ["källa", "source"],
  contact: ["kontakt", "contact"],
} as const satisfies Record<string, readonly [Swedish: string, English: string]>;

export type Placeholder = keyof typeof placeholders;
export type PlaceholderValues = Partial<Record<Placeholder, string>>;

/** Puts the values in. What is unknown or has no value stays as it is, so that whoever sends it sees the hole. */
export function fillPlaceholders(text: string, values: PlaceholderValues): string {
  return text.replace(/\{\s*([\p{L}]+)\s*\}/gu, (whole, name: string) => {
    const key = byName.get(name.toLowerCase());
    return (key && values[key]) || whole;
  });
}

/** Names in braces that stand for nothing. */
export function unknownPlaceholders(text: string): string[] {
  return [...text.matchAll(/\{\s*([\p{L}]+)\s*\}/gu)]
    .map((match) => match[1] ?? "")
    .filter((name) => !byName.has(name.toLowerCase()));
}

/** "22 november 2026" in the language of the answer. */
export function dateIn(language: Language, zone: string, now: Temporal.Instant): string {
  return formatInstant(now, { language, zone, style: "short" });
}

const byName = new Map<string, Placeholder>(
  (Object.keys(placeholders) as Placeholder[]).flatMap((key) =>
    placeholders[key].map((name) => [name, key] as const),
  ),
);

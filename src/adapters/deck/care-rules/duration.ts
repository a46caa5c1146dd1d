import { formatNumber, type Language } from "#platform/i18n.ts";

/** "45 min", "3 h 20 min", "2 d 5 h": as much as one needs. Clock time has days; office time has hours only. */
export function durationText(seconds: number, language: Language, unit: "office" | "clock"): string {
  const minutes = Math.round(seconds / 60);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (unit === "clock" && hours >= 48) {
    const days = Math.floor(hours / 24);
    return joined([days, language === "sv" ? "dygn" : "d"], [hours % 24, "h"], language);
  }
  if (hours === 0) return `${minutes} min`;
  return joined([hours, "h"], [rest, "min"], language);
}

function joined(
  [big, bigName]: [number, string],
  [small, smallName]: [number, string],
  language: Language,
): string {
  const first = `${formatNumber(big, language)} ${bigName}`;
  return small === 0 ? first : `${first} ${small} ${smallName}`;
}

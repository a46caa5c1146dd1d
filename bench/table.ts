import type { Compared } from "./against.ts";
import type { Bound, Measured, Row } from "./row.ts";

/** A line as `--json` writes it. */
export type Line = {
  row: string;
  value: number;
  unit: string;
  limit: number | null;
  ratio: number | null;
  /** The lowest and highest ratio (or value, without a limit) of the rounds. */
  spread: [number, number];
  target: string;
  holds: boolean;
  note?: string;
};

export function lineOf(row: Row, measured: Measured): Line {
  const value = median(measured.ours);
  const limit = measured.limits.length > 0 ? median(measured.limits) : null;
  const ratios = measured.ours.flatMap((one, round) => {
    const other = measured.limits[round];
    return other === undefined ? [] : one / other;
  });
  const ratio = ratios.length > 0 ? median(ratios) : null;
  const spread = ratios.length > 0 ? ratios : measured.ours;
  const { target } = row;
  return {
    row: measured.part ? `${row.name}, ${measured.part}` : row.name,
    value,
    unit: measured.unit,
    limit,
    ratio,
    spread: [Math.min(...spread), Math.max(...spread)],
    target: [said("ratio", target.ratio), said(measured.unit, target.value)].filter(Boolean).join(", "),
    holds:
      (!target.ratio || (ratio !== null && within(ratio, target.ratio))) &&
      (!target.value || within(value, target.value)),
    ...(measured.note ? { note: measured.note } : {}),
  };
}

export function printed(lines: readonly Line[]): string {
  const head = ["row", "ours", "limit", "unit", "ratio", "spread", "target", "holds", ""];
  const cells = lines.map((line) => [
    line.row,
    figure(line.value),
    line.limit === null ? "–" : figure(line.limit),
    line.unit,
    line.ratio === null ? "–" : line.ratio.toFixed(2),
    line.spread.map((one) => (line.ratio === null ? figure(one) : one.toFixed(2))).join("–"),
    line.target || "–",
    line.target === "" ? "" : line.holds ? "yes" : "NO",
    line.note ?? "",
  ]);
  return aligned([head, ...cells]);
}

/** Two versions beside one another. */
export function printedBesides(compared: readonly Compared[], ref: string): string {
  const orNone = (value: number | null) => (value === null ? "–" : figure(value));
  const cells = compared.map(({ row, unit, now, before, ratio }) => [
    row,
    orNone(now),
    orNone(before),
    unit,
    ratio === null ? "–" : ratio.toFixed(2),
  ]);
  return aligned([["row", "now", ref, "unit", "ratio"], ...cells]);
}

function aligned(rows: readonly (readonly string[])[]): string {
  const [head = []] = rows;
  const widths = head.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[sorted.length % 2 ? middle : middle - 1], sorted[middle]];
  return (low + high) / 2;
}

function within(value: number, bound: Bound): boolean {
  return "atLeast" in bound ? value >= bound.atLeast : value <= bound.atMost;
}

function said(what: string, bound: Bound | undefined): string {
  if (!bound) return "";
  return "atLeast" in bound ? `${what} ≥ ${bound.atLeast}` : `${what} ≤ ${bound.atMost}`;
}

function figure(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** What a cell is made of; null is an empty cell, a list is joined by spaces. */
export type Cell = string | number | boolean | null | readonly string[];
/** Columns in order: the name in the header, and the cell of a row. */
export type Columns<Row> = readonly (readonly [name: string, cell: (row: Row) => Cell])[];

export const csvType = "text/csv; charset=utf-8; header=present";

/** A table by RFC 4180: a header, commas, CRLF after each row, quotes where they are needed; no byte order mark. */
export function toCsv<Row>(columns: Columns<Row>, rows: readonly Row[]): string {
  const lines = [
    columns.map(([name]) => name),
    ...rows.map((row) => columns.map(([, cell]) => write(cell(row)))),
  ];
  return lines.map((cells) => `${cells.map(quote).join(",")}\r\n`).join("");
}

function write(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number" || typeof cell === "boolean") return String(cell);
  return harmless(typeof cell === "string" ? cell : cell.join(" "));
}

/** A spreadsheet would run what begins so as a formula; with an apostrophe before it, it is text. */
function harmless(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

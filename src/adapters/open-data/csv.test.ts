import assert from "node:assert/strict";
import { test } from "node:test";
import { toCsv, type Cell, type Columns } from "./csv.ts";

const one: Columns<Cell> = [["cell", (cell) => cell]];
const cell = (value: Cell) => toCsv(one, [value]).slice("cell\r\n".length, -2);

test("a table has a header, commas, and CRLF after every row, also when it is empty", () => {
  const columns: Columns<{ a: string; b: number | null }> = [
    ["a", (row) => row.a],
    ["b", (row) => row.b],
  ];
  assert.equal(
    toCsv(columns, [
      { a: "å", b: 1 },
      { a: "", b: null },
    ]),
    "a,b\r\nå,1\r\n,\r\n",
  );
  assert.equal(toCsv(columns, []), "a,b\r\n");
});

test("quotes, commas and line breaks are quoted", () => {
  assert.equal(cell('Hon sa "ja", och\ngick'), '"Hon sa ""ja"", och\ngick"');
  assert.equal(cell("rad\rslut"), '"rad\rslut"');
});

test("what a spreadsheet would run as a formula is text", () => {
  assert.equal(cell("=1+1"), "'=1+1");
  assert.equal(cell('=HYPERLINK("http://x","y")'), `"'=HYPERLINK(""http://x"",""y"")"`);
  for (const begin of ["+", "-", "@", "\t"]) assert.equal(cell(`${begin}x`), `'${begin}x`);
  for (const begin of ["\r", "\n"]) assert.equal(cell(`${begin}x`), `"'${begin}x"`);
  assert.equal(cell("a=1"), "a=1");
  assert.equal(cell(["@a", "b"]), "'@a b");
});

test("numbers and truth values are as in JSON, and nothing is an empty cell", () => {
  assert.deepEqual([cell(-5), cell(true), cell(null)], ["-5", "true", ""]);
});

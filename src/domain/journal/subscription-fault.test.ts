import assert from "node:assert/strict";
import { test } from "node:test";
import { isOfSurroundings } from "./subscription-fault.ts";

const coded = (code: string) => Object.assign(new Error("failed"), { code });

test("a database that is away, at its limits or busy with another is not the fault of an entry", () => {
  const codes = ["08006", "25006", "40001", "40P01", "53100", "53200", "53300", "55P03", "57P01", "57P03"];
  const client = ["CONNECTION_CLOSED", "CONNECTION_ENDED", "CONNECT_TIMEOUT", "ECONNREFUSED", "ENOENT"];
  for (const code of [...codes, ...client]) assert.ok(isOfSurroundings(coded(code)), code);
  assert.ok(isOfSurroundings(new Error("could not", { cause: coded("57P02") })));
});

test("a value, a rule of a table and a bug of ours are: they fail again", () => {
  for (const code of ["22021", "23505", "42703", "54000", "57014", "P0001", "ERR_INVALID_ARG_TYPE", "XX000"])
    assert.ok(!isOfSurroundings(coded(code)), code);
  for (const error of [new TypeError("of undefined"), new RangeError("too deep"), "a text", undefined])
    assert.ok(!isOfSurroundings(error));
});

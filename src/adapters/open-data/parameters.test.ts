import assert from "node:assert/strict";
import { test } from "node:test";
import { instantOf, parameters } from "./parameters.ts";

const read = (name: keyof typeof parameters, text: string) => parameters[name].read(text);

test("a day counts from midnight in the authority's zone to the next, also when clocks are put back", () => {
  const day = parameters.from.read("2026-10-25");
  assert.equal(String(instantOf(day, "Europe/Stockholm", "begin")), "2026-10-24T22:00:00Z");
  assert.equal(String(instantOf(day, "Europe/Stockholm", "end")), "2026-10-25T23:00:00Z");
});

test("a time has its offset, also when the plus has become a space", () => {
  const moment = (text: string) => String(instantOf(parameters.to.read(text), "Europe/Stockholm", "end"));
  assert.equal(moment("2026-05-01T08:00:00Z"), "2026-05-01T08:00:00Z");
  assert.equal(moment("2026-05-01T08:00+02:00"), "2026-05-01T06:00:00Z");
  assert.equal(moment("2026-05-01T08:00 02:00"), "2026-05-01T06:00:00Z");
});

test("what is none of what is allowed is not read", () => {
  for (const text of ["2026-02-30", "2026-05-01T08:00:00", "0000-01-01", "i går", ""])
    assert.equal(read("from", text), undefined);
  for (const text of ["0", "501", "-1", "1e2", "", "10.0"]) assert.equal(read("limit", text), undefined);
  for (const text of ["1", "12345678901234567x", "99999999999999999999"])
    assert.equal(read("after", text), undefined);
  for (const text of ["", "#", "två ord", "a\u0000b", "x".repeat(101)])
    assert.equal(read("tag", text), undefined);
  for (const text of ["s", "svenska", "sv_SE", ""]) assert.equal(read("language", text), undefined);
  for (const text of ["-1", "01", "NOW", "1234567890123456789"])
    assert.equal(read("position", text), undefined);
});

test("a tag is read with or without its mark", () => {
  assert.equal(read("tag", "#Vägar"), "Vägar");
  assert.equal(read("tag", "Vägar"), "Vägar");
});

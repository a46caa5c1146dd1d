import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsOf, isTooLate, plannedTime, weekNamed, weekOf } from "./plan.ts";

const zone = "Europe/Stockholm";
const at = (text: string) => Temporal.Instant.from(text);
const planned = (localTime: string) => {
  const time = plannedTime(localTime, zone);
  return time && [String(time.at), String(time.local), time.clock];
};

test("a local time is what the authority's clock shows, in winter and in summer", () => {
  assert.deepEqual(planned("2026-11-23T08:00"), ["2026-11-23T07:00:00Z", "2026-11-23T08:00:00", "plain"]);
  assert.deepEqual(planned("2026-07-01T08:00"), ["2026-07-01T06:00:00Z", "2026-07-01T08:00:00", "plain"]);
});

test("a time that the clock skips in spring becomes the same distance later", () => {
  assert.deepEqual(planned("2026-03-29T02:30"), ["2026-03-29T01:30:00Z", "2026-03-29T03:30:00", "skipped"]);
  assert.deepEqual(planned("2026-03-29T03:00"), ["2026-03-29T01:00:00Z", "2026-03-29T03:00:00", "plain"]);
});

test("a time that comes twice in autumn is the first of the two", () => {
  assert.deepEqual(planned("2026-10-25T02:30"), ["2026-10-25T00:30:00Z", "2026-10-25T02:30:00", "twice"]);
  assert.deepEqual(planned("2026-10-25T03:00"), ["2026-10-25T02:00:00Z", "2026-10-25T03:00:00", "plain"]);
});

test("what is no time is none", () => {
  for (const text of ["", "i morgon", "2026-02-30T08:00", "2026-11-23T25:00", "2026-11-23"])
    assert.equal(plannedTime(text, zone), undefined, text);
});

test("two hours late is late enough to go out by itself, and a moment more is not", () => {
  const due = at("2026-11-22T08:00:00Z");
  assert.equal(isTooLate(due, at("2026-11-22T10:00:00Z")), false);
  assert.equal(isTooLate(due, at("2026-11-22T10:00:00.001Z")), true);
});

test("weeks are those of ISO 8601, over the turn of the year as well", () => {
  assert.equal(weekOf(Temporal.PlainDate.from("2026-11-22")).name, "2026-W47");
  assert.deepEqual(weekNamed("2026-W53"), {
    name: "2026-W53",
    monday: Temporal.PlainDate.from("2026-12-28"),
    previous: "2026-W52",
    next: "2027-W01",
  });
  for (const name of ["2027-W53", "2026-W00", "2026-W54", "2026-48", "x"])
    assert.equal(weekNamed(name), undefined);
});

test("a week in which the clock is changed has an hour more or less", () => {
  const hours = (name: string) => {
    const week = weekNamed(name);
    if (!week) throw new Error(name);
    const { from, until } = boundsOf(week, zone);
    return from.until(until).total("hours");
  };
  assert.deepEqual([hours("2026-W12"), hours("2026-W13"), hours("2026-W43")], [168, 167, 169]);
});

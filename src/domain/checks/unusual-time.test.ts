import assert from "node:assert/strict";
import { test } from "node:test";
import { unusualTime } from "./unusual-time.ts";

const at = (local: string) =>
  unusualTime(Temporal.PlainDateTime.from(local).toZonedDateTime("Europe/Stockholm"))?.why;

test("night, weekend, holidays and their eves are unusual times; office hours are not", () => {
  assert.equal(at("2026-11-23T08:00"), undefined);
  assert.equal(at("2026-11-23T20:59"), undefined);
  assert.equal(at("2026-11-23T21:00"), "night");
  assert.equal(at("2026-11-24T06:59"), "night");
  assert.equal(at("2026-11-22T12:00"), "weekend");
  assert.equal(at("2026-12-24T12:00"), "holiday");
  assert.equal(at("2026-05-14T12:00"), "holiday");
  assert.equal(at("2026-04-30T12:00"), undefined);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import Holidays from "date-holidays";
import { holidayName, holidayOn, isHoliday } from "./swedish-holidays.ts";

test("the holidays of a century are those of the package of all the world's holidays", () => {
  const reference = new Holidays("SE");
  for (let year = 2005; year <= 2105; year++) {
    const listed = reference.getHolidays(year);
    const expected = new Set(
      listed.filter((day) => day.type === "public").map((day) => day.date.slice(0, 10)),
    );
    const found = daysOf(year).filter(isHoliday).map(String);
    assert.deepEqual(found, [...expected].toSorted(), `the holidays of ${year}`);
    for (const day of listed.filter((one) => one.type === "bank"))
      assert.ok(holidayOn(Temporal.PlainDate.from(day.date.slice(0, 10))), `${day.name} ${year}`);
  }
});

test("the days that offices keep closed without a law are eves, and have names in both languages", () => {
  const eve = Temporal.PlainDate.from("2026-12-24");
  assert.equal(holidayOn(eve)?.kind, "eve");
  assert.equal(isHoliday(eve), false);
  assert.equal(holidayName(eve, "sv"), "julafton");
  assert.equal(holidayName(eve, "en"), "Christmas Eve");
  assert.equal(holidayOn(Temporal.PlainDate.from("2026-06-19"))?.names.sv, "midsommarafton");
  assert.equal(holidayOn(Temporal.PlainDate.from("2026-04-30"))?.kind, "half");
  assert.equal(holidayName(Temporal.PlainDate.from("2026-11-23"), "sv"), undefined);
});

test("National Day on Whit Sunday, or Ascension Day on the first of May, is still one holiday", () => {
  assert.ok(isHoliday(Temporal.PlainDate.from("2008-05-01")));
  assert.ok(isHoliday(Temporal.PlainDate.from("2049-06-06")));
});

function daysOf(year: number): Temporal.PlainDate[] {
  const first = Temporal.PlainDate.from({ year, month: 1, day: 1 });
  return Array.from({ length: first.daysInYear }, (_, index) => first.add({ days: index }));
}

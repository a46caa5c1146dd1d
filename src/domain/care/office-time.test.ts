import assert from "node:assert/strict";
import { test } from "node:test";
import { officeHoursIn, type CareRules } from "./care-rules.ts";
import { addOfficeTime, officeTimeBetween } from "./office-time.ts";
import { readOpenings, writeOpenings } from "./read-openings.ts";

const zone = "Europe/Stockholm";
const workday = [{ opens: 8 * 60, closes: 16 * 60 + 30 }];
const usual: CareRules = {
  zone,
  week: [workday, workday, workday, workday, workday, [], []],
  eves: ["midsummer-eve", "christmas-eve", "new-years-eve"],
  closedDays: [],
  targets: [],
  deputyAfter: 240,
};
const hours = officeHoursIn(usual);
const always = officeHoursIn({
  ...usual,
  week: Array.from({ length: 7 }, () => [{ opens: 0, closes: 1440 }]),
});
const lunch = officeHoursIn({
  ...usual,
  week: usual.week.map((day) =>
    day.length > 0
      ? [
          { opens: 8 * 60, closes: 12 * 60 },
          { opens: 13 * 60, closes: 17 * 60 },
        ]
      : [],
  ),
});

const local = (text: string) => Temporal.PlainDateTime.from(text).toZonedDateTime(zone).toInstant();
const said = (instant: Temporal.Instant | null) =>
  instant?.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: "minute" });

const examples: [why: string, start: string, minutes: number, due: string][] = [
  ["within a day", "2026-11-23T09:00", 60, "2026-11-23T10:00"],
  ["what ends with the day ends at closing", "2026-11-23T15:30", 60, "2026-11-23T16:30"],
  ["over the night", "2026-11-23T16:00", 60, "2026-11-24T08:30"],
  ["asked before opening", "2026-11-23T05:00", 60, "2026-11-23T09:00"],
  ["asked after closing", "2026-11-23T22:00", 60, "2026-11-24T09:00"],
  ["asked around midnight", "2026-11-24T00:00", 60, "2026-11-24T09:00"],
  ["over the weekend", "2026-11-20T16:00", 60, "2026-11-23T08:30"],
  ["asked on a Sunday", "2026-11-22T12:00", 8 * 60, "2026-11-23T16:00"],
  ["over midsummer", "2026-06-18T16:00", 60, "2026-06-22T08:30"],
  ["asked on midsommarafton", "2026-06-19T10:00", 60, "2026-06-22T09:00"],
  ["over Kristi himmelsfärdsdag", "2026-05-13T16:00", 60, "2026-05-15T08:30"],
  ["over Easter", "2026-04-02T16:00", 60, "2026-04-07T08:30"],
  ["over Christmas, with julafton closed", "2026-12-23T16:00", 60, "2026-12-28T08:30"],
  ["over New Year, with nyårsafton closed", "2026-12-30T16:00", 60, "2027-01-04T08:30"],
  ["over första maj", "2026-04-30T16:00", 60, "2026-05-04T08:30"],
  ["nationaldagen on a Monday", "2022-06-03T16:00", 60, "2022-06-07T08:30"],
  ["over the change to summer time", "2026-03-27T16:00", 60, "2026-03-30T08:30"],
  ["over the change to winter time", "2026-10-23T16:00", 60, "2026-10-26T08:30"],
];

for (const [why, start, minutes, due] of examples)
  test(`${minutes} office minutes from ${start} end at ${due}: ${why}`, () => {
    const end = addOfficeTime(hours, local(start), minutes);
    assert.equal(said(end), due);
    if (end) assert.equal(officeTimeBetween(hours, local(start), end), minutes * 60);
  });

test("lunch is no office time", () => {
  assert.equal(said(addOfficeTime(lunch, local("2026-11-23T11:30"), 60)), "2026-11-23T13:30");
  assert.equal(officeTimeBetween(lunch, local("2026-11-23T11:00"), local("2026-11-23T14:00")), 2 * 3600);
});

test("eves are office days where the authority has not closed them", () => {
  const open = officeHoursIn({ ...usual, eves: [] });
  assert.equal(said(addOfficeTime(open, local("2026-06-18T16:00"), 60)), "2026-06-19T08:30");
  const strict = officeHoursIn({
    ...usual,
    eves: ["maundy-thursday", "walpurgis-eve", "epiphany-eve", "all-saints-eve"],
  });
  for (const day of ["2026-04-02", "2026-04-30", "2026-01-05", "2026-10-30", "2027-03-25"])
    assert.equal(officeTimeBetween(strict, local(`${day}T00:00`), local(`${day}T23:59`)), 0, day);
  assert.equal(officeTimeBetween(strict, local("2026-12-24T00:00"), local("2026-12-24T23:00")), 8.5 * 3600);
});

test("a local closed day is passed over", () => {
  const closed = officeHoursIn({ ...usual, closedDays: [{ day: "2026-11-24", name: "Flytt" }] });
  assert.equal(said(addOfficeTime(closed, local("2026-11-23T16:00"), 60)), "2026-11-25T08:30");
});

test("who is open day and night has a day of 23 hours in spring and of 25 in autumn", () => {
  const day = (date: string) => {
    const start = Temporal.PlainDate.from(date);
    const at = (date: Temporal.PlainDate) => date.toZonedDateTime(zone).toInstant();
    return officeTimeBetween(always, at(start), at(start.add({ days: 1 }))) / 3600;
  };
  assert.deepEqual(["2026-03-29", "2026-10-25", "2026-11-22"].map(day), [23, 25, 24]);
});

test("openings inside the hour that is skipped are empty, and neither overlap nor run backwards", () => {
  const night = officeHoursIn({
    ...usual,
    week: Array.from({ length: 7 }, () => [
      { opens: 60, closes: 135 },
      { opens: 135, closes: 165 },
      { opens: 165, closes: 200 },
    ]),
  });
  // 01.00–03.20 is one hour and twenty minutes that night.
  assert.equal(officeTimeBetween(night, local("2026-03-29T00:00"), local("2026-03-29T12:00")), 80 * 60);
  // In autumn 02.15 is the first of the two, as are 02.45 and, alone, 03.20.
  assert.equal(officeTimeBetween(night, local("2026-10-25T00:00"), local("2026-10-25T12:00")), 200 * 60);
});

test("without office hours nothing is ever due", () => {
  const never = officeHoursIn({ ...usual, week: [] });
  assert.equal(addOfficeTime(never, local("2026-11-23T09:00"), 1), null);
  assert.equal(officeTimeBetween(never, local("2026-01-01T09:00"), local("2026-11-23T09:00")), 0);
});

test("no time backwards, and none in no time", () => {
  assert.equal(officeTimeBetween(hours, local("2026-11-24T09:00"), local("2026-11-23T09:00")), 0);
  assert.equal(said(addOfficeTime(hours, local("2026-11-22T09:00"), 0)), "2026-11-22T09:00");
});

test("what is added is what lies between, whenever and however much, in each kind of week", () => {
  const random = seeded(20261122);
  const begin = local("2025-01-01T00:00").epochMilliseconds;
  for (let round = 0; round < 1_500; round++) {
    const kind = [hours, always, lunch][round % 3] ?? hours;
    const start = Temporal.Instant.fromEpochMilliseconds(
      begin + Math.floor(random() * 3 * 365 * 86_400) * 1_000,
    );
    const minutes = 1 + Math.floor(random() ** 3 * 20_000);
    const end = addOfficeTime(kind, start, minutes);
    assert.ok(end);
    assert.equal(officeTimeBetween(kind, start, end), minutes * 60, `${start.toString()} + ${minutes}`);
    const halfway = addOfficeTime(kind, start, minutes / 2);
    assert.ok(halfway);
    assert.equal(
      officeTimeBetween(kind, start, halfway) + officeTimeBetween(kind, halfway, end),
      minutes * 60,
      "times add up",
    );
  }
});

test("openings are read as people write them, and written back in one way", () => {
  const read = (text: string) => {
    const openings = readOpenings(text);
    return openings && writeOpenings(openings);
  };
  assert.equal(read("8–16.30"), "08.00–16.30");
  assert.equal(read("13:00-17:00, 8-12"), "08.00–12.00, 13.00–17.00");
  assert.equal(read("08.00 till 12.00 och 13.00 till 16.00"), "08.00–12.00, 13.00–16.00");
  assert.equal(read("0–24"), "00.00–24.00");
  assert.equal(read(" "), "");
  for (const wrong of ["8", "16–8", "8–12, 11–13", "8–25", "8.75–12", "åtta–tolv", "8–8"])
    assert.equal(read(wrong), undefined, wrong);
});

/** The same numbers each time (mulberry32), so that what fails can be looked at. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  defineWords,
  formatInstant,
  formatList,
  formatNumber,
  isoInstant,
  localTime,
  plural,
} from "./i18n.ts";

const zone = "Europe/Stockholm";
const today = Temporal.PlainDate.from("2026-03-04");
const at = (text: string) => Temporal.Instant.from(text);

test("A full time names day, month, year and clock in the authority's zone", () => {
  const instant = at("2026-03-03T07:10:00Z");
  assert.equal(formatInstant(instant, { language: "sv", zone, style: "full" }), "3 mars 2026 kl. 08.10");
  assert.equal(formatInstant(instant, { language: "en", zone, style: "full" }), "3 March 2026 at 08:10");
  assert.equal(formatInstant(instant, { language: "sv", zone, style: "short" }), "3 mars 2026");
  assert.equal(formatInstant(instant, { language: "sv", zone, style: "time" }), "08.10");
});

test("Near days are named, counted in the authority's zone and not in UTC", () => {
  const relative = (text: string, language: "sv" | "en" = "sv") =>
    formatInstant(at(text), { language, zone, style: "relative-day", today });
  assert.equal(relative("2026-03-04T06:48:00Z"), "i dag 07.48");
  assert.equal(relative("2026-03-03T15:02:00Z"), "i går 16.02");
  assert.equal(relative("2026-03-03T23:30:00Z"), "i dag 00.30");
  assert.equal(relative("2026-03-05T06:00:00Z"), "i morgon 07.00");
  assert.equal(relative("2026-03-02T07:10:00Z"), "2 mars 08.10");
  assert.equal(relative("2025-12-24T14:00:00Z"), "24 december 2025");
  assert.equal(relative("2026-03-03T15:02:00Z", "en"), "yesterday 16:02");
});

test("Summer time is the zone's own", () => {
  assert.equal(formatInstant(at("2026-07-01T06:00:00Z"), { language: "sv", zone, style: "time" }), "08.00");
});

test("Machine time is UTC in whole seconds", () => {
  assert.equal(isoInstant(at("2026-03-03T07:10:00.123456Z")), "2026-03-03T07:10:00Z");
});

test("Numbers and lists follow the language", () => {
  assert.equal(formatNumber(12345, "sv"), "12\u00a0345");
  assert.equal(formatNumber(12345, "en"), "12,345");
  assert.equal(formatNumber(1.5, "sv", 1), "1,5");
  assert.equal(formatList(["a", "b", "c"], "sv"), "a, b och c");
  assert.equal(formatList(["a", "b"], "en"), "a and b");
  assert.equal(formatList([], "en"), "");
});

test("Words have one shape in both languages, and a missing one does not compile", () => {
  const words = defineWords(
    { reply: "Svara", group: { replies: (count: number) => `${count} svar` } },
    { reply: "Reply", group: { replies: (count) => `${count} ${plural(count, "reply", "replies")}` } },
  );
  assert.equal(words.en.group.replies(1), "1 reply");
  assert.equal(words.sv.group.replies(2), "2 svar");
  // @ts-expect-error the English word is missing
  defineWords({ reply: "Svara", follow: "Följ" }, { reply: "Reply" });
});

test("clocks that are put forward and back are told right, to the minute of the change", () => {
  const at = (text: string, zone: string) => {
    const { year, month, day, hour, minute } = Temporal.Instant.from(text).toZonedDateTimeISO(zone);
    assert.deepEqual(localTime(Temporal.Instant.from(text), zone), { year, month, day, hour, minute }, text);
  };
  const moments = [
    "2026-03-29T00:59:59.999Z",
    "2026-03-29T01:00:00Z",
    "2026-10-25T00:59:59.999Z",
    "2026-10-25T01:00:00Z",
    "2027-03-28T01:00:00Z",
    "1950-06-01T12:00:00Z",
    "1879-06-01T12:00:00Z",
  ];
  for (const zone of ["Europe/Stockholm", "UTC", "Asia/Kathmandu"])
    for (const text of [...moments, ...moments.toReversed()]) at(text, zone);
});

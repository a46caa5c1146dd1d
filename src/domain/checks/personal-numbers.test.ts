import assert from "node:assert/strict";
import { test } from "node:test";
import { assertGrowsLinearly } from "#test/grows-linearly.ts";
import { findPersonalNumbers } from "./personal-numbers.ts";

const today = Temporal.PlainDate.from("2026-11-22");
const find = (text: string) => findPersonalNumbers(text, today);

test("valid personal and co-ordination numbers are found, with and without separator, in ten and twelve digits", () => {
  for (const number of ["640823-3234", "090527+1474", "000229-2399", "570428-9999", "730288-9931"])
    assert.deepEqual(find(`Ring ${number} om du undrar.`), [number]);
  for (const number of [
    "6408233234",
    "640823 3234",
    "640823–3234",
    "19640823-3234",
    "196408233234",
    "19640823 3234",
  ])
    assert.deepEqual(find(`Den som heter så (${number}), sa hon.`), [number]);
  assert.deepEqual(find("640823-3234"), ["640823-3234"]);
  assert.deepEqual(find("640823-3234, 640823-3234\n19570428-9999."), ["640823-3234", "19570428-9999"]);
  assert.deepEqual(find("personnummer:0002292399"), ["0002292399"]);
});

test("numbers with a wrong date or check digit are none", () => {
  for (const number of [
    "640823-3235",
    "150916-0006",
    "700428-9895",
    "420566-9899",
    "20991224-1500",
    "29640823-3234",
  ])
    assert.deepEqual(find(`Se ${number}.`), [], number);
});

test("organisation numbers are not personal", () => {
  for (const number of [
    "857209-0606",
    "802005-1952",
    "8572090606",
    "16857209-0606",
    "SE857209060601",
    "212000-0340",
  ])
    assert.deepEqual(find(`Org.nr ${number}`), [], number);
});

test("what stands inside a longer number, a case number or an address is none", () => {
  for (const text of [
    "OCR 16408233234, 64082332341 och 640823-32345",
    "1640823-3234 och 640823-3234-1",
    "Kort 6408 2332 3464 0823",
    "3300 640823 3234 12",
    "Ärende KS-640823-3234 och 2026/640823-3234",
    "https://example.se/arende/640823-3234?id=6408233234",
    "www.example.se/6408233234",
    "fil_640823-3234 och 640823-3234_b",
    "+6408233234",
    "beloppet 6408233234,50 kr",
  ])
    assert.deepEqual(find(text), [], text);
});

test("a page of case numbers, phone numbers, IBANs, organisation numbers, dates and cards has no hit", () => {
  const page = `
    Ärenden: KS 2026/123, KS/2026:0123, dnr 2026-000123, MBN 2026-08-0045, BUN 2026/640823, SN2026-0456-3, 2026/KS0123,
    Dnr KSKF/2026:88-042, mål nr 6408-23, T 3234-26, HFD 2026 ref. 12, SFS 2018:1937, ÄRN-2026-000640823, LEDN 2026/00823-1.
    Telefon: 0150-570 00, 0150 57 000, 070-123 45 69, 0701234569, +46701234569, +46 70 123 45 69, 08-123 456 78,
    0101234567, 010-123 45 67, 020-22 22 22, 1177, 112, 113 13, 0046 150 57000, tel 0811223344, ring 0311201236.
    IBAN: SE45 5000 0000 0583 9825 7466, SE4550000000058398257466, SE35 5000 0000 0549 1000 0003, NO93 8601 1117 947,
    DE89 3704 0044 0532 0130 00, FI21 1234 5600 0007 85. Bankgiro 5050-1055, 991-2346; plusgiro 64 08 23-3, 12 34 56-7.
    Konto 8327-9,994 123 456-7. Clearing 6000 123 456 789. Organisationsnummer: 857209-0606, 802005-1952, 212000-0340,
    5560360793, 556036-0793, SE556036079301, 16212000-0340, 202100-5489. Datum: 2026-08-23, 20260823, 23/8 2026, 260823,
    20260823–20260830, 2026-08-23 10:00, 20261224-1500, v. 34. Kort: 4000 0027 6000 3184, 4000002760003184, 3782 822463 10005.
    Fastighet Djulö 1:123, postnummer 641 80, EAN 7310865004703, ISBN 978-91-7000-150-5, koordinater 58.995, 16.207.
    Org 969663-7033, momsnr SE969663703301. Sida https://example.se/6408233234 och fakturan 120304123456.`;
  assert.deepEqual(find(page), []);
});

test("ten digits that may be a phone number are told from a personal number by the words before", () => {
  assert.deepEqual(find("Ring 0701234569"), []);
  assert.deepEqual(find("personnummer 0701234569"), ["0701234569"]);
});

test("a number is found however it came to be written: in other digits, spaces and dashes, and with what nobody sees inside it", () => {
  const seen = {
    "６４０８２３-３２３４": "640823-3234",
    "٦٤٠٨٢٣٣٢٣٤": "6408233234",
    "𝟔𝟒𝟎𝟖𝟐𝟑-𝟯𝟮𝟯𝟰": "640823-3234",
    "640823\u200B-3234": "640823-3234",
    "6408\u00AD23-3234": "640823-3234",
    "640823-\u20603234": "640823-3234",
    "\u202E640823-3234\u202C": "640823-3234",
    "640823\u0001-3234": "640823-3234",
    "6\uFE0F\u20E340823-3234": "640823-3234",
    "6\u033240823-3234": "640823-3234",
    "640823\u20093234": "640823 3234",
    "640823\u202F3234": "640823 3234",
    "640823—3234": "640823—3234",
    "640823－3234": "640823－3234",
  };
  for (const [text, found] of Object.entries(seen)) assert.deepEqual(find(`Ring ${text} nu`), [found], text);
});

test("looking for numbers takes no longer than the text is long", () => {
  for (const piece of ["６", "6\u0332", "640823-", "640823 ", "\u200B", "1-", "http://"])
    assertGrowsLinearly((size) => void find(piece.repeat(size)), 5_000);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { findPrivateContacts } from "./contact-details.ts";

const find = (text: string) =>
  findPrivateContacts(text, ["exempel.se", "torg.exempel.se:3000"]).map((one) => one.written);

test("mobile numbers look private, however they are written", () => {
  for (const number of [
    "070-123 45 67",
    "0701234567",
    "+46 70 123 45 67",
    "0046701234567",
    "+46 (0)73-123 45 67",
  ])
    assert.deepEqual(find(`Ring ${number}.`), [number]);
});

test("switchboards, case numbers and longer numbers do not", () => {
  assert.deepEqual(find("0150-570 00, 08-123 456 78, KS 2026/0701234567, 20701234567, 112, 1177"), []);
});

test("addresses of people at home or elsewhere look private", () => {
  assert.deepEqual(find("Skriv till kalle77@gmail.com eller anna.berg@foretag.se."), [
    "kalle77@gmail.com",
    "anna.berg@foretag.se",
  ]);
});

test("the authority's own addresses, others' functions and handles do not", () => {
  assert.deepEqual(
    find(
      "kontaktcenter@exempel.se, anna.berg@exempel.se, bo@skola.exempel.se, info@region.se, kund.service@vatten.se",
    ),
    [],
  );
  assert.deepEqual(find("@anna.berg@social.example och https://example.se/anna.berg@gmail.com"), []);
});

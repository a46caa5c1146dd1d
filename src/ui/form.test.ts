import assert from "node:assert/strict";
import { test } from "node:test";
import { action, button, notice, pagination } from "./controls.ts";
import { checkbox, errorSummary, field, radioGroup, select, textarea } from "./form.ts";

const sv = { language: "sv" } as const;

test("A field ties its label, hint and error to the input", () => {
  const text = field(
    { name: "kod", label: "Kommunkod", hint: "Fyra siffror", error: "Fel antal", required: true },
    sv,
  ).text;
  assert.match(text, /<label class="label" for="kod"\s*>Kommunkod\s*<\/label/s);
  assert.match(
    text,
    /id="kod" name="kod" required aria-invalid="true" aria-describedby="kod-hint kod-error"/,
  );
  assert.match(text, /id="kod-hint"/s);
  assert.match(text, /id="kod-error".*Fel:.*Fel antal/s);
});

test("What is not required says that it is voluntary", () => {
  assert.match(field({ name: "a", label: "A" }, sv).text, /frivilligt/s);
  assert.doesNotMatch(field({ name: "a", label: "A", required: true }, sv).text, /frivilligt/s);
});

test("Values come back as they were written, escaped", () => {
  assert.match(field({ name: "a", label: "A", value: '"<' }, sv).text, /value="&quot;&lt;"/s);
  assert.match(
    textarea({ name: "a", label: "A", value: "\n<x>" }, sv).text,
    /<textarea[^>]*>\n\n&lt;x&gt;<\/textarea>/,
  );
});

test("The chosen option, box and button are marked", () => {
  const choices = [
    { value: "sv", label: "Svenska" },
    { value: "en", label: "Engelska" },
  ];
  assert.match(
    select({ name: "l", label: "L", value: "en", choices }, sv).text,
    /<option value="en" selected>/,
  );
  assert.match(
    radioGroup({ name: "l", label: "L", value: "sv", choices }, sv).text,
    /id="l" type="radio" name="l" value="sv" checked/,
  );
  assert.match(
    checkbox({ name: "c", label: "C", checked: true }, sv).text,
    /type="checkbox" value="1" checked/,
  );
});

test("The error summary leads to each field and is silent when nothing is wrong", () => {
  assert.equal(errorSummary([], sv), null);
  assert.match(
    errorSummary([{ id: "kod", message: "Fyra siffror" }], sv)?.text ?? "",
    /role="alert".*<a href="#kod">Fyra siffror/s,
  );
});

test("A notice tells its tone in words as well as by colour", () => {
  assert.match(notice({ tone: "error", body: "x", live: true }, sv).text, /role="alert".*Det gick inte/s);
});

test("A button is a link when it leads somewhere, and a toggle says its state", () => {
  assert.match(button({ label: "Följ", href: "/f" }).text, /^<a class="button" href="\/f">/s);
  assert.match(
    action({ icon: "boost", label: "Dela", pressed: true }).text,
    /aria-pressed="true" type="submit"/,
  );
  assert.equal(pagination({}, sv), null);
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { accentScheme, accentStylesheet, contrast, grounds, luminance } from "./colour.ts";

test("Contrast has the values of the WCAG definition", () => {
  assert.equal(contrast("#000", "#fff"), 21);
  assert.equal(contrast("#777777", "#777"), 1);
  assert.equal(contrast("#767676", "#ffffff").toFixed(2), "4.54");
  assert.equal(contrast("#ff0000", "#ffffff").toFixed(2), "4.00");
  assert.equal(luminance("#ffffff"), 1);
});

test("A dark teal stays as it is in the light scheme and is lightened in the dark one", () => {
  const scheme = accentScheme("#0B5C5F");
  assert.equal(scheme.outcome, "ok");
  if (scheme.outcome !== "ok") return;
  assert.equal(scheme.accent.light, "#0b5c5f");
  assert.deepEqual(scheme.adjusted, { light: false, dark: true });
});

test("A yellow from a coat of arms is darkened on paper and kept in the dark", () => {
  const scheme = accentScheme("fc0");
  assert.equal(scheme.outcome, "ok");
  if (scheme.outcome !== "ok") return;
  assert.deepEqual(scheme.adjusted, { light: true, dark: false });
  assert.equal(scheme.accent.dark, "#ffcc00");
});

test("Whatever the colour, text in it and on it can be read on every ground", () => {
  const steps = ["00", "33", "66", "99", "cc", "ff"];
  for (const r of steps)
    for (const g of steps)
      for (const b of steps) {
        const scheme = accentScheme(`#${r}${g}${b}`);
        if (scheme.outcome !== "ok") assert.fail("a colour was refused");
        const { light, dark, onLight, onDark } = scheme.accent;
        for (const ground of Object.values(grounds.light)) assert.ok(contrast(light, ground) >= 4.5, light);
        for (const ground of Object.values(grounds.dark)) assert.ok(contrast(dark, ground) >= 4.5, dark);
        assert.ok(contrast(light, onLight) >= 4.5, light);
        assert.ok(contrast(dark, onDark) >= 4.5, dark);
      }
});

test("What is not a colour is refused, so nothing but hex reaches the stylesheet", () => {
  for (const text of ["", "blue", "#12", "#12345g", "red;}body{display:none", "#1234567"])
    assert.deepEqual(accentScheme(text), { outcome: "not-a-colour" });
  assert.equal(
    accentStylesheet({ light: "#0b5c5f", dark: "#6cc7c4", onLight: "#ffffff", onDark: "#10110f" }),
    ":root{--accent:light-dark(#0b5c5f,#6cc7c4);--on-accent:light-dark(#ffffff,#10110f)}\n",
  );
});

test("The grounds that contrast is checked against are those of the stylesheet", () => {
  const css = readFileSync(new URL("../../client/styles/tokens.css", import.meta.url), "utf8");
  for (const name of ["paper", "sheet", "sunk"] as const)
    assert.ok(css.includes(`--${name}: light-dark(${grounds.light[name]}, ${grounds.dark[name]})`), name);
});

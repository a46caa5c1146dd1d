import assert from "node:assert/strict";
import { test } from "node:test";
import { linksBack } from "./verify-fields.ts";

const profiles = ["https://torg.test/@kommunchef"];
const page = (inside: string) => linksBack(inside, "https://exempel.test/om/", profiles);

test("a link or anchor with rel=me to the profile proves it", () => {
  assert.equal(page('<a rel="me" href="https://torg.test/@kommunchef">Torg</a>'), true);
  assert.equal(page('<link href="https://torg.test/@kommunchef/" rel="author ME">'), true);
});

test("a link without rel=me, or to another profile, proves nothing", () => {
  assert.equal(page('<a href="https://torg.test/@kommunchef">Torg</a>'), false);
  assert.equal(page('<a rel="me" href="https://torg.test/@annan">Torg</a>'), false);
  assert.equal(page('<a rel="me" href="/@kommunchef">Torg</a>'), false);
  assert.equal(page('<!-- <a rel="me" href="https://torg.test/@kommunchef"> -->'), false);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { numberNested } from "./number-nested.ts";

const read = (form: string) => decodeURIComponent(numberNested(form));

test("in a list of hashes, a name that comes again begins the next one", () => {
  assert.equal(
    read("words[][id]=1&words[][gone]=true&words[][id]=2&words[][text]=a+b"),
    "words[0][id]=1&words[0][gone]=true&words[1][id]=2&words[1][text]=a+b",
  );
  assert.equal(read("a%5B%5D%5Bx%5D=1&a%5B%5D%5Bx%5D=2"), "a[0][x]=1&a[1][x]=2");
});

test("lists within a hash stay in it, and everything else is as it was", () => {
  assert.equal(read("a[][x][]=1&a[][x][]=2"), "a[0][x][]=1&a[0][x][]=2");
  for (const form of ["context[]=home&context[]=public", "a[0][x]=1", "title=%C3%A5&b", ""])
    assert.equal(numberNested(form), form);
  assert.equal(numberNested("a[][x]=%E0%A4%A&%E0%A4%A=1"), "a%5B0%5D%5Bx%5D=%E0%A4%A&%E0%A4%A=1");
});

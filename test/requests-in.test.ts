import assert from "node:assert/strict";
import { test } from "node:test";
import { requestsIn } from "./requests-in.ts";

const asked = (source: string) => requestsIn(source).asked.map(({ method, path }) => `${method} ${path}`);

test("a request is read with the method that stands before its path, else as one that reads", () => {
  assert.deepEqual(asked('api("PUT", `/api/v1/lists/${list.id}`)').includes("PUT /api/v1/lists/${}"), true);
  assert.ok(asked("post(`/api/v1/statuses/${id}/pin?x=1`)").includes("POST /api/v1/statuses/${}/pin"));
  assert.deepEqual(asked("fetch(`${world.origin}/api/v1/trends`)"), ["GET /api/v1/trends"]);
  assert.deepEqual(asked('send("DELETE", `statuses/${id}`)'), [
    "DELETE /api/v1/statuses/${}",
    "DELETE /api/v2/statuses/${}",
  ]);
});

test("names of paths are followed, also through lists", () => {
  assert.ok(asked('const at = "/api/v2/filters"; ask("POST", at)').includes("POST /api/v2/filters"));
  assert.ok(
    asked(
      'const [v1, v2] = ["/a/v1", "/a/v2"]; for (const path of ["x", "y"]) ask("PUT", `${v2}/${path}`)',
    ).includes("PUT /a/v2/y"),
  );
  assert.ok(asked('for (const method of ["PATCH", "PUT"]) ask(method, "/policy")').includes("PATCH /policy"));
});

test("what is not asked is not read", () => {
  assert.deepEqual(asked('assert.equal(status, 404, "nothing there"); ask("PUT", given)'), []);
});

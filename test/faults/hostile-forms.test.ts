import assert from "node:assert/strict";
import { test } from "node:test";
import { createApp } from "#app.ts";
import { endpoints } from "#adapters/api/endpoints.ts";
import { routePath } from "#adapters/api/routes.ts";
import { ask } from "../whole/ask.ts";
import { hostileSquare } from "../whole/hostile-square.ts";
import { fileScope } from "../file-scope.ts";

const scope = fileScope();
const { torg, square, question, mark, newLines } = await hostileSquare(scope);
const { authority, office } = square;
const cookie = await torg.cookieOf(authority, square.person);

test("no form is taken from elsewhere, on any route, however well signed in its sender is", async () => {
  // What apps ask bears tokens, and no cookie is looked at: that is held below.
  const ofApps = new Set(endpoints.map(routePath));
  const routes = new Set(
    createApp(torg.torg.services)
      .routes.filter(({ method, path }) => method === "POST" && !path.startsWith("/ap/") && !ofApps.has(path))
      .map(({ path }) => path),
  );
  assert.ok(routes.size > 25);
  const before = await mark();
  for (const route of routes) {
    const path = route
      .replace(/:at\{[^/]*\]\+\}/, `@${office.handle}`)
      .replace(/:id\{[^/]*\}/, question)
      .replace(":secret", "a-link-that-somebody-has-been-given")
      .replaceAll(/:\w+/g, office.id);
    const marked = await mark();
    const origins = [
      "https://evil.test",
      "null",
      `http://${authority.domain}.evil.test`,
      `https://${authority.domain}`,
      "",
    ];
    for (const origin of [undefined, ...origins])
      for (const method of ["POST", "PUT", "DELETE"]) {
        const headers = {
          cookie,
          "content-type": "application/x-www-form-urlencoded",
          ...(origin === undefined ? {} : { origin }),
        };
        const body = `account=${office.id}&text=x&reason=x&rule=1&name=x&whom=x.test`;
        const answer = await ask(torg.port, authority.domain, path, { method, headers, body });
        assert.equal(answer.status, 403, `${method} ${path} from ${origin}`);
      }
    assert.deepEqual(await mark(), marked, path);
  }
  assert.deepEqual(Object.keys(await mark()), Object.keys(before));
});

test("a cookie is worth nothing to what apps ask", async () => {
  const before = await mark();
  for (const endpoint of endpoints) {
    if (endpoint.access.kind !== "user" && endpoint.access.kind !== "app") continue;
    const path = endpoint.path.replaceAll(/:\w+/g, office.id);
    const headers = { cookie, origin: `http://${authority.domain}` };
    const answer = await ask(torg.port, authority.domain, path, { method: endpoint.method, headers });
    assert.equal(answer.status, 401, `${endpoint.method} ${path}`);
  }
  assert.deepEqual(await mark(), before);
});

test("forms with bytes that no text has are refused or cleaned, and never a fault", async () => {
  const nul = "a\0b\u0001\uFFFF\u202E";
  newLines();
  const forms: [string, Record<string, string>][] = [
    ["/report", { post: question, words: nul, contact: nul }],
    ["/sign-in", { email: `${nul}@example.se`, next: nul }],
    [
      "/deck/posts",
      {
        account: office.id,
        text: nul,
        title: nul,
        warning: nul,
        language: nul,
        capacity: nul,
        visibility: nul,
        inReplyTo: nul,
        media: nul,
      },
    ],
    ["/deck/posts", { account: nul, text: nul }],
    ["/deck/follow", { account: office.id, handle: `@${nul}@evil.test` }],
    ["/deck/unfollow", { account: office.id, followed: nul }],
    ["/deck/settings", { name: nul, language: nul }],
    ["/deck/settings/people", { name: nul, email: `${nul}@example.se` }],
    ["/deck/settings/accounts/new", { handle: nul, name: nul, role: nul, answers: nul }],
    [
      `/deck/settings/accounts/${office.id}`,
      { name: nul, role: nul, answers: nul, biography: nul, "field-name": nul, "field-value": nul },
    ],
    [
      "/deck/settings/authority",
      { name: nul, accent: "#0b5c5f", email: `${nul}@example.se`, "first-language": "sv", both: "1" },
    ],
    ["/deck/moderation/blocks", { whom: `${nul}.test`, rule: nul, reason: nul }],
    ["/deck/moderation/blocks/lift", { domain: nul, reason: nul }],
    ["/deck/settings/deliveries", { host: nul }],
    [`/deck/posts/${question}/edit`, { account: office.id, text: nul, reason: nul }],
    [`/@kommunchef/${question}/reply`, { server: nul }],
  ];
  for (const [path, form] of forms) {
    const answer = await torg.ask(authority, path, { form, cookie });
    assert.ok(answer.status < 500, `${path} answered ${answer.status}`);
  }
  assert.deepEqual(
    newLines().filter((line) => line.level === "error"),
    [],
  );
});

test("a body that nobody needs so large is not read to its end", async () => {
  const form = new FormData();
  form.set("words", "x".repeat(30 * 1024 * 1024));
  for (const path of [
    "/report",
    "/@kommunchef/follow",
    `/@kommunchef/${question}/reply`,
    "/sign-in",
    "/sign-out",
    "/deck/settings",
    "/deck/posts",
    "/deck/media",
    "/nowhere",
  ]) {
    const answer = await torg.ask(authority, path, { form, cookie }).catch(() => ({ status: 413 }));
    assert.ok(
      [413, 404].includes(answer.status) || path.startsWith("/deck/settings"),
      `${path} answered ${answer.status}`,
    );
  }
});

test("what is no form is refused on every route that takes one, and changes nothing", async () => {
  const shapes: [string, string][] = [
    ["text/plain", "hej"],
    ["application/json", '{"account":1}'],
    ["multipart/form-data", "no boundary"],
    ["multipart/form-data; boundary=x", "--y\r\nbroken"],
    [
      "multipart/form-data; boundary=x",
      '--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nnot ended',
    ],
    ["application/x-www-form-urlencoded; charset=utf-16", "%"],
    ["", ""],
  ];
  newLines();
  for (const path of [
    "/report",
    "/sign-in",
    "/deck/posts",
    `/deck/posts/${question}/edit`,
    `/deck/posts/${question}/boost`,
    `/deck/posts/${question}/hide`,
    "/deck/media",
    "/deck/follow",
    "/deck/settings",
    "/deck/settings/people",
    "/deck/moderation/blocks",
    `/@kommunchef/${question}/reply`,
  ]) {
    const before = await mark();
    for (const [type, body] of shapes) {
      const headers = { origin: `http://${authority.domain}`, cookie, "content-type": type };
      const answer = await ask(torg.port, authority.domain, path, { method: "POST", headers, body });
      assert.ok(answer.status < 500, `${path} as ${type} answered ${answer.status}`);
    }
    assert.deepEqual(await mark(), before, path);
  }
  assert.deepEqual(
    newLines().filter((line) => line.level === "error"),
    [],
  );
});

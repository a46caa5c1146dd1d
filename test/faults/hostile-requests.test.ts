import assert from "node:assert/strict";
import { test } from "node:test";
import { makeLink } from "#domain/people/sign-in-link.ts";
import { columnsIn } from "../deck-columns.ts";
import { ask } from "../whole/ask.ts";
import { hostileSquare } from "../whole/hostile-square.ts";
import { fileScope } from "../file-scope.ts";

const scope = fileScope();
const world = await hostileSquare(scope);
const { torg, square, question, newLines } = world;
const { authority, office } = square;
const cookie = await torg.cookieOf(authority, square.person);
const secrets = [cookie.replace(/^\w+=/, "")];
const picture = await square.picture();
const get = (path: string, headers: Record<string, string> = {}) =>
  ask(torg.port, authority.domain, path, { headers });
const link = async () => {
  const secret = await torg.db.as(authority.id, (tx) =>
    makeLink(tx, authority.id, square.person, Temporal.Now.instant()),
  );
  secrets.push(secret);
  return `/sign-in/${secret}`;
};

/** Leads nowhere but to this site. */
function assertStays(what: string, location: string | undefined): void {
  if (location === undefined) return;
  const url = URL.parse(location.replaceAll("\\", "/"), `http://${authority.domain}/`);
  assert.equal(url?.host, authority.domain, `${what} leads to ${location}`);
}

test("addresses that make no sense are answered with sense, and lead nowhere else", async () => {
  const long = "a".repeat(7_000);
  const column = columnsIn((await get("/deck", { cookie })).text)["home"];
  assert.ok(column);
  const strange = [
    "%00",
    "a%00b",
    "%",
    "%zz",
    "%ff%fe",
    "%E2%80%AE",
    "%C0%AF",
    "..",
    "%2e%2e%2f",
    "%0d%0aSet-Cookie:%20x=1",
    "'%22%3E%3Cscript%3E",
    long,
    "1".repeat(40),
    "999999999999999999999",
    "-1",
    "𝕏".repeat(9).normalize("NFKD"),
    "%F0%9F%98%80",
    "__proto__",
    "constructor",
  ];
  const places = [
    "/",
    "/@",
    "/@kommunchef/",
    `/@kommunchef/${question}/`,
    "/tags/",
    "/search?q=",
    "/posts/",
    "/report?post=",
    "/ap/accounts/",
    "/ap/posts/",
    "/media/",
    `/media/${picture}/`,
    "/assets/",
    "/sitemaps/",
    "/sign-in/",
    "/sign-in?next=",
    "/.well-known/webfinger?resource=",
    "/.well-known/webfinger?resource=acct:",
    `/.well-known/webfinger?resource=acct:%00@${authority.domain}&x=`,
    "/deck/posts/",
    "/deck/columns/",
    "/deck/columns/1?before=",
    `/deck/columns/${column}?before=`,
    "/deck/columns/new?kind=",
    "/deck/columns/new?kind=tag&tags=",
    "/deck/decks/",
    "/deck/lists/",
    "/deck?deck=",
    "/deck?account=",
    "/deck?column=",
    "/deck/stream?after=",
    "/deck/settings/people/",
    "/deck/settings?done=",
    "/deck/moderation/blocks?whom=",
    `/ap/accounts/${office.id}/outbox?page=true&before=`,
    "/en/",
    "/sv/",
    "/sv//evil.test/",
    "/en//evil.test/",
    "//evil.test/",
    "/\\evil.test/",
    "/feed.",
    "/@kommunchef?before=",
  ];
  newLines();
  for (const place of places)
    for (const piece of strange)
      for (const headers of [{ cookie }, { accept: "application/activity+json, */*;;q=" }] as Record<
        string,
        string
      >[]) {
        const path = place + piece;
        const answer = await get(path, headers);
        assert.ok(answer.status < 500, `${path} answered ${answer.status}`);
        assertStays(path, answer.headers.location);
        assert.equal(answer.headers["set-cookie"], undefined, path);
        assert.doesNotMatch(answer.text, /root:x:|"private"|<script>/, path);
      }
  assert.deepEqual(
    newLines().filter((line) => line.level === "error"),
    [],
  );
  for (const path of [
    "/media/../../etc/passwd",
    "/assets/../package.json",
    "/assets/..%2fpackage.json",
    "/assets/manifest.json",
    "/assets/.inputs",
    "/assets/%2e%2e%2f%2e%2e%2fpackage.json",
    `/media/${picture}/..%2f..%2ffull.webp`,
    `/media/${picture}/original.png`,
    "/.git/config",
    "/.env",
    "/data/postgres/PG_VERSION",
  ])
    assert.equal((await get(path)).status, 404, path);
});

test("signing in leads nowhere else, and to a session that nobody could have chosen", async () => {
  for (const next of [
    "//evil.test",
    "/\\evil.test",
    "https://evil.test",
    "/\t/evil.test",
    "javascript:alert(1)",
    "/sv//evil.test",
    "/deck\r\nSet-Cookie: x=1",
    "http://evil.test/deck",
    "/@a@evil.test",
  ]) {
    const shown = await get(`/sign-in?next=${encodeURIComponent(next)}`);
    assert.doesNotMatch(shown.text, /value="(\/[/\\]|\\|\w+:)[^"]*evil|value="javascript:/, next);
    const fixed = "torg_session=chosen-by-somebody-else-0123456789abcdef";
    const answer = await torg.ask(authority, await link(), { form: { next }, cookie: fixed });
    assert.equal(answer.status, 303);
    assertStays(next, answer.headers.location);
    const [set = "", ...more] = answer.headers["set-cookie"] ?? [];
    assert.deepEqual(more, []);
    assert.match(set, /^torg_session=[\w-]{30,}; .*Path=\/.*HttpOnly.*SameSite=Lax/);
    secrets.push(/=([^;]+)/.exec(set)?.[1] ?? "");
    assert.ok(!set.includes("chosen"));
    assert.equal((await get("/deck", { cookie: fixed })).status, 303);
  }
});

test("headers from outside choose neither path, address nor rights", async () => {
  const headers: Record<string, string>[] = [
    { "x-original-url": "/deck" },
    { "x-rewrite-url": "/deck" },
    { "x-forwarded-prefix": "/x" },
    { "x-forwarded-proto": "https" },
    { "x-forwarded-for": "127.0.0.1, <script>" },
    { authorization: "Bearer not-a-token-of-ours" },
    { cookie: "torg_session=%00; __Host-torg_session=x" },
    { "if-none-match": "*".repeat(2_000) },
    { "accept-encoding": "br;q=x,gzip;;," },
    { range: "bytes=0-18446744073709551615" },
  ];
  for (const header of headers) {
    const answer = await get("/about", header);
    assert.ok([200, 304].includes(answer.status), JSON.stringify(header));
    assert.equal((await get("/deck", header)).status, 303);
    assert.equal((await get("/metrics", { ...header, "x-forwarded-for": "192.0.2.1" })).status, 403);
  }
});

test("after all that the server answers, and no line of its log holds a secret", async () => {
  assert.equal((await get("/readyz")).status, 200);
  assert.equal((await get("/")).status, 200);
  const said = torg.said.join("");
  for (const secret of secrets) assert.ok(secret.length > 20 && !said.includes(secret));
  assert.doesNotMatch(said, /PRIVATE KEY|torg_session=|Bearer |signature="[\w+/]|not-a-token-of-ours/);
  for (const line of torg.lines().filter((one) => one.message === "answered"))
    assert.ok(line["request"] && line["path"] && line["status"], JSON.stringify(line));
});

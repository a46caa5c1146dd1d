import assert from "node:assert/strict";
import { after, test } from "node:test";
import { countingReads } from "#test/count-queries.ts";
import { testDatabase } from "#test/database.ts";
import { openSite } from "#test/open-site.ts";
import { addAuthority, addStranger, addVoice, hear, now, say, webServices } from "#test/web-site.ts";

const { db } = await testDatabase({ after });
const { db: counted, queries } = countingReads(db);
const authority = await addAuthority(db, "torg.test");
const chief = await addVoice(db, authority, "kommunchef", { name: "Kommunchefen" });
const office = await addVoice(db, authority, "rektor", { name: "Rektorn" });
const eva = await addStranger(db, authority, "Eva", { indexable: true });
const ids: string[] = [];
for (let n = 0; n < 12; n++) {
  const at = now.subtract({ hours: 24 * (12 - n) });
  const post = await say(db, authority, n % 3 ? chief : office, `=SUMMA(${n}) #tagg${n % 2}`, { at });
  ids.push(post, await hear(db, authority, eva, `Svar, "nummer" ${n}\nmed rad`, { inReplyTo: post, at }));
}

let clock = now;
const { ask, json } = openSite(webServices(counted, { clock: () => clock }));

type List = { items: { id: string; account: string | null; publishedAt: string }[]; next: string | null };

async function fetchAll(path: string): Promise<string[]> {
  const found: string[] = [];
  for (let next: string | null = path; next;) {
    const response = await ask(next);
    const list = (await response.json()) as List;
    const linked = /<([^>]+)>; rel="next"/.exec(response.headers.get("link") ?? "")?.[1] ?? null;
    assert.equal(linked, list.next, "the header says the same as the answer");
    found.push(...list.items.map((item) => item.id));
    next = list.next;
  }
  return found;
}

test("going from page to page gives everything once, in order of arrival", async () => {
  for (const limit of [1, 5, 12, 24, 500]) assert.deepEqual(await fetchAll(`/posts?limit=${limit}`), ids);
  assert.deepEqual(
    await fetchAll("/threads?limit=5"),
    ids.filter((_, index) => index % 2 === 0),
  );
  assert.deepEqual(await fetchAll("/accounts?limit=1"), [chief.id, office.id].toSorted());
  assert.deepEqual(await fetchAll(`/threads/${ids[0]}?limit=1`), ids.slice(0, 2));
});

test("an export goes on where it was interrupted, with what has come since", async () => {
  const last = ids.at(-1);
  assert.deepEqual(await fetchAll(`/posts?after=${last}`), []);
  const fresh = await say(db, authority, chief, "Nytt");
  assert.deepEqual(await fetchAll(`/posts?after=${last}`), [fresh]);
  ids.push(fresh);
});

test("filters choose, and go along to the next page", async () => {
  const items = async (query: string) => (await json<List>(`/posts?limit=500&${query}`)).items;
  assert.ok((await items("account=rektor")).every((item) => item.account === office.id));
  assert.equal((await items("account=REKTOR")).length, 4);
  assert.equal((await items(`account=${office.id}`)).length, 4);
  assert.equal((await items("account=ingen")).length, 0);
  assert.equal((await items("network=torg")).length, 13);
  assert.equal((await items("network=fediverse")).length, 12);
  assert.equal((await items("tag=%23TAGG1")).length, 6);
  assert.equal((await items("kind=article")).length, 0);
  assert.equal((await items("language=en")).length, 0);
  assert.equal((await items(`thread=${ids[0]}`)).length, 2);
  assert.equal((await items("from=2026-11-20&to=2026-11-20")).length, 2);
  assert.equal((await items("from=2026-11-20T10:00:00Z&to=2026-11-21T10:00:00Z")).length, 2);
  assert.equal((await fetchAll("/posts?account=kommunchef&limit=2")).length, 9);
});

test("as a table it has the same rows, each with as many cells as the header, and no formulas", async () => {
  for (const init of [{ path: "/posts?format=csv" }, { path: "/posts", headers: { accept: "text/csv" } }]) {
    const response = await ask(init.path, init);
    assert.equal(response.headers.get("content-type"), "text/csv; charset=utf-8; header=present");
    assert.match(response.headers.get("vary") ?? "", /accept/);
    const [header = [], ...rows] = parseCsv(await response.text());
    const column = (name: string) => rows.map((row) => row[header.indexOf(name)]);
    assert.deepEqual(column("id"), ids);
    assert.ok(rows.every((row) => row.length === header.length));
    assert.equal(column("text")[0], "'=SUMMA(0) #tagg0");
    assert.equal(column("text")[1], 'Svar, "nummer" 0\nmed rad');
    assert.equal(column("authorHandle")[0], "rektor@torg.test");
  }
  const paged = await ask("/posts?format=csv&limit=3");
  assert.match(paged.headers.get("link") ?? "", /format=csv&limit=3&after=\d+>; rel="next"/);
});

test("the form follows what is asked for: the parameter first, then the header, else JSON", async () => {
  const typeOf = async (path: string, accept: string) =>
    (await ask(path, { headers: { accept } })).headers.get("content-type");
  assert.match((await typeOf("/posts", "text/html,*/*;q=0.8")) ?? "", /^application\/json/);
  assert.match((await typeOf("/posts", "text/csv;q=0.5, application/json")) ?? "", /^application\/json/);
  assert.match((await typeOf("/posts?format=json", "text/csv")) ?? "", /^application\/json/);
});

test("what has not changed is not sent again, and what has is", async () => {
  for (const path of [
    "",
    "/accounts",
    "/posts?limit=3&format=csv",
    `/posts/${ids[0]}`,
    "/openapi.json",
    "/schemas/post.json",
  ]) {
    const first = await ask(path);
    const etag = first.headers.get("etag") ?? "";
    assert.match(etag, /^"[\w-]{22}"$/);
    assert.equal(first.headers.get("cache-control"), "public, max-age=60");
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, "*"]) {
      const again = await ask(path, { headers: { "if-none-match": known } });
      assert.equal(again.status, 304, `${path} ${known}`);
      assert.equal(await again.text(), "");
      assert.equal(again.headers.get("etag"), etag);
      assert.equal(again.headers.get("access-control-allow-origin"), "*");
    }
    assert.equal((await ask(path, { headers: { "if-none-match": '"x"' } })).status, 200);
  }
});

test("HEAD answers as GET does, without the body; any page may ask", async () => {
  const head = await ask("/posts", { method: "HEAD" });
  assert.deepEqual([head.status, await head.text()], [200, ""]);
  assert.equal(head.headers.get("etag"), (await ask("/posts")).headers.get("etag"));
  const preflight = await ask("/posts", {
    method: "OPTIONS",
    headers: { origin: "https://app.test", "access-control-request-method": "GET" },
  });
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers.get("access-control-allow-origin"), "*");
  assert.match(preflight.headers.get("access-control-allow-methods") ?? "", /GET/);
  assert.match((await ask("/posts")).headers.get("access-control-expose-headers") ?? "", /link/);
});

test("a page takes the same few queries however many are on it", async () => {
  const count = async (path: string) => {
    queries.count = 0;
    assert.equal((await ask(path)).status, 200);
    return queries.count;
  };
  for (const [few, many, most] of [
    ["/posts?limit=2", "/posts?limit=500", 6],
    ["/threads?limit=1", "/threads?limit=500", 2],
    ["/changes?limit=1", "/changes?limit=500", 2],
    ["/accounts?limit=1", "/accounts?limit=500", 2],
  ] as const) {
    const [one, all] = [await count(few), await count(many)];
    assert.ok(Math.abs(all - one) <= 1 && all <= most, `${few}: ${one}, ${many}: ${all}`);
  }
});

test("who asks too often is told when to come back, and others are not kept from asking", async () => {
  clock = now.add({ minutes: 2 });
  const headers = { "x-test-address": "192.0.2.66" };
  let refused: Response | undefined;
  for (let n = 0; n < 700 && !refused; n++) {
    const response = await ask("/schemas/post.json", { headers });
    if (response.status === 429) refused = response;
  }
  assert.equal(refused?.headers.get("retry-after"), "60");
  assert.equal(refused?.headers.get("content-type"), "application/problem+json");
  assert.equal(refused?.headers.get("access-control-allow-origin"), "*");
  assert.equal((await ask("/schemas/post.json")).status, 200);
  clock = clock.add({ seconds: 60 });
  assert.equal((await ask("/schemas/post.json", { headers })).status, 200);
});

/** RFC 4180, as a reader of tables has it. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

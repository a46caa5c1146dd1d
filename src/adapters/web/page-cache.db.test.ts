import assert from "node:assert/strict";
import { gunzipSync, brotliDecompressSync } from "node:zlib";
import { after, before, test } from "node:test";
import type { Account } from "#domain/accounts/account.ts";
import { hearKept, sayKept } from "#domain/accounts/kept.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import { openDatabase } from "#platform/database.ts";
import { testDatabase } from "#test/database.ts";
import { addAuthority, addVoice, now, say, webApp, webServices } from "#test/web-site.ts";

const { db, url } = await testDatabase({ after });
/** Another process: its commits are not seen here but by the journal. */
const other = openDatabase(url, { connections: 1 });
after(() => other.close());
let time = now;
const services = webServices(db, { clock: () => time });
const app = webApp(services);
let authority: Authority;
let chief: Account;

const get = (path: string, headers: Record<string, string> = {}) =>
  app.request(`http://torg.test${path}`, { headers: { host: "torg.test", ...headers } });

before(async () => {
  authority = await addAuthority(db, "torg.test");
  chief = await addVoice(db, authority, "kommunchef", { name: "Kommunchefen" });
  await say(db, authority, chief, "Först");
});

test("an unchanged page is answered with 304, in any encoding, and compressed as asked", async () => {
  const plain = await get("/");
  const etag = plain.headers.get("etag") ?? "";
  assert.match(etag, /^"[\w-]+"$/);
  const known = await get("/", { "if-none-match": etag });
  assert.deepEqual([known.status, await known.text()], [304, ""]);
  assert.equal(known.headers.get("etag"), etag);
  const words = await plain.text();
  const br = await get("/", { "accept-encoding": "gzip, br" });
  assert.equal(br.headers.get("content-encoding"), "br");
  assert.notEqual(br.headers.get("etag"), etag);
  assert.equal(brotliDecompressSync(await br.arrayBuffer()).toString(), words);
  const gzip = await get("/", { "accept-encoding": "gzip, br;q=0" });
  assert.equal(gunzipSync(await gzip.arrayBuffer()).toString(), words);
  assert.match(gzip.headers.get("vary") ?? "", /accept-encoding/);
  assert.match(gzip.headers.get("content-security-policy") ?? "", /default-src 'none'/);
});

test("what this process commits shows at once", async () => {
  await get("/");
  await say(db, authority, chief, "Nyss skrivet här");
  assert.match(await (await get("/")).text(), /Nyss skrivet här/);
});

test("what another process commits shows when the journal tells, of that authority only", async () => {
  await get("/");
  await say(other, authority, chief, "Skrivet någon annanstans");
  services.journal.tell([{ authority: "1" as Authority["id"] }]);
  assert.doesNotMatch(await (await get("/")).text(), /någon annanstans/);
  services.journal.tell([{ authority: authority.id }]);
  assert.match(await (await get("/")).text(), /någon annanstans/);
});

test("what is told without an entry of the journal shows as soon as it is told", async (t) => {
  await get("/");
  await other.as(
    authority.id,
    (tx) => tx`update account set name = 'Kommundirektören' where id = ${chief.id}`,
  );
  assert.doesNotMatch(await (await get("/")).text(), /Kommundirektören/);
  const heard = Promise.withResolvers<unknown>();
  const line = await hearKept(db, heard.resolve);
  t.after(() => line.stop());
  await other.as(authority.id, (tx) => sayKept(tx, authority.id, { account: null, what: "accounts" }));
  await heard.promise;
  assert.match(await (await get("/")).text(), /Kommundirektören/);
});

test("a page is made anew after a minute and after midnight", async () => {
  await get("/");
  await say(other, authority, chief, "Efter en minut");
  time = now.add({ seconds: 61 });
  assert.match(await (await get("/")).text(), /Efter en minut/);
  time = now.add({ hours: 24 });
  assert.match(await (await get("/")).text(), /i går/);
});

test("many who ask for a page at once after a change get one made for them all", async () => {
  let made = 0;
  const counted = webServices({
    ...db,
    read: (tenant, work) => {
      made += 1;
      return db.read(tenant, work);
    },
  });
  const crowd = webApp(counted);
  const ask = async () => crowd.request("http://torg.test/guidelines", { headers: { host: "torg.test" } });
  const pages = await Promise.all(Array.from({ length: 20 }, ask));
  const texts = await Promise.all(pages.map((page) => page.text()));
  assert.equal(new Set(texts).size, 1);
  assert.match(texts[0] ?? "", /Regler för samtalet/);
  const once = made;
  await ask();
  assert.equal(made, once, "and it is kept");
  assert.ok(once <= 3, `${once} reads for 20 pages`);
});

test("parts of the query that mean nothing do not make another page", async () => {
  assert.equal((await get("/?utm=1")).headers.get("etag"), (await get("/")).headers.get("etag"));
});

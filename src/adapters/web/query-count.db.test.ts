import assert from "node:assert/strict";
import { after, test } from "node:test";
import { countingReads } from "#test/count-queries.ts";
import { testDatabase } from "#test/database.ts";
import { addAuthority, addStranger, addVoice, hear, say, webApp, webServices } from "#test/web-site.ts";

const { db } = await testDatabase({ after });
const { db: counted, queries } = countingReads(db);
/** By an app that knows nothing yet. */
const get = (path: string) =>
  webApp(webServices(counted)).request(`http://torg.test${path}`, { headers: { host: "torg.test" } });
const text = async (path: string) => (await get(path)).text();

test("a thread of a hundred replies takes as many queries as one of three", async () => {
  const authority = await addAuthority(db, "torg.test");
  const chief = await addVoice(db, authority, "kommunchef", { name: "Kommunchefen" });
  const per = await addStranger(db, authority, "Per");
  const busy = await say(db, authority, chief, "Livligt");
  const count = async (path: string) => {
    queries.count = 0;
    assert.equal((await get(path)).status, 200);
    return queries.count;
  };
  for (let n = 0; n < 3; n++) await hear(db, authority, per, `Svar ${n}`, { inReplyTo: busy });
  const few = await count(`/@kommunchef/${busy}`);
  let last = busy;
  for (let n = 3; n < 100; n++)
    last = await hear(db, authority, per, `Svar ${n}`, { inReplyTo: n % 2 ? last : busy });
  const many = await count(`/en/@kommunchef/${busy}`);
  assert.equal(many, few);
  assert.ok(few > 0 && few <= 4, `${few} queries`);
  const part = await count(`/@kommunchef/${busy}?after=${last}`);
  assert.ok(part <= few + 1, `${part} queries for a later part`);
  const voice = await count("/@kommunchef?with=replies");
  assert.ok(voice <= 10, `${voice} queries`);
  const home = await count("/en?before=999999999999999999");
  assert.ok(home <= 8, `${home} queries`);
  assert.match(await text(`/@kommunchef/${busy}`), /Svar 99/);
});

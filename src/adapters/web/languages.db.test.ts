import assert from "node:assert/strict";
import { test } from "node:test";
import { fileScope } from "#test/file-scope.ts";
import { testDatabase } from "#test/database.ts";
import { addAuthority, webApp, webServices } from "#test/web-site.ts";

const { db } = await testDatabase(fileScope());
const app = webApp(webServices(db));
await addAuthority(db, "torg.test", { name: "Exempelkommun" });

const get = (path: string) => app.request(`http://torg.test${path}`, { headers: { host: "torg.test" } });

test("the other language has its own address, and the first language none", async () => {
  const english = await (await get("/en")).text();
  assert.match(english, /<html lang="en">/);
  assert.match(english, /Conversations with Exempelkommun/);
  assert.match(english, /hreflang="sv" href="http:\/\/torg.test\/"/);
  const swedish = await get("/sv/about?x=1");
  assert.deepEqual([swedish.status, swedish.headers.get("location")], [301, "http://torg.test/about?x=1"]);
  for (const path of ["/about", "/privacy", "/accessibility", "/guidelines", "/accounts"]) {
    assert.equal((await get(path)).status, 200, path);
    assert.equal((await get(`/en${path}`)).status, 200, path);
  }
  await addAuthority(db, "bara.test", { languages: ["sv"], handleDomain: "handtag.test" });
  const none = await app.request("http://bara.test/en/about", { headers: { host: "bara.test" } });
  assert.equal(none.status, 404);
  const handles = await app.request("http://handtag.test/about", { headers: { host: "handtag.test" } });
  assert.equal(handles.headers.get("location"), "http://bara.test/about");
});

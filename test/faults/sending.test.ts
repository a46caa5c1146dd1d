import assert from "node:assert/strict";
import { test } from "node:test";
import { waitFor } from "../interop/wait-for.ts";
import { killableTorg } from "./killable-torg.ts";
import { pause } from "./reply-stream.ts";
import { fileScope } from "../file-scope.ts";

const scope = fileScope();
const torg = await killableTorg(scope, { TORG_UNDO_SECONDS: "1" });
const rounds = 5;
const perRound = 6;

test("killed as what was sent goes out, Torg sends each once when it is back", async (t) => {
  await torg.setUp();
  await torg.start();
  const { secret, account } = await torg.signIn();
  const cookie = `torg_session=${secret}`;
  const said: string[] = [];
  for (let round = 0; round < rounds; round++) {
    for (let index = 0; index < perRound; index++) {
      const text = `Skickat ${round}-${index}`;
      assert.equal(await send(cookie, account, text), 202);
      said.push(text);
    }
    // Around the moment at which they are due, each time another.
    await pause(700 + 350 * round);
    await torg.kill("torg");
    await torg.start();
  }
  const store = await torg.openStore();
  try {
    const counts = () =>
      store.db.system(
        (tx) => tx<{ source: string; times: number }[]>`
          select source, count(*)::int as times from post_version where source like 'Skickat %' group by source`,
      );
    await waitFor(async () => (await counts()).length >= said.length, {
      what: "everything sent",
      timeoutMs: 90_000,
    });
    const sent = await counts();
    t.diagnostic(`${sent.length} posts over ${rounds} kills`);
    assert.deepEqual(
      new Map(sent.map((row) => [row.source, row.times])),
      new Map(said.toSorted().map((text) => [text, 1])),
    );
  } finally {
    await store.close();
  }
  await torg.stop();
});

async function send(cookie: string, account: string, text: string): Promise<number> {
  const { origin } = torg.config.url;
  const headers = { cookie, origin, "x-deck-part": "composer" };
  const form = {
    account,
    capacity: "authority",
    visibility: "public",
    language: "sv",
    step: "publish",
    text,
  };
  const body = new URLSearchParams({ ...form, once: `a-key-for-${text.replaceAll(" ", "-")}` });
  const answer = await fetch(`${origin}/deck/posts`, { method: "POST", headers, body });
  await answer.arrayBuffer();
  return answer.status;
}

import assert from "node:assert/strict";
import { test } from "node:test";
import type { AccountId } from "#domain/accounts/account.ts";
import { careWorld } from "#test/care-world.ts";
import { fileScope } from "#test/file-scope.ts";
import type { Filters } from "./deck.ts";
import { readColumn } from "./read-column.ts";
import { readHomes } from "./read-homes.ts";

const { db, authority, office, voice, asa, hear } = await careWorld(fileScope());
const own = authority.id;

test("homes that are read together hold what each holds by itself: of one account, of several, filtered or not", async () => {
  await db.as(
    own,
    (tx) => tx`
      insert into follow (authority, follower, followed, state)
      values (${own}, ${office.id}, ${asa}, 'accepted'), (${own}, ${voice.id}, ${asa}, 'accepted')`,
  );
  const only = [
    await hear({ author: asa }),
    await hear({ author: asa, language: "en" }),
    await hear({ author: asa, visibility: "direct", mentioned: [office.id] }),
  ];
  const [first = ""] = only;
  await db.as(
    own,
    (tx) => tx`insert into boost (authority, account, post) values (${own}, ${voice.id}, ${first})`,
  );
  const home = (accounts: AccountId[], filters: Filters = {}) => ({
    key: JSON.stringify([accounts, filters]),
    column: { kind: "home", subject: {}, filters } as const,
    reader: { accounts, acting: accounts[0] },
  });
  const asked = [
    home([office.id]),
    home([voice.id]),
    home([office.id, voice.id]),
    home([voice.id, office.id], { languages: ["en"] }),
    home([]),
  ];
  const { together, alone } = await db.read(own, async (tx) => ({
    together: await readHomes(tx, own, asked, { only, fresh: undefined }),
    alone: await Promise.all(
      asked.map(({ column, reader }) => readColumn(tx, own, column, reader, { only, limit: 50 })),
    ),
  }));
  const counts = asked.map(({ key }, index) => {
    assert.deepEqual(together.get(key), [...(alone[index] ?? [])]);
    return alone[index]?.length;
  });
  assert.deepEqual(counts, [3, 3, 4, 1, 0]);
});

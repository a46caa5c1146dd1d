import assert from "node:assert/strict";
import { test } from "node:test";
import { testDatabase } from "#test/database.ts";
import { fileScope } from "#test/file-scope.ts";
import { openDatabase, type Transaction } from "./database.ts";

const scope = fileScope();
const { db, url } = await testDatabase(scope);
/** With a single connection, so that what comes next is asked of the one that was cut. */
const single = openDatabase(url, { connections: 1 });
scope.after(() => single.close());

const sessionOf = async (tx: Transaction): Promise<number> => {
  const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
  return row?.pid ?? assert.fail("no session");
};
const cut = (session: number) => db.system((tx) => tx`select pg_terminate_backend(${session}, 5000)`);
const isAlive = async () => (await single.system((tx) => tx`select 1`)).length === 1;
const peers = () => db.system((tx) => tx<{ host: string }[]>`select host from peer`);
const note = async (tx: Transaction, host: string) => {
  await tx`insert into peer (authority, host) values (1, ${host})`;
};

test("a transaction whose connection is cut during a query fails, and the connection serves the next", async () => {
  const { promise: session, resolve } = Promise.withResolvers<number>();
  const failed = assert.rejects(
    single.system(async (tx) => {
      resolve(await sessionOf(tx));
      await tx`select pg_sleep(60)`;
    }),
  );
  await cut(await session);
  await failed;
  assert.ok(await isAlive());
});

test("what goes on after its connection was cut is kept out of the next transaction", async () => {
  const { promise: go, resolve: goOn } = Promise.withResolvers<void>();
  const { promise: wentOn, resolve } = Promise.withResolvers<unknown>();
  const failed = assert.rejects(
    single.system(async (tx) => {
      await cut(await sessionOf(tx));
      await go;
      await note(tx, "stray.test").then(() => resolve("written"), resolve);
    }),
  );
  await failed;
  assert.ok(await isAlive());
  await single.system(async (tx) => {
    await note(tx, "next.test");
    goOn();
    assert.ok((await wentOn) instanceof Error);
  });
  assert.deepEqual(
    (await peers()).map(({ host }) => host),
    ["next.test"],
  );
});

test("who catches what fails in a savepoint may go on, but not after a cut", async () => {
  const value = await single.system(async (tx) => {
    await tx.savepoint((inner) => inner`select 1 / 0`).catch(() => {});
    const [row] = await tx.savepoint((inner) => inner<{ n: number }[]>`select 2 as n`);
    return row?.n;
  });
  assert.equal(value, 2);
  const { promise: session, resolve } = Promise.withResolvers<number>();
  const caught: unknown[] = [];
  const failed = assert.rejects(
    single.system(async (tx) => {
      resolve(await sessionOf(tx));
      await tx.savepoint((inner) => inner`select pg_sleep(60)`).catch((error) => caught.push(error));
      await tx.savepoint((inner) => inner`select 1`).catch((error) => caught.push(error));
    }),
  );
  await cut(await session);
  await failed;
  assert.ok(await isAlive());
  assert.equal(caught.length, 2);
});

test("a connection that is cut while something is about to be written serves those who ask next", async (t) => {
  const alone = db.alone();
  t.after(() => alone.end({ timeout: 1 }));
  for (let round = 0; round < 6; round++) {
    const [row] = await alone<{ pid: number }[]>`select pg_backend_pid() as pid`;
    const ending = cut(row?.pid ?? assert.fail("no session")).then(() => "cut");
    const asked: Promise<unknown>[] = [];
    do asked.push(alone`select 1`.catch(() => {}));
    while ((await Promise.race([ending, turn()])) !== "cut");
    await Promise.all(asked);
  }
  assert.deepEqual([...(await alone`select 1 as one`)], [{ one: 1 }]);
});

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

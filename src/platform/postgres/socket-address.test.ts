import assert from "node:assert/strict";
import { test } from "node:test";
import { forPostgresJs, socketFolderFor, socketUrl, withSetting } from "./socket-address.ts";

test("the socket's folder is short however long the data folder's path is", () => {
  assert.ok(socketFolderFor(`/srv/${"x".repeat(200)}`).length <= 80);
  assert.notEqual(socketFolderFor("/srv/one"), socketFolderFor("/srv/two"));
});

test("an address with a socket's folder is taken apart for postgres.js", () => {
  const address = socketUrl("/tmp/torg 1", 5432, "torg", "torg");
  assert.deepEqual(forPostgresJs(address), { url: address, options: { host: "/tmp/torg 1" } });
  assert.deepEqual(forPostgresJs("postgres://torg@localhost/torg?host=/run/postgresql&sslmode=disable"), {
    url: "postgres://torg@localhost/torg?sslmode=disable",
    options: { host: "/run/postgresql" },
  });
});

test("an address on the network passes unchanged", () => {
  const address = "postgres://torg:s%40crid@db.example.org:6432/torg?sslmode=require";
  assert.deepEqual(forPostgresJs(address), { url: address, options: {} });
});

test("a setting stands beside those that an address names already", () => {
  const optionsOf = (address: string) =>
    new URL(withSetting(address, "role=torg")).searchParams.getAll("options");
  const own = encodeURIComponent("-c search_path=torg -c work_mem=8MB");
  assert.deepEqual(optionsOf(`postgres://torg@localhost/torg?sslmode=disable&options=${own}`), [
    "-c search_path=torg -c work_mem=8MB -c role=torg",
  ]);
  assert.deepEqual(optionsOf("postgres://torg@localhost/torg"), ["-c role=torg"]);
  const bySocket = withSetting(socketUrl("/tmp/torg 1", 5432, "torg", "torg"), "role=torg");
  assert.deepEqual(forPostgresJs(bySocket).options, { host: "/tmp/torg 1" });
});

// npm test [-- groups or files]: makes ready what is missing, then runs test/run.ts on the pinned Node.
import { spawnSync } from "node:child_process";
import { delimiter, dirname } from "node:path";
import { buildClientIfChanged } from "./build-client.mjs";
import { install, pinnedNode, root } from "./install.mjs";
import { installPeers } from "./install-peers.mjs";

install();
await buildClientIfChanged();
const args = process.argv.slice(2);
const withoutPeers = ["static", "unit", "db"];
if (!args.length || args.some((arg) => !withoutPeers.includes(arg) && !arg.startsWith("src/")))
  installPeers();

const run = spawnSync(pinnedNode, ["test/run.ts", ...args], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, PATH: `${dirname(pinnedNode)}${delimiter}${process.env.PATH ?? ""}` },
});
process.exit(run.status ?? 1);

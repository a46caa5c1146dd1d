// npm test [-- groups or files]: makes ready what is missing, then runs test/run.ts on the pinned Node.
import { join } from "node:path";
import { buildClientIfChanged } from "./build-client.mjs";
import { buildServerIfChanged } from "./build-server.mjs";
import { install, root } from "./install.mjs";
import { installPeers } from "./install-peers.mjs";
import { runPinned } from "./run-pinned.mjs";

process.chdir(root);
install();
await buildClientIfChanged();
await buildServerIfChanged();
const args = process.argv.slice(2);
const needsPeers = (arg) => !["static", "unit", "db"].includes(arg) && !arg.startsWith("src/");
if (args.length === 0 || args.some(needsPeers)) installPeers();
runPinned([join(root, "test/run.ts"), ...args]);

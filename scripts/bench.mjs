// npm run bench [-- options]: makes ready what is missing, then runs bench/run.ts on the pinned Node.
import { join } from "node:path";
import { buildClientIfChanged } from "./build-client.mjs";
import { buildServerIfChanged } from "./build-server.mjs";
import { install, root } from "./install.mjs";
import { runPinned } from "./run-pinned.mjs";

process.chdir(root);
install();
await buildClientIfChanged();
await buildServerIfChanged();
runPinned([join(root, "bench/run.ts"), ...process.argv.slice(2)]);
